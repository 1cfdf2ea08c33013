"""The one question after use: when it is asked, of whom, and what an answer does."""

from datetime import UTC, datetime, time, timedelta

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leadstone.domains.delivery.models import Message
from leadstone.domains.grants import queries, services
from leadstone.domains.grants.models import Grant
from leadstone.domains.grants.rules import Answers, Rating
from leadstone.domains.grants.services import Rated
from leadstone.domains.privacy.services import erase_contact
from leadstone.flows.exchange_undone import exchanges_undone
from leadstone.flows.promises_asked import ask_whether_kept
from leadstone.flows.promises_watched import watch_promises
from leadstone.flows.visitor_acts import files_served, promises_rated
from leadstone.wire.definition import Channel, NextStep
from leadstone.wire.records import ExchangeUndone, FileServed, PromiseRated
from tests.cast import MONDAY, Guide, Visitor, ask, confirm, definition, leave, published

pytestmark = pytest.mark.django_db
DUE = MONDAY + timedelta(days=7, minutes=5)


def asking(slug: str = "") -> Guide:
    """A guide whose contract declares the question."""
    told = definition().contract
    steps = (NextStep(channel=Channel.EMAIL, text="One question after a week.", asks_after_days=7), *told.next_steps)
    return published(slug, contract=msgspec.structs.replace(told, next_steps=steps))


def delivered(guide: Guide, email: str, *, at: datetime = MONDAY) -> Visitor:
    who = ask(guide, email, now=at, name="")
    confirm(who, now=at + timedelta(minutes=2))
    files_served([FileServed(at=ms(at + timedelta(minutes=3)), grant_key=str(who.grant_key))], now=at + timedelta(minutes=4))
    return who


def ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def said(who: Visitor, answer: str, *, at: datetime, words: str | None = None) -> None:
    promises_rated([PromiseRated(at=ms(at), grant_key=str(who.grant_key), answer=answer, words=words)], now=at)


def questions() -> list[str]:
    return list(Message.objects.filter(kind="promise_question").values_list("to_address", flat=True))


def test_whoever_got_it_is_asked_a_week_later_and_never_again() -> None:
    delivered(asking(), "ann@example.com")

    ask_whether_kept(now=DUE - timedelta(minutes=10))
    assert questions() == []
    ask_whether_kept(now=DUE)
    ask_whether_kept(now=DUE + timedelta(days=7))

    assert questions() == ["ann@example.com"]


def test_a_contract_that_declares_no_question_asks_none() -> None:
    delivered(published(), "ann@example.com")

    assert ask_whether_kept(now=DUE) == 0
    assert questions() == []


def test_nobody_is_asked_who_answered_left_undid_it_or_never_got_it() -> None:
    guide = asking()
    rated, left, undid = (delivered(guide, f"{name}@example.com") for name in ("rated", "left", "undid"))
    confirm(ask(guide, "never@example.com"))
    said(rated, "yes", at=MONDAY + timedelta(days=1))
    leave(left)
    exchanges_undone([ExchangeUndone(at=ms(MONDAY), grant_key=str(undid.grant_key))], now=MONDAY + timedelta(days=1))

    while ask_whether_kept(now=DUE):
        pass

    assert questions() == []


def test_a_question_that_is_a_month_late_is_not_asked_any_more() -> None:
    delivered(asking(), "ann@example.com")

    assert ask_whether_kept(now=DUE + timedelta(days=31)) == 0
    assert questions() == []
    assert Grant.objects.get().ask_at is None


def test_the_answer_may_be_changed_for_a_day_and_its_words_with_it() -> None:
    who = delivered(asking(), "ann@example.com")
    said(who, "no", at=MONDAY + timedelta(days=1), words="Page 4 is missing.")
    said(who, "partly", at=MONDAY + timedelta(days=1, hours=2))  # from the page that delivers, which asked for no words
    said(who, "yes", at=MONDAY + timedelta(days=3), words="Too late.")

    row = Grant.objects.get()

    assert (row.rating, row.rating_words) == ("partly", "Page 4 is missing.")


def test_words_go_with_the_exchange_and_with_the_person() -> None:
    guide = asking()
    ann, bob = delivered(guide, "ann@example.com"), delivered(guide, "bob@example.com")
    for who in (ann, bob):
        said(who, "no", at=MONDAY + timedelta(days=1), words=f"secret of {who.email}")

    exchanges_undone([ExchangeUndone(at=ms(MONDAY), grant_key=str(ann.grant_key))], now=MONDAY + timedelta(days=2))
    erase_contact(bob.contact_id, now=MONDAY + timedelta(days=2))

    assert list(Grant.objects.values_list("rating_words", flat=True)) == ["", ""]
    assert list(Grant.objects.values_list("rating", flat=True)) == ["no", "no"]  # aggregates stay


def test_unreadable_words_lose_the_words_and_keep_the_answer() -> None:
    who = delivered(asking(), "ann@example.com")
    said(who, "yes", at=MONDAY, words="a\0b")

    assert (Grant.objects.get().rating, Grant.objects.get().rating_words) == ("yes", "")


def rated(guide: Guide, day: datetime, *, yes: int, no: int, name: str) -> None:
    people = [ask(guide, f"{name}{n}@example.com", now=day) for n in range(yes + no)]
    services.rate({who.grant_key: Rated(Rating.YES if n < yes else Rating.NO, day) for n, who in enumerate(people)})


def test_a_falling_score_is_said_once_and_is_over_when_it_has_recovered() -> None:
    guide = published()
    rated(guide, MONDAY - timedelta(days=60), yes=19, no=1, name="before")
    rated(guide, MONDAY, yes=3, no=9, name="now")

    assert watch_promises(now=MONDAY) == [guide.magnet_id]
    assert watch_promises(now=MONDAY + timedelta(hours=1)) == []
    (warned,) = queries.warnings()
    assert (warned.recent, warned.before, warned.seen) == (Answers(yes=3, no=9), Answers(yes=19, no=1), False)

    later = MONDAY + timedelta(days=40)
    rated(guide, later, yes=19, no=1, name="better")
    assert watch_promises(now=later) == []
    assert queries.warnings() == []
    # Not again by what led to the first one.
    assert watch_promises(now=later + timedelta(hours=1)) == []


def test_answers_are_counted_by_the_day_in_utc() -> None:
    guide = published()
    midnight = datetime.combine(MONDAY.date(), time.min, UTC)
    rated(guide, midnight - timedelta(seconds=1), yes=1, no=0, name="late")
    rated(guide, midnight, yes=0, no=1, name="early")

    days = queries.ratings_by_day(since=midnight - timedelta(days=7))[guide.magnet_id]

    assert days == {MONDAY.date() - timedelta(days=1): Answers(yes=1), MONDAY.date(): Answers(no=1)}


def test_the_mails_of_a_magnet_are_measured_against_the_promised_time() -> None:
    guide = published()
    people = [ask(guide, f"{n}@example.com") for n in range(4)]
    for who, minutes in zip(people, (1, 10, 11), strict=False):
        services.mark_mailed(grant_id=who.grant_id, code_digest="d", now=MONDAY + timedelta(minutes=minutes))
    services.mark_failed(grant_id=people[3].grant_id, because="gone", now=MONDAY)

    kept = queries.kept_promises(guide.magnet_id, since=MONDAY - timedelta(days=1))

    assert (kept.promised, kept.in_time, kept.late) == (4, 2, 2)


def test_asking_a_hundred_people_takes_as_many_reads_as_asking_ten() -> None:
    guide = asking()
    for n in range(30):
        delivered(guide, f"{n}@example.com")
    with CaptureQueriesContext(
        connection,
    ) as seen:
        ask_whether_kept(now=DUE)

    reads = [each for each in seen.captured_queries if each["sql"].startswith("SELECT")]
    assert len(reads) < 15
    assert len(questions()) == 30
