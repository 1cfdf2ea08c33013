"""From the free times to a booking, on the pages of the portal."""

from datetime import timedelta

import pytest
from django.db import connection

from leadstone.domains.activities.models import Activity
from leadstone.domains.bookings.models import Booking, Host, TakenGranule
from leadstone.domains.bookings.queries import hosts
from leadstone.domains.bookings.rules import MOST_PENDING_PER_HOST
from leadstone.domains.capture.models import Submission
from leadstone.domains.contacts.models import ContactPoint
from leadstone.domains.grants.models import Grant
from leadstone.domains.leads.models import Lead
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.kinds.consultation import settings_of
from leadstone.flows.booked import time_chosen
from leadstone.wire.records import ExchangeUndone, MailboxProven, NotMe, SubmissionReceived
from tests.bookings.conftest import NINE_ON_WEDNESDAY, Booker, publish
from tests.portal.test_my import Visitor
from tests.worker.conftest import MONDAY, House

AT = int(MONDAY.timestamp() * 1000)


def prove(house: House, *, newest: int = 0) -> None:
    token = house.confirm_token(house.mails()[newest])
    house.journal(MailboxProven(at=AT, grant_key=str(token.key), form=token.form.hex()))
    house.work()


def test_the_page_lists_free_times_by_day_and_by_the_clock_that_was_chosen(booker: Booker) -> None:
    status, page = booker.visitor.get("/book/consultation?lang=en")

    assert status == 200
    assert "Tuesday, 3 March" in page
    assert "Wednesday, 4 March" in page
    assert len(page) < 50_000
    # Monday is today, and a day of notice is asked for.
    assert "Monday, 2 March" not in page
    _, tokyo = booker.visitor.get("/book/consultation?lang=en&zone=Asia/Tokyo")
    assert "17:00" in tokyo  # nine in Warsaw


def test_looking_changes_nothing(booker: Booker) -> None:
    with connection.execute_wrapper(_refuse_writes):
        for path in ("", "?zone=Asia/Tokyo&from=2026-03-09", "/form?at=2026-03-04T08:00Z", "/form?at=nonsense"):
            booker.visitor.get(f"/book/consultation{path}")


def _refuse_writes(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
    assert sql.lstrip().upper().startswith(("SELECT", "PRAGMA", "SAVEPOINT", "RELEASE")), sql
    return execute(sql, params, many, context)


def test_a_time_is_held_with_the_form_and_booked_when_the_mailbox_is_proven(house: House, booker: Booker, emil: Host) -> None:
    status, location = booker.send(name="Ann Żółw")

    assert status == 303
    booking = Booking.objects.get()
    assert location == f"/m/consultation/thanks/{booking.ref}?lang=en&at=2026-03-04T08%3A00Z&zone=Europe%2FWarsaw"
    assert (booking.state, booking.begins, booking.host) == ("pending", NINE_ON_WEDNESDAY, emil)
    assert Submission.objects.get().ref == booking.ref
    assert Lead.objects.get().contact_id == booking.contact_id

    house.work()
    prove(house)

    booking.refresh_from_db()
    assert booking.state == "booked"
    meeting = Activity.objects.get(kind="meeting")
    assert (meeting.pk, meeting.due_at, meeting.owner) == (booking.activity_id, NINE_ON_WEDNESDAY, emil.user)
    assert meeting.lead_id == Lead.objects.get().pk


def test_the_same_form_sent_twice_is_one_booking(booker: Booker) -> None:
    token = booker.token()

    answers = {booker.send(token=token) for _ in range(3)}

    assert len(answers) == 1
    assert Booking.objects.count() == 1
    assert Lead.objects.count() == 1


def test_a_time_that_was_taken_meanwhile_shows_the_nearest_ones_and_keeps_what_was_typed(booker: Booker) -> None:
    token = booker.token()
    booker.send(email="bob@home.example")

    status, page = booker.send(token=token, name="Ann Żółw")

    assert status == 409
    assert "This time has just been taken" in page
    assert 'value="2026-03-04T08:30Z"' in page
    assert 'value="Ann Żółw"' in page
    assert 'value="ann@home.example"' in page
    assert Submission.objects.count() == 1  # nothing was acknowledged, and nothing is kept of it


def test_one_of_the_nearest_times_is_booked_by_the_same_form(booker: Booker) -> None:
    booker.send(email="bob@home.example")

    status, _ = booker.visitor.post(
        "/book/consultation/form?at=2026-03-04T08:00Z",
        {"email": "ann@home.example", "token": booker.token("2026-03-04T09:00Z"), "at": "2026-03-04T09:30Z"},
    )

    assert status == 303
    assert Booking.objects.latest("pk").begins == NINE_ON_WEDNESDAY + timedelta(minutes=90)


@pytest.mark.parametrize(
    "at",
    [
        "2026-03-02T10:00Z",
        "2026-03-07T09:00Z",
        "2026-03-04T08:07Z",
        "2026-05-04T08:00Z",
        "2020-01-01T08:00Z",
        "8999-12-31T23:59Z",
    ],
)
def test_what_is_not_offered_cannot_be_booked(booker: Booker, at: str) -> None:
    assert booker.send(at=at, token=booker.token())[0] == 409
    assert not Booking.objects.exists()


@pytest.mark.parametrize("at", ["", "nonsense", "9999-12-31T23:59Z", "2026-03-04T08:00", "2026-02-30T08:00Z"])
def test_a_moment_that_is_none_leads_back_to_the_times(booker: Booker, at: str) -> None:
    status, location = booker.send(at=at, token=booker.token())

    assert (status, location.partition("?")[0]) == (303, "/book/consultation")


@pytest.mark.parametrize(
    "path", ["?zone=../../etc/passwd", "?zone=Mars/Base", "?from=2026-99-99", "?from=-1", "?lang=xx", "?zone=%00"]
)
def test_an_address_that_makes_no_sense_shows_the_page_all_the_same(booker: Booker, path: str) -> None:
    assert booker.visitor.get(f"/book/consultation{path}")[0] == 200


def test_another_magnet_has_no_times(booker: Booker) -> None:
    assert booker.visitor.get("/book/guide")[0] == 404
    assert booker.visitor.get("/book/nothing")[0] == 404


def test_a_form_with_a_mistake_comes_back_and_holds_nothing(booker: Booker) -> None:
    status, page = booker.send(email="ann at home")

    assert status == 422
    assert "not a complete e-mail address" in page
    assert not TakenGranule.objects.exists()


def test_a_form_without_a_token_of_ours_or_from_another_site_is_not_taken(booker: Booker) -> None:
    assert booker.send(token="x" * 56)[0] == 422
    status, _ = booker.visitor.post(
        "/book/consultation/form?at=2026-03-04T08:00Z",
        {"email": "a@b.example", "token": booker.token()},
        origin="https://evil.example",
    )
    assert status == 403
    assert not Booking.objects.exists()


def test_a_robot_gets_the_same_answer_and_no_time(booker: Booker) -> None:
    status, location = booker.send(website="https://spam.example")

    assert (status, location.startswith("/m/consultation/thanks/")) == (303, True)
    assert Submission.objects.get().verdict == "machine"
    assert not Booking.objects.exists()


def test_nobody_empties_a_calendar_with_one_address(booker: Booker) -> None:
    given = [booker.send(at=f"2026-03-04T{hour:02}:00Z")[0] for hour in range(8, 13)]

    assert given == [303, 303, 303, 429, 429]
    assert TakenGranule.objects.values("booking").distinct().count() == 3


def test_nobody_empties_a_calendar_from_many_networks(house: House, booker: Booker, offered: int) -> None:
    settings = settings_of(magnets.definitions([offered])[offered])
    week = hosts.times_left(settings, since=MONDAY, until=MONDAY + timedelta(days=5), now=MONDAY)
    booker.send(at=f"{week[0]:%Y-%m-%dT%H:%MZ}")
    house.work()

    for number, at in enumerate(week[1:]):
        record = SubmissionReceived(
            at=int(MONDAY.timestamp() * 1000),
            ref=f"ref-{number}",
            nonce=f"nonce-{number}",
            slug="consultation",
            version_id=offered,
            language="en",
            answers={"email": f"stranger-{number}@home.example"},
            network=f"203.0.{number}.0/24",
            fill_ms=9000,
        )
        assert time_chosen(record, begins=at, zone="Europe/Warsaw", now=MONDAY + timedelta(seconds=number)).decision

    assert Booking.objects.filter(state="pending").count() == MOST_PENDING_PER_HOST < len(week) / 2
    assert TakenGranule.objects.values("booking").distinct().count() == MOST_PENDING_PER_HOST
    prove(house)  # ours was let go of, and is free
    assert Booking.objects.order_by("pk")[0].state == "booked"


def test_a_time_that_nobody_proved_is_free_again_after_half_an_hour(house: House, booker: Booker) -> None:
    booker.send()
    house.work(MONDAY + timedelta(minutes=29))
    assert Booking.objects.get().state == "pending"

    house.work(MONDAY + timedelta(minutes=31))

    assert Booking.objects.get().state == "lapsed"
    assert not TakenGranule.objects.exists()


def test_a_late_proof_takes_the_time_if_it_is_still_free(house: House, booker: Booker) -> None:
    booker.send()
    house.work()
    house.work(MONDAY + timedelta(minutes=31))

    prove(house)

    assert Booking.objects.get().state == "booked"
    assert TakenGranule.objects.exists()


def test_a_late_proof_of_a_time_that_was_given_away_asks_for_another(house: House, booker: Booker) -> None:
    booker.send()
    house.work()
    house.work(MONDAY + timedelta(minutes=31))
    booker.send(email="bob@home.example")

    prove(house)

    assert [row.state for row in Booking.objects.order_by("pk")] == ["lapsed", "pending"]
    house.work()
    assert "Please choose another time" in house.mails()[0].envelope.subject + house.mails()[1].envelope.subject


def test_the_button_books_what_its_own_form_chose_and_nothing_that_a_stranger_typed(house: House, booker: Booker) -> None:
    booker.send(at="2026-03-04T08:00Z")
    house.work()
    booker.send(at="2026-03-04T10:00Z")
    house.work()

    prove(house, newest=1)  # the first mail of the two

    assert {row.begins.hour: row.state for row in Booking.objects.all()} == {8: "booked", 10: "pending"}


def test_two_hosts_share_by_turns(booker: Booker, emil: Host, gosia: Host) -> None:
    for hour, who in enumerate(["ann", "bob", "cleo", "dan"], start=8):
        booker.send(at=f"2026-03-04T{hour:02}:00Z", email=f"{who}@home.example")

    hosts = list(Booking.objects.order_by("pk").values_list("host_id", flat=True))
    assert hosts == [emil.pk, gosia.pk, emil.pk, gosia.pk]


def test_a_host_who_wants_to_agree_first_is_asked(house: House, booker: Booker, emil: Host) -> None:
    Host.objects.update(approves=True)
    booker.send()
    house.work()
    prove(house)

    assert Booking.objects.get().state == "waiting"
    assert not Activity.objects.exists()
    assert sorted(mail.envelope.subject.split(":")[0] for mail in house.mails()[:2]) == ["Asked for", "Please agree"]


def test_undoing_the_exchange_frees_the_time_and_takes_it_from_the_hosts_calendar(house: House, booker: Booker) -> None:
    booker.send()
    house.work()
    prove(house)

    house.journal(ExchangeUndone(at=AT, grant_key=str(Grant.objects.get().key)))
    house.work()

    assert Booking.objects.get().state == "cancelled"
    assert not TakenGranule.objects.exists()
    assert house.mails()[0].envelope.subject.startswith("Called off")
    assert not ContactPoint.objects.exists()


def test_whoever_says_that_it_was_not_them_does_not_come(house: House, booker: Booker) -> None:
    booker.send()
    house.work()
    key = str(house.grant_key(house.mails()[0]))

    house.journal(NotMe(at=AT, grant_key=key))
    house.work()

    assert Booking.objects.get().state == "cancelled"
    assert not TakenGranule.objects.exists()


def test_the_delivery_page_shows_the_booking_and_the_ways_to_change_it(house: House, booker: Booker, visitor: Visitor) -> None:
    booker.send()
    house.work()
    token = house.confirm_token(house.mails()[0]).opens
    prove(house)

    status, page = visitor.get(f"/d/{token}")

    assert status == 200
    for words in (
        "It is booked",
        "Wednesday, 4 March 2026, 9:00–9:30 (Warsaw, UTC+1)",
        "https://rooms.example/warm",
        "Emil Nowak",
    ):
        assert words in page, words


def test_a_version_that_asks_another_length_is_booked_in_its_own_length(house: House, emil: Host, visitor: Visitor) -> None:
    publish(house, minutes=60)
    Booker(visitor).send()

    booking = Booking.objects.get()
    assert booking.ends - booking.begins == timedelta(hours=1)
    assert booking.granules.count() == 12


def test_a_browser_is_let_to_say_that_the_form_is_our_own(booker: Booker) -> None:
    answer = booker.visitor._client.get("/book/consultation/form?at=2026-03-04T08:00Z", headers=booker.visitor.headers)

    # Under "no-referrer" it would send "Origin: null" with the form, and be refused.
    assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Wednesday, 4 March 2026, 9:00–9:30 (Warsaw, UTC+1)", "until 10:30")),
        ("pl", ("środa, 4 marca 2026, 9:00–9:30 (Warszawa, UTC+1)", "do 10:30")),
    ],
)
def test_the_first_mail_names_the_time_and_until_when_it_is_held(
    house: House, booker: Booker, language: str, words: tuple[str, ...]
) -> None:
    booker.visitor.post(
        f"/book/consultation/form?at=2026-03-04T08:00Z&zone=Europe/Warsaw&lang={language}",
        {"email": "ann@home.example", "token": booker.token()},
    )
    house.work()

    mail = house.mails()[0]
    for said in words:
        assert said in mail.text


def test_a_mail_that_leaves_after_the_time_went_back_does_not_name_it(house: House, booker: Booker) -> None:
    booker.send()

    house.work(MONDAY + timedelta(minutes=31))

    assert "Wednesday" not in house.mails()[0].text


def test_the_page_after_a_wrong_code_still_names_the_time(house: House, booker: Booker) -> None:
    _, location = booker.send()

    status, page = booker.visitor.post(location, {"code": "000000"})

    assert status == 422
    assert "Wednesday, 4 March 2026, 9:00–9:30 (Warsaw, UTC+1)" in page
