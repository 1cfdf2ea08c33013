"""When an answer counts, and when a falling score is said."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadstone.domains.grants.rules import (
    BEFORE,
    LEAST_ANSWERS,
    RECENT,
    Answers,
    Movement,
    answers_between,
    has_recovered,
    may_warn_again,
    movement,
    question_days,
    rating_counts,
    read_rating_words,
    windows_at,
)
from leadstone.wire.definition import Channel, Contract, NextStep
from tests.cast import MONDAY, definition

COUNTS = st.builds(Answers, st.integers(0, 300), st.integers(0, 300), st.integers(0, 300))


def test_an_answer_may_be_changed_for_a_day_and_then_stays() -> None:
    assert rating_counts(first_at=None, at=MONDAY)
    assert rating_counts(first_at=MONDAY, at=MONDAY + timedelta(hours=23, minutes=59))
    assert not rating_counts(first_at=MONDAY, at=MONDAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("recent", "before", "expected"),
    [
        (Answers(2, 1, 6), Answers(80, 5, 5), Movement.TOO_FEW),  # nine people are nine people
        (Answers(2, 1, 7), Answers(8, 0, 1), Movement.TOO_FEW),  # and nobody knows where it fell from
        (Answers(5, 2, 8), Answers(80, 5, 5), Movement.FALLING),
        (Answers(80, 5, 5), Answers(80, 5, 5), Movement.STEADY),
        (Answers(8, 1, 3), Answers(20, 2, 4), Movement.STEADY),  # a little less is chance
        (Answers(90, 5, 5), Answers(3, 5, 50), Movement.STEADY),  # rising is no alarm
        (Answers(900, 50, 50), Answers(2950, 20, 30), Movement.STEADY),  # clear, but less than a tenth
    ],
)
def test_a_score_falls_only_when_chance_is_an_unlikely_reason(recent: Answers, before: Answers, expected: Movement) -> None:
    assert movement(recent=recent, before=before) is expected


@given(recent=COUNTS, before=COUNTS)
def test_a_score_never_falls_and_has_recovered_at_once(recent: Answers, before: Answers) -> None:
    if movement(recent=recent, before=before) is Movement.FALLING:
        assert min(recent.number, before.number) >= LEAST_ANSWERS
        assert recent.share < before.share
        assert not has_recovered(recent=recent, before=before)


def test_half_of_the_fall_must_be_made_up_for_before_a_warning_ends() -> None:
    before = Answers(90, 0, 10)

    assert not has_recovered(recent=Answers(84, 0, 16), before=before)
    assert has_recovered(recent=Answers(85, 0, 15), before=before)
    assert not has_recovered(recent=Answers(9, 0, 0), before=before)  # too few to say so


def test_no_answer_leads_to_two_warnings() -> None:
    assert may_warn_again(ended_at=None, now=MONDAY)
    assert not may_warn_again(ended_at=MONDAY, now=MONDAY + RECENT - timedelta(seconds=1))
    assert may_warn_again(ended_at=MONDAY, now=MONDAY + RECENT)


@given(st.integers(1_577_836_800, 2_208_988_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)))
def test_the_two_windows_touch_and_each_day_is_in_one(now: datetime) -> None:
    windows = windows_at(now)

    assert windows.until - windows.recent == RECENT
    assert windows.recent - windows.before == BEFORE
    assert windows.recent <= now.date() < windows.until


def test_days_are_counted_from_the_first_to_before_the_last() -> None:
    days = {date(2026, 11, day): Answers(yes=1) for day in range(1, 8)}

    assert answers_between(days, since=date(2026, 11, 2), until=date(2026, 11, 5)) == Answers(yes=3)


def test_only_a_contract_that_declares_the_question_has_one() -> None:
    silent = definition()
    asking = definition(contract=Contract(next_steps=(NextStep(channel=Channel.EMAIL, text="One question.", asks_after_days=7),)))

    assert (question_days(silent), question_days(asking)) == (0, 7)


@pytest.mark.parametrize(
    ("typed", "kept", "wrong"),
    [
        ("  It helped.\r\nThanks  ", "It helped.\nThanks", ""),
        ("", "", ""),
        ("x" * 1000, "x" * 1000, ""),
        ("x" * 1001, "x" * 1001, "too_long"),
        ("a\0b", "a\0b", "unreadable"),
        ("half \ud83d", "half \ud83d", "unreadable"),
    ],
)
def test_added_words_are_read_as_they_are_kept_or_refused(typed: str, kept: str, wrong: str) -> None:
    assert read_rating_words(typed) == (kept, wrong)
