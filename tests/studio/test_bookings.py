"""The screens of bookings: who sees and does what, what is refused, what can be undone, and both sides hearing of it."""

import csv
import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.activities.models import Activity
from leadstone.domains.bookings import services
from leadstone.domains.bookings.models import Booking, Host, TakenGranule
from leadstone.domains.bookings.rules import By
from leadstone.studio.shell.exports import BYTE_ORDER_MARK
from tests.bookings.conftest import NINE_ON_WEDNESDAY, Booker, booker, emil, offered
from tests.bookings.test_booking_a_time import prove
from tests.bookings.test_invitations import sent_to
from tests.portal.test_my import visitor
from tests.studio.conftest import HOST
from tests.worker.conftest import MONDAY, House, house

__all__ = ["booker", "emil", "house", "offered", "visitor"]

ANN, EMIL = "ann@home.example", "emil@warm.example"


@dataclass
class Desk:
    """A colleague at the studio, and what the worker makes of it."""

    client: Client
    house: House

    def get(self, path: str, *, at: datetime = MONDAY) -> tuple[int, str]:
        with time_machine.travel(at, tick=False):
            answer = self.client.get(path)
        return answer.status_code, answer.content.decode() if not answer.streaming else ""

    def post(self, path: str, *, moment: datetime = MONDAY, **data: str) -> tuple[int, str]:
        """Status, and the words of the page to which it leads."""
        with time_machine.travel(moment, tick=False):
            answer = self.client.post(path, data)
            shown = self.client.get(answer.headers["Location"]) if answer.status_code == 302 else answer
        return answer.status_code, shown.content.decode()


def desk_of(user: User, house: House) -> Desk:
    client = Client(headers=HOST)
    with time_machine.travel(MONDAY, tick=False):
        client.force_login(user)
    return Desk(client, house)


def colleague(email: str, role: Role, *, team: int | None = None) -> User:
    return User.objects.create(email=email, name=email, role=role.value, language="en", time_zone="Europe/Warsaw", team_id=team)


@pytest.fixture
def desk(house: House, emil: Host) -> Desk:
    return desk_of(emil.user, house)


@pytest.fixture
def booked(house: House, booker: Booker) -> Booking:
    booker.send(name="Ann Żółw")
    house.work()
    prove(house)
    return Booking.objects.get()


def undo_in(page: str) -> str:
    found = re.search(r'/bookings/\d+/back\?[^"]+', page)
    assert found is not None, page
    return found[0].replace("&amp;", "&")


def state_of(booking: Booking) -> str:
    return Booking.objects.values_list("state", flat=True).get(pk=booking.pk)


def subjects(house: House, address: str) -> list[str]:
    return [str(mail["Subject"]).partition(":")[0] for mail in sent_to(house, address)]


def test_the_week_and_the_list_show_who_comes(desk: Desk, booked: Booking) -> None:
    for path in ("/bookings/", "/bookings/list", f"/bookings/{booked.pk}"):
        status, page = desk.get(path)
        assert status == 200
        assert "Ann Żółw" in page


@pytest.mark.parametrize(
    "path",
    [
        "/bookings/?week=2026-99-99",
        "/bookings/?week=9999-12-31",
        "/bookings/?week=0001-01-01&host=x",
        "/bookings/list?state=x&when=x&order=x&host=99999999999999999999&page=-1",
        "/bookings/list?page=99999999999999",
    ],
)
def test_an_address_that_makes_no_sense_shows_the_screen_all_the_same(desk: Desk, path: str) -> None:
    assert desk.get(path)[0] == 200


def test_a_rep_neither_sees_nor_touches_the_bookings_of_others(house: House, booked: Booking) -> None:
    other = desk_of(colleague("olga@warm.example", Role.REP), house)

    assert "Ann Żółw" not in other.get("/bookings/list")[1]
    assert other.get(f"/bookings/{booked.pk}")[0] == 404
    for act in ("approve", "decline", "cancel", "outcome", "outcome/back", "move", "back?was=booked"):
        assert other.post(f"/bookings/{booked.pk}/{act}", outcome="took_place", at="2026-03-05T09:00Z")[0] == 404
    assert state_of(booked) == "booked"


def test_nobody_without_the_right_gets_in(house: House, booked: Booking) -> None:
    officer = desk_of(colleague("officer@warm.example", Role.PRIVACY_OFFICER), house)

    assert officer.get("/bookings/")[0] == 403
    for act in ("approve", "decline", "cancel", "outcome", "outcome/back", "move", "back?was=booked"):
        assert officer.post(f"/bookings/{booked.pk}/{act}")[0] == 403, act
    assert state_of(booked) == "booked"


def test_calling_off_is_told_after_a_while_and_frees_the_time_at_once(desk: Desk, house: House, booked: Booking) -> None:
    desk.post(f"/bookings/{booked.pk}/cancel")
    assert not TakenGranule.objects.exists()

    house.work(MONDAY + timedelta(seconds=5))
    assert "Called off" not in subjects(house, ANN) + subjects(house, EMIL)
    house.work(MONDAY + timedelta(seconds=40))

    assert subjects(house, ANN)[-1] == subjects(house, EMIL)[-1] == "Called off"


def test_calling_off_is_undone_and_nobody_ever_hears_of_it(desk: Desk, house: House, booked: Booking) -> None:
    _, page = desk.post(f"/bookings/{booked.pk}/cancel")
    house.work(MONDAY + timedelta(seconds=3))
    assert Activity.objects.get(kind="meeting").outcome == "cancelled"

    status, _ = desk.post(undo_in(page), moment=MONDAY + timedelta(seconds=9))
    house.work(MONDAY + timedelta(seconds=60))

    assert (status, state_of(booked)) == (302, "booked")
    assert Activity.objects.get(kind="meeting").done_at is None
    assert TakenGranule.objects.exists()
    assert Booking.objects.get().remind_at is not None
    assert "Called off" not in subjects(house, ANN) + subjects(house, EMIL)


def test_an_undo_that_comes_before_the_worker_heard_of_it_leaves_the_meeting_alone(
    desk: Desk, house: House, booked: Booking
) -> None:
    _, page = desk.post(f"/bookings/{booked.pk}/cancel")
    desk.post(undo_in(page), moment=MONDAY + timedelta(seconds=2))

    house.work(MONDAY + timedelta(seconds=60))

    assert state_of(booked) == "booked"
    assert Activity.objects.get(kind="meeting").done_at is None


def test_declining_is_undone_to_what_waits_for_a_word(desk: Desk, house: House, booker: Booker) -> None:
    Host.objects.update(approves=True)
    booker.send()
    house.work()
    prove(house)
    booking = Booking.objects.get()

    _, page = desk.post(f"/bookings/{booking.pk}/decline")
    desk.post(undo_in(page), moment=MONDAY + timedelta(seconds=9))
    house.work(MONDAY + timedelta(seconds=60))

    assert state_of(booking) == "waiting"
    assert "Please choose another time" not in subjects(house, ANN)


def test_too_late_or_a_time_given_away_is_not_undone(desk: Desk, booker: Booker, booked: Booking) -> None:
    _, page = desk.post(f"/bookings/{booked.pk}/cancel")
    undo = undo_in(page)
    late = desk.post(undo, moment=MONDAY + timedelta(seconds=12))[1]
    assert "over already" in late
    booker.send(email="bob@home.example")

    taken = desk.post(undo, moment=MONDAY + timedelta(seconds=5))[1]

    assert "Somebody else has this time" in taken
    assert state_of(booked) == "cancelled"


@pytest.mark.parametrize("was", ["", "pending", "took_place", "nonsense", "%00"])
def test_an_ending_is_taken_back_only_to_where_a_booking_can_have_stood(desk: Desk, booked: Booking, was: str) -> None:
    desk.post(f"/bookings/{booked.pk}/cancel")

    assert desk.post(f"/bookings/{booked.pk}/back?was={was}")[0] == 404
    assert state_of(booked) == "cancelled"


def test_what_the_visitor_called_off_is_theirs(desk: Desk, booked: Booking) -> None:
    services.cancel(booked.pk, by=By.VISITOR, now=MONDAY)

    desk.post(f"/bookings/{booked.pk}/back?was=booked")

    assert state_of(booked) == "cancelled"


def test_a_host_moves_it_and_both_calendars_hear_of_it(desk: Desk, house: House, booked: Booking) -> None:
    _, page = desk.get(f"/bookings/{booked.pk}")
    assert 'value="2026-03-05T09:00Z"' in page
    assert 'value="2026-03-04T08:00Z"' not in page  # where it stands

    status, told = desk.post(f"/bookings/{booked.pk}/move", at="2026-03-05T09:00Z")
    house.work()

    moved = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
    assert status == 302
    assert "Moved." in told
    assert Booking.objects.get().begins == moved
    assert Activity.objects.get(kind="meeting").due_at == moved
    assert subjects(house, ANN)[-1] == subjects(house, EMIL)[-1] == "Moved"


@pytest.mark.parametrize("to", ["", "nonsense", "2026-03-07T09:00Z", "2020-01-01T09:00Z", "2026-03-04T08:00Z"])
def test_it_is_moved_only_to_a_time_that_is_free(desk: Desk, booked: Booking, to: str) -> None:
    _, told = desk.post(f"/bookings/{booked.pk}/move", at=to)

    assert "Somebody else has this time" in told
    assert Booking.objects.get().begins == NINE_ON_WEDNESDAY


@pytest.mark.parametrize("act", ["tomorrow", "take-back"])
def test_the_card_leads_to_the_booking_where_both_calendars_hear_of_a_change(desk: Desk, booked: Booking, act: str) -> None:
    meeting = Activity.objects.get(kind="meeting")
    from_card = {"tomorrow": "activity_tomorrow", "take-back": "activity_take_back"}[act]

    status, page = desk.post(_address(from_card, meeting.pk))

    assert status == 302
    assert "both calendars hear of it" in page
    assert Activity.objects.get(pk=meeting.pk).due_at == booked.begins
    assert Activity.objects.get(pk=meeting.pk).removed_at is None


def test_the_page_of_the_meeting_is_the_page_of_the_booking_until_it_is_over(desk: Desk, booked: Booking) -> None:
    meeting = Activity.objects.get(kind="meeting")
    with time_machine.travel(MONDAY, tick=False):
        answer = desk.client.get(_address("activity", meeting.pk))
    assert answer.headers["Location"].endswith(f"/bookings/{booked.pk}")

    _, page = desk.post(_address("activity", meeting.pk), day="2026-03-09", clock="10:00", kind="meeting")
    assert "both calendars hear of it" in page
    assert Activity.objects.get(pk=meeting.pk).due_at == booked.begins


def test_the_file_holds_what_the_list_shows_and_leaves_a_trace(house: House, booked: Booking) -> None:
    ada = desk_of(colleague("ada@warm.example", Role.ADMIN), house)
    with time_machine.travel(MONDAY, tick=False):
        answer = ada.client.get("/bookings/export.csv?when=ahead")
        text = b"".join(answer.streaming_content).decode().removeprefix(BYTE_ORDER_MARK)
        none = b"".join(ada.client.get("/bookings/export.csv?when=over").streaming_content).decode()

    [_titles, row] = csv.reader(io.StringIO(text, newline=""))
    assert row[:3] == ["2026-03-04 09:00+01:00", "30", "Ann Żółw"]
    assert len(none.splitlines()) == 1
    assert desk_of(booked.host.user, house).get("/bookings/export.csv")[0] == 403


def _address(name: str, pk: int) -> str:
    return reverse(name, args=[pk])
