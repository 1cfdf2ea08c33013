"""What both sides are sent: an invitation, its changes and its end, read by a second parser; reminders by the wall."""

import email
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage

import pytest
from icalendar import Calendar

from leadstone.domains.access.models import User
from leadstone.domains.activities.models import Activity
from leadstone.domains.activities.rules import Outcome
from leadstone.domains.activities.services import finish
from leadstone.domains.bookings import queries, services
from leadstone.domains.bookings.models import Booking, Host, TakenGranule
from leadstone.domains.bookings.rules import By, State
from leadstone.domains.grants.models import Grant
from leadstone.domains.privacy.services import erase_contact
from leadstone.flows.booking_changed import TOLD_AFTER
from leadstone.flows.booking_links import Act, booking_behind, path_of
from leadstone.infra.calendars.invitation import Invitation, Method, Party, calendar_file
from leadstone.kernel.language import Language
from leadstone.portal.book_change import shown
from tests.bookings import calendar_lines
from tests.bookings.conftest import NINE_ON_WEDNESDAY, Booker
from tests.bookings.test_booking_a_time import prove
from tests.portal.test_my import Visitor
from tests.worker.conftest import MONDAY, House

ANN, EMIL = "ann@home.example", "emil@warm.example"


def sent_to(house: House, address: str) -> list[EmailMessage]:
    """Every mail to an address, the oldest first."""
    paths = sorted((house.folder.mail / "new").glob("*"), key=lambda path: path.stat().st_mtime_ns)
    read = [email.message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]
    return [mail for mail in read if isinstance(mail, EmailMessage) and str(mail["To"]) == address]


def calendars_in(mail: EmailMessage) -> list[bytes]:
    """The calendar that stands in the mail and the one that is attached to it."""
    return [
        part.get_payload(decode=True)  # type: ignore[misc]
        for part in mail.walk()
        if part.get_content_type() in {"text/calendar", "application/ics"}
    ]


@pytest.fixture
def booked(house: House, booker: Booker) -> Booking:
    booker.send(name="Ann Żółw")
    house.work()
    prove(house)
    return Booking.objects.get()


def test_both_get_an_invitation_that_a_second_reader_understands(house: House, booked: Booking) -> None:
    for mail in (sent_to(house, ANN)[-1], sent_to(house, EMIL)[-1]):
        inline, attached = calendars_in(mail)
        assert inline == attached
        calendar = calendar_lines.read(inline)
        (event,) = calendar.parts
        assert calendar.properties["METHOD"] == "REQUEST"
        assert event.properties["UID"] == f"{booked.key}@leadstone"
        assert event.properties["SEQUENCE"] == "0"
        assert event.properties["DTSTART"] == "20260304T080000Z"
        assert event.properties["DTEND"] == "20260304T083000Z"
        assert event.properties["ORGANIZER"] == "mailto:hello@warm.example"
        assert event.properties["ATTENDEE"] == f"mailto:{mail['To']}"
        assert event.properties["LOCATION"] == "https://rooms.example/warm"
        assert Calendar.from_ical(inline.decode()).walk("VEVENT")[0].decoded("dtstart") == NINE_ON_WEDNESDAY
        part = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
        assert part.get_param("method") == "REQUEST"


def test_the_mail_of_the_host_names_nobody(house: House, booked: Booking) -> None:
    mail = sent_to(house, EMIL)[-1]

    assert "ann" not in mail.as_bytes().decode(errors="replace").lower().replace("planned", "")
    body = mail.get_body(("plain",))
    assert body is not None
    assert f"/bookings/{booked.pk}" in body.get_content()


def test_a_stolen_or_guessed_link_opens_nothing(visitor: Visitor, booked: Booking) -> None:
    right = path_of(Act.MOVE, booked.key)

    assert visitor.get(right)[0] == 200
    for wrong in (
        right[:-1],
        right[:-1] + ("0" if right[-1] != "0" else "1"),
        right.replace("move", "cancel"),
        "/book/move/" + "0" * 72,
    ):
        assert visitor.get(wrong)[0] == 404
        assert visitor.post(wrong)[0] == 404
    assert booking_behind(Act.CANCEL, right.removeprefix("/book/move/")) is None


def test_moving_by_the_link_of_the_mail_keeps_the_uid_and_raises_the_sequence(
    house: House, visitor: Visitor, booked: Booking
) -> None:
    path = path_of(Act.MOVE, booked.key)
    body = sent_to(house, ANN)[-1].get_body(("plain",))
    assert body is not None
    assert path in body.get_content()
    _, page = visitor.get(path)
    assert 'value="2026-03-05T09:00Z"' in page

    status, _ = visitor.post(path, {"at": "2026-03-05T09:00Z"})
    house.work()

    booked.refresh_from_db()
    assert (status, booked.begins) == (303, datetime(2026, 3, 5, 9, tzinfo=UTC))
    assert Activity.objects.get().due_at == booked.begins
    assert TakenGranule.objects.count() == 6
    for address in (ANN, EMIL):
        (event,) = calendar_lines.read(calendars_in(sent_to(house, address)[-1])[0]).parts
        assert (event.properties["UID"], event.properties["SEQUENCE"]) == (f"{booked.key}@leadstone", "1")
        assert event.properties["DTSTART"] == "20260305T090000Z"


def test_a_booking_cannot_be_moved_onto_another_and_keeps_its_own_time(house: House, booker: Booker, booked: Booking) -> None:
    booker.send(at="2026-03-05T09:00Z", email="bob@home.example")

    status, page = booker.visitor.post(path_of(Act.MOVE, booked.key), {"at": "2026-03-05T09:00Z"})

    booked.refresh_from_db()
    assert (status, booked.begins) == (409, NINE_ON_WEDNESDAY)
    assert "your old time is still yours" in page
    assert TakenGranule.objects.filter(booking=booked).count() == 6


def test_calling_it_off_frees_the_time_and_takes_it_out_of_both_calendars(
    house: House, visitor: Visitor, booked: Booking
) -> None:
    path = path_of(Act.CANCEL, booked.key)
    assert visitor.get(path)[0] == 200
    assert Booking.objects.get().state == "booked"

    assert visitor.post(path)[0] == 303
    house.work()

    assert Booking.objects.get().state == "cancelled"
    assert not TakenGranule.objects.exists()
    assert Activity.objects.get().outcome == "cancelled"
    for address in (ANN, EMIL):
        calendar = calendar_lines.read(calendars_in(sent_to(house, address)[-1])[0])
        assert calendar.properties["METHOD"] == "CANCEL"
        assert calendar.parts[0].properties["STATUS"] == "CANCELLED"
        assert calendar.parts[0].properties["SEQUENCE"] == "1"
    assert visitor.post(path)[0] == 409  # twice is as once


def test_the_file_to_keep_invites_nobody(visitor: Visitor, booked: Booking) -> None:
    _, page = visitor.get(path_of(Act.FILE, booked.key))

    calendar = calendar_lines.read(page.encode())
    assert "METHOD" not in calendar.properties
    assert "ATTENDEE" not in calendar.parts[0].properties


def test_reminders_come_a_day_and_an_hour_before_and_never_after_it_was_called_off(house: House, booked: Booking) -> None:
    before = len(sent_to(house, ANN))
    for at, count in (
        (NINE_ON_WEDNESDAY - timedelta(hours=24, minutes=1), 0),
        (NINE_ON_WEDNESDAY - timedelta(hours=24), 1),
        (NINE_ON_WEDNESDAY - timedelta(hours=23), 1),
        (NINE_ON_WEDNESDAY - timedelta(hours=1), 2),
        (NINE_ON_WEDNESDAY - timedelta(minutes=5), 2),
    ):
        house.work(at)
        assert len(sent_to(house, ANN)) - before == count, at
    assert str(sent_to(house, ANN)[-1]["Subject"]).startswith("Reminder")


def test_what_was_called_off_is_not_remembered(house: House, booked: Booking) -> None:
    services.cancel(booked.pk, by=By.VISITOR, now=MONDAY)
    house.work()
    before = len(sent_to(house, ANN))

    house.work(NINE_ON_WEDNESDAY - timedelta(hours=1))

    assert len(sent_to(house, ANN)) == before


def test_where_one_meets_is_told_only_while_the_time_stands(house: House, booked: Booking) -> None:
    def place() -> str:
        facts = queries.booking_by_key(booked.key)
        assert facts is not None
        return shown(facts, language=Language.ENGLISH)["place"]

    assert place()

    services.cancel(booked.pk, by=By.VISITOR, now=MONDAY)

    assert not place()


def test_a_declined_time_is_free_again_and_another_is_asked_for(house: House, booker: Booker) -> None:
    Host.objects.update(approves=True)
    booker.send()
    house.work()
    prove(house)

    assert services.decline(Booking.objects.get().pk, now=MONDAY)
    house.work()
    house.work(MONDAY + TOLD_AFTER)

    mail = sent_to(house, ANN)[-1]
    assert str(mail["Subject"]).startswith("Please choose another time")
    body = mail.get_body(("plain",))
    assert body is not None
    assert path_of(Act.AGAIN, Booking.objects.get().key) in body.get_content()
    assert not TakenGranule.objects.exists()


def test_what_came_of_it_ends_the_meeting_and_keeps_the_promise(house: House, booked: Booking) -> None:
    after = NINE_ON_WEDNESDAY + timedelta(hours=1)
    assert not services.tell_outcome(booked.pk, outcome=State.TOOK_PLACE, now=MONDAY)

    assert services.tell_outcome(booked.pk, outcome=State.TOOK_PLACE, now=after)
    house.work(after)

    assert Activity.objects.get().outcome == "held"
    assert Grant.objects.get().state == "delivered"
    assert services.take_outcome_back(booked.pk, now=after)
    house.work(after)
    assert Activity.objects.get().done_at is None


def test_whoever_came_is_asked_a_week_later_and_nobody_else(house: House, booked: Booking) -> None:
    after = booked.ends + timedelta(minutes=5)
    services.tell_outcome(booked.pk, outcome=State.TOOK_PLACE, now=after)
    house.work(after)
    assert Grant.objects.get().ask_at == after + timedelta(days=7)

    services.tell_outcome(booked.pk, outcome=State.NO_SHOW, now=after)
    house.work(after)

    grant = Grant.objects.get()
    assert (grant.ask_at, grant.state) == (None, "opened")


def test_what_is_said_on_the_card_of_the_lead_holds_for_the_booking(house: House, booked: Booking) -> None:
    after = NINE_ON_WEDNESDAY + timedelta(hours=1)

    finish(activity_id=Activity.objects.get().pk, outcome=Outcome.NO_SHOW, now=after)
    house.work(after)

    assert Booking.objects.get().state == "no_show"


def test_an_erased_person_does_not_come_and_leaves_only_a_time(house: House, booked: Booking) -> None:
    assert booked.contact_id is not None

    erase_contact(booked.contact_id, now=MONDAY)
    house.work()

    booked.refresh_from_db()
    assert (booked.state, booked.address_hash, booked.network_hash) == ("cancelled", "", "")
    assert booked.begins == NINE_ON_WEDNESDAY
    assert str(sent_to(house, EMIL)[-1]["Subject"]).startswith("Called off")
    assert User.objects.filter(email=EMIL).exists()


@pytest.mark.parametrize(
    "text",
    [
        "a\r\nATTENDEE:mailto:evil@x.example",
        "b\nEND:VEVENT\nBEGIN:VEVENT",
        "c\x00d",
        'e";CN="f',
        "g\u2028h\x85i",
        "ż" * 300,
        ";,\\:",
    ],
)
def test_nothing_that_is_typed_becomes_a_line_of_its_own(text: str) -> None:
    file = calendar_file(
        Invitation(
            method=Method.REQUEST, uid="one@leadstone", sequence=3, begins=MONDAY, ends=MONDAY + timedelta(hours=1), stamp=MONDAY,
            summary=text, description=text, location=text, organizer=Party(name=text, address="a@b.example"),
            attendee=Party(name=text, address="c@d.example"), url="https://warm.example/book",
        )
    )  # fmt: skip

    (event,) = calendar_lines.read(file).parts
    assert event.properties["ATTENDEE"] == "mailto:c@d.example"
    assert len(Calendar.from_ical(file.decode()).walk("VEVENT")) == 1
