"""Whose turn it is, hours as people type them, and reminders by the clock on the wall."""

from collections import Counter
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadstone.domains.bookings.rules import MOVES, OCCUPYING, By, State, may_choose_again, reminders_of
from leadstone.domains.bookings.rules.turns import Turn, in_turn
from leadstone.domains.bookings.rules.wall import UnclearHours, read_spans, read_stored, stored, written


@given(st.lists(st.integers(1, 9), min_size=1, max_size=6), st.integers(1, 200))
def test_whoever_is_always_free_gets_their_share_and_never_one_more(weights: list[int], bookings: int) -> None:
    had: Counter[int] = Counter()
    for _ in range(bookings):
        had[in_turn([Turn(host_id=n, weight=weight, had=had[n]) for n, weight in enumerate(weights)])[0]] += 1

    for n, weight in enumerate(weights):
        assert -2 < had[n] - Fraction(bookings * weight, sum(weights)) < 1
    if len(set(weights)) == 1:
        counts = [had[n] for n in range(len(weights))]
        assert max(counts) - min(counts) <= 1


def test_a_weight_of_nothing_is_never_asked_and_equals_go_by_age() -> None:
    assert in_turn([Turn(host_id=3, weight=1, had=0), Turn(host_id=1, weight=0, had=0), Turn(host_id=2, weight=1, had=0)]) == [
        2,
        3,
    ]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("9-17", "09:00–17:00"),
        ("9:00–12:30, 13.15 - 17", "09:00–12:30, 13:15–17:00"),
        ("13-17;8 do 12", "08:00–12:00, 13:00–17:00"),
        ("20-24", "20:00–24:00"),
        ("", ""),
    ],
)
def test_hours_are_read_as_people_type_them(typed: str, kept: str) -> None:
    assert written(read_spans(typed)) == kept
    assert read_stored(stored({1: read_spans(typed)})).get(1, ()) == read_spans(typed)


@pytest.mark.parametrize(
    "typed", ["17-9", "9-12, 11-15", "9:03-10", "25-26", "morning", "9-", "9-9", "1-2,3-4,5-6,7-8,9-10,11-12,13-14"]
)
def test_hours_that_are_none_are_refused(typed: str) -> None:
    with pytest.raises(UnclearHours):
        read_spans(typed)


def test_a_day_before_is_the_same_time_by_the_clock_also_over_a_change_of_the_clocks() -> None:
    begins = datetime(2026, 10, 25, 14, 0, tzinfo=UTC)  # 15:00 in Warsaw, and on the day before that is 13:00 UTC

    assert reminders_of(begins, zone="Europe/Warsaw", minutes=(1440, 60)) == [
        datetime(2026, 10, 24, 13, 0, tzinfo=UTC),
        datetime(2026, 10, 25, 13, 0, tzinfo=UTC),
    ]


def test_no_state_leads_back_to_pending_and_what_ended_frees_the_time() -> None:
    assert not any(State.PENDING in targets for targets in MOVES.values())
    assert {State.LAPSED, State.DECLINED, State.CANCELLED}.isdisjoint(OCCUPYING)


def test_whoever_called_a_time_off_may_choose_another_but_not_when_the_house_did() -> None:
    assert may_choose_again(State.CANCELLED, ended_by=By.VISITOR)
    assert may_choose_again(State.DECLINED, ended_by=By.HOST)
    assert not may_choose_again(State.CANCELLED, ended_by=By.HOUSE)
    assert not may_choose_again(State.BOOKED, ended_by=None)
