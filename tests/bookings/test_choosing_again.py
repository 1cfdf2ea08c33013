"""Whoever holds a place of an offer chooses another time when theirs came to nothing, also when the offer is over."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection, connections

from leadstone.domains.activities.models import Activity
from leadstone.domains.bookings import services
from leadstone.domains.bookings.models import Booking, Host, TakenGranule
from leadstone.domains.bookings.rules import TOLD_AFTER, By, Refusal, State, may_choose_again
from leadstone.domains.magnets.models import Magnet
from leadstone.flows.booking_links import Act, path_of
from leadstone.wire.definition import Availability
from leadstone.wire.records import ExchangeUndone
from tests.bookings.conftest import SLUG, Booker
from tests.bookings.test_the_offer_of_times import prove, publish_limited
from tests.portal.test_my import Visitor
from tests.worker.conftest import MONDAY, House

AT = int(MONDAY.timestamp() * 1000)
THURSDAY = "2026-03-05T09:00Z"
TEN_ON_THURSDAY = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)


@pytest.fixture
def ann(house: House, emil: Host, visitor: Visitor) -> Booking:
    """Ann has the only place of an offer, with a host who agrees first."""
    Host.objects.update(approves=True)
    publish_limited(house, Availability(cap=1))
    Booker(visitor).send()
    house.work()
    prove(house)
    return Booking.objects.get(state="waiting")


def declined(house: House, booking: Booking) -> str:
    """The link in the letter that says so."""
    assert services.decline(booking.pk, now=MONDAY)
    house.work()
    house.work(MONDAY + TOLD_AFTER)
    found = re.search(r"/book/again/\w+", house.mails()[0].text)
    assert found is not None
    return found[0]


def test_a_declined_person_chooses_again_though_all_places_are_taken(house: House, visitor: Visitor, ann: Booking) -> None:
    link = declined(house, ann)
    assert visitor.get(f"/book/{SLUG}")[0] == 410

    status, page = visitor.get(f"{link}?lang=en")
    assert (status, "Choose another time" in page) == (200, True)
    assert Booking.objects.get().state == "declined"  # looking changes nothing
    assert visitor.post(link, {"at": THURSDAY, "zone": "Asia/Tokyo"})[0] == 303

    ann.refresh_from_db()
    assert (ann.state, ann.begins, ann.zone, ann.ended_by) == ("waiting", TEN_ON_THURSDAY, "Asia/Tokyo", "")
    assert services.approve(ann.pk, now=MONDAY)
    house.work()
    assert Activity.objects.get(kind="meeting").due_at == TEN_ON_THURSDAY


def test_a_link_that_did_its_work_does_it_no_second_time(house: House, visitor: Visitor, ann: Booking) -> None:
    link = declined(house, ann)
    assert visitor.post(link, {"at": THURSDAY})[0] == 303

    status, page = visitor.post(f"{link}?lang=en", {"at": "2026-03-06T09:00Z"})

    assert (status, "This booking cannot be changed any more." in page) == (409, True)
    assert Booking.objects.get().begins == TEN_ON_THURSDAY


def test_it_opens_also_when_the_magnet_was_withdrawn(house: House, visitor: Visitor, ann: Booking) -> None:
    link = declined(house, ann)
    Magnet.objects.update(withdrawn_at=MONDAY)
    house.work()

    assert visitor.get(link)[0] == 200
    assert visitor.post(link, {"at": THURSDAY})[0] == 303


def test_a_time_that_somebody_else_took_is_refused_in_words_and_nothing_is_lost(
    house: House, visitor: Visitor, ann: Booking
) -> None:
    link = declined(house, ann)
    other = Booking.objects.get()
    other.pk, other.key, other.nonce = None, uuid4(), "bob"
    other.save()
    TakenGranule.objects.create(host=other.host, granule=int(TEN_ON_THURSDAY.timestamp()) // 300, booking=other)

    for at in (THURSDAY, "2026-03-07T09:00Z", "nonsense"):
        status, page = visitor.post(f"{link}?lang=en", {"at": at})
        assert status == 409
        assert "This time has just been taken. Please choose another one." in page
        assert "your old time is still yours" not in page
    ann.refresh_from_db()
    assert ann.state == "declined"


def test_what_the_host_called_off_is_booked_anew_with_whoever_is_free_and_is_a_meeting_of_its_own(
    house: House, visitor: Visitor, ann: Booking, gosia: Host
) -> None:
    assert services.approve(ann.pk, now=MONDAY)
    house.work()
    assert services.cancel(ann.pk, by=By.HOST, now=MONDAY)
    house.work()
    Host.objects.filter(pk=ann.host_id).update(weight=0)

    assert visitor.post(path_of(Act.AGAIN, ann.key), {"at": THURSDAY})[0] == 303
    house.work()

    ann.refresh_from_db()
    assert (ann.state, ann.host) == ("booked", gosia)
    assert sorted(Activity.objects.filter(kind="meeting").values_list("outcome", flat=True)) == ["", "cancelled"]


def test_the_delivery_page_leads_there_and_not_into_a_closed_door(house: House, visitor: Visitor, ann: Booking) -> None:
    declined(house, ann)
    _, page = visitor.get(f"{path_of(Act.CANCEL, ann.key)}?lang=en")

    assert path_of(Act.AGAIN, ann.key) in page
    assert f'href="/book/{SLUG}' not in page


def test_whoever_undid_the_exchange_gave_the_place_back_with_it(house: House, visitor: Visitor, ann: Booking) -> None:
    link = declined(house, ann)
    house.journal(ExchangeUndone(at=AT, grant_key=str(house.grant_key(house.mails()[-1]))))
    house.work()

    status, _ = visitor.post(link, {"at": THURSDAY})

    assert status == 409
    assert not TakenGranule.objects.exists()


def test_a_link_for_another_purpose_or_of_nobody_opens_nothing(visitor: Visitor, ann: Booking) -> None:
    swapped = path_of(Act.CANCEL, ann.key).replace("/cancel/", "/again/")

    assert visitor.get(swapped)[0] == 404
    assert visitor.get(f"/book/again/{'0' * 72}")[0] == 404


@pytest.mark.django_db(transaction=True)
def test_pressed_twice_at_once_it_is_one_time(house: House, visitor: Visitor, ann: Booking) -> None:
    declined(house, ann)

    def press(day: int) -> bool:
        try:
            return bool(services.choose_again(ann.pk, to=TEN_ON_THURSDAY + timedelta(days=day), now=MONDAY))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=2) as pressing:
        pressed = list(pressing.map(press, range(2)))

    assert sorted(pressed) == [False, True]
    assert TakenGranule.objects.filter(booking=ann).count() == 6
    connection.close()


@pytest.mark.parametrize(
    ("state", "ended_by", "may"),
    [
        (State.DECLINED, By.HOST, True),
        (State.LAPSED, By.HOUSE, True),
        (State.CANCELLED, By.VISITOR, True),
        (State.CANCELLED, By.HOST, True),
        (State.CANCELLED, By.HOUSE, False),
        *[(state, None, False) for state in (State.PENDING, State.WAITING, State.BOOKED, State.TOOK_PLACE, State.NO_SHOW)],
    ],
)
def test_only_what_came_to_nothing_is_chosen_again(state: State, ended_by: By | None, may: bool) -> None:
    decision = may_choose_again(state, ended_by=ended_by)

    assert (bool(decision), decision.because) == (may, None if may else Refusal.OVER)


def test_a_form_sent_again_after_its_time_was_called_off_holds_nothing_and_says_so(
    house: House, visitor: Visitor, emil: Host
) -> None:
    publish_limited(house, Availability())
    booker = Booker(visitor)
    token = booker.token()
    booker.send(token=token)
    house.work()
    prove(house)
    assert services.cancel(Booking.objects.get().pk, by=By.VISITOR, now=MONDAY)

    status, page = booker.visitor.post(
        f"/book/{SLUG}/form?at=2026-03-04T08:00Z&lang=en", {"email": "ann@home.example", "token": token}
    )

    assert (status, "The time that this form held was given back" in page) == (409, True)
    assert Booking.objects.count() == 1
    assert 'value="ann@home.example"' in page
    fresh = re.search(r'name="token" value="([^"]+)"', page)
    assert fresh is not None
    assert booker.send(token=fresh[1])[0] == 303
    assert Booking.objects.latest("pk").state == "pending"


def test_a_form_sent_again_for_another_time_is_told_the_time_that_it_holds(house: House, visitor: Visitor, emil: Host) -> None:
    publish_limited(house, Availability())
    booker = Booker(visitor)
    token = booker.token()
    booker.send(token=token)

    status, location = booker.send(token=token, at="2026-03-04T11:00Z")

    assert (status, "at=2026-03-04T08%3A00Z" in location) == (303, True)
    assert Booking.objects.count() == 1
