"""A consultation with a beginning, an end or a number: the pages of times keep to it as every other page does."""

from datetime import timedelta
from urllib.parse import quote

import pytest

from leadstone.domains.bookings.models import Booking, Host, TakenGranule
from leadstone.domains.capture.models import Submission
from leadstone.domains.magnets import services as magnets
from leadstone.infra.blobs.store import BlobStore
from leadstone.wire.definition import Availability, with_availability
from leadstone.wire.records import MailboxProven
from tests.bookings.conftest import SLUG, Booker, consultation
from tests.portal.test_my import Visitor
from tests.worker.conftest import MONDAY, House

ZONE = "Europe/Warsaw"


def publish_limited(house: House, availability: Availability) -> int:
    """The consultation under these limits; its magnet."""
    definition = with_availability(consultation(), availability)
    made = magnets.create_from_definition(definition, slug=SLUG, by=None, now=MONDAY)
    version = magnets.publish_version(magnet_id=made.pk, slug=SLUG, blobs=BlobStore(house.folder.blobs), by=None, now=MONDAY)
    assert version.version_id is not None, version.gaps
    house.work()
    return made.pk


def prove(house: House) -> None:
    token = house.confirm_token(house.mails()[0])
    house.journal(MailboxProven(at=int(MONDAY.timestamp() * 1000), grant_key=str(token.key), form=token.form.hex()))
    house.work()


def nothing_was_kept() -> bool:
    return not Booking.objects.exists() and not Submission.objects.exists() and not TakenGranule.objects.exists()


def test_before_it_begins_the_page_says_when_and_a_form_is_not_taken(house: House, emil: Host, visitor: Visitor) -> None:
    publish_limited(house, Availability(opens_at=MONDAY + timedelta(hours=1), zone=ZONE))
    booker = Booker(visitor)
    visitor.now = MONDAY + timedelta(hours=1)
    token = booker.token()
    visitor.now = MONDAY + timedelta(minutes=59)

    shown, page = visitor.get(f"/book/{SLUG}?lang=en")
    sent, refusal = booker.send(token=token)

    assert (shown, sent) == (200, 403)
    assert "It begins on" in page
    assert 'name="token"' not in page
    assert "What you sent was not kept" in refusal
    assert nothing_was_kept()


def test_after_its_end_the_page_is_gone_also_for_a_form_that_was_opened_before(
    house: House, emil: Host, visitor: Visitor
) -> None:
    publish_limited(house, Availability(closes_at=MONDAY + timedelta(hours=1), zone=ZONE))
    booker = Booker(visitor)
    token = booker.token()
    visitor.now = MONDAY + timedelta(hours=1)

    for path in (f"/book/{SLUG}", f"/book/{SLUG}/form?at=2026-03-04T08:00Z"):
        assert visitor.get(path)[0] == 410
    assert booker.send(token=token)[0] == 410
    assert nothing_was_kept()


@pytest.mark.parametrize("waiting", [False, True])
def test_when_the_last_place_is_taken_no_time_is_given_any_more(
    house: House, emil: Host, visitor: Visitor, waiting: bool
) -> None:
    publish_limited(house, Availability(cap=1, waiting=waiting))
    booker = Booker(visitor)
    booker.send()
    house.work()
    prove(house)

    status, page = visitor.get(f"/book/{SLUG}?lang=en")
    late, _ = booker.visitor.post(f"/book/{SLUG}/form?at=2026-03-04T09:00Z", {"email": "bob@home.example", "token": "x"})

    assert (status, late) == (410, 410)
    assert "All are taken" in page
    assert Booking.objects.get().state == "booked"


def test_of_two_who_hold_times_only_the_first_to_prove_gets_the_last_place(house: House, emil: Host, visitor: Visitor) -> None:
    publish_limited(house, Availability(cap=1))
    booker = Booker(visitor)
    booker.send(at="2026-03-04T08:00Z", email="ann@home.example")
    house.work()
    booker.send(at="2026-03-04T09:00Z", email="bob@home.example")
    house.work()
    tokens = [house.confirm_token(mail) for mail in house.mails()[:2]]

    for token in tokens:
        house.journal(MailboxProven(at=int(MONDAY.timestamp() * 1000), grant_key=str(token.key), form=token.form.hex()))
        house.work()
    house.work(MONDAY + timedelta(minutes=31))

    assert sorted(Booking.objects.values_list("state", flat=True)) == ["booked", "lapsed"]
    assert TakenGranule.objects.values("booking").distinct().count() == 1


def test_a_withdrawn_consultation_gives_no_times(house: House, emil: Host, visitor: Visitor) -> None:
    magnet_id = publish_limited(house, Availability())
    booker = Booker(visitor)
    token = booker.token()
    magnets.withdraw(magnet_id=magnet_id, now=MONDAY)
    house.work()

    assert visitor.get(f"/book/{SLUG}")[0] == 410
    assert booker.send(token=token)[0] == 410
    assert nothing_was_kept()


def test_a_form_that_came_faster_than_people_type_is_marked_with_it(booker: Booker) -> None:
    visitor = booker.visitor
    tokens = [booker.token(), booker.token("2026-03-04T09:00Z")]

    visitor.now = MONDAY + timedelta(milliseconds=1499)
    fast = booker.send(token=tokens[0])
    visitor.now = MONDAY + timedelta(milliseconds=1500)
    slow = booker.send(token=tokens[1], at="2026-03-04T09:00Z", email="bob@home.example")

    assert (fast[0], slow[0]) == (303, 303)
    assert list(Submission.objects.order_by("pk").values_list("suspicion", flat=True)) == ["too_fast", ""]


def test_one_network_holds_a_dozen_times_and_no_more(booker: Booker) -> None:
    booker.visitor.headers["X-Forwarded-For"] = "203.0.113.0"
    given = [
        booker.send(at=f"2026-03-{day:02}T{hour:02}:00Z", email=f"p{day}{hour}@home.example")[0]
        for day in (4, 5)
        for hour in range(8, 15)
    ]

    assert given == [303] * 12 + [429] * 2
    booker.visitor.headers["X-Forwarded-For"] = "198.51.100.0"
    assert booker.send(at="2026-03-06T09:00Z", email="elsewhere@home.example")[0] == 303


def test_whether_an_address_is_known_does_not_show_in_the_answer(house: House, booker: Booker) -> None:
    booker.send(email="known@home.example")
    house.work()
    prove(house)
    answers = []

    for at, email in (("2026-03-05T08:00Z", "known@home.example"), ("2026-03-05T09:00Z", "fresh@home.example")):
        status, location = booker.send(at=at, email=email)
        ref = Booking.objects.latest("pk").ref
        answers.append((status, location.replace(ref, "REF").replace(quote(at), "AT")))

    assert answers[0] == answers[1]
