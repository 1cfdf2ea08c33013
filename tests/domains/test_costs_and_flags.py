"""Costs are divided to the last grosz, and only what chance does not explain is pointed at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadstone.domains.insights.rules.costs import divide
from leadstone.domains.insights.rules.flags import LEAST_LEADS, Flag, Tally, watch


def test_an_amount_is_divided_as_the_leads_are_and_the_largest_fraction_gets_the_last_unit() -> None:
    assert divide(100, by={"guide": 2, "quiz": 1}) == {"guide": 67, "quiz": 33}
    assert divide(100, by={"guide": 1, "quiz": 1, "call": 1}) == {"guide": 34, "quiz": 33, "call": 33}


def test_nothing_to_divide_by_divides_nothing() -> None:
    assert divide(100, by={}) == {}
    assert divide(100, by={"guide": 0}) == {}


@given(st.integers(0, 10**12), st.dictionaries(st.integers(1, 50), st.integers(0, 10**6)))
def test_nothing_is_lost_in_dividing_and_nobody_gets_a_unit_more_than_their_part(amount: int, by: dict[int, int]) -> None:
    parts = divide(amount, by=by)
    total = sum(by.values())

    assert sum(parts.values()) == (amount if total else 0)
    assert all(abs(part - amount * by[key] / total) < 1 for key, part in parts.items() if amount < 10**9)


BEFORE = Tally(leads=200, qualified=60, kept=90, answers=100, complaints=0)


@pytest.mark.parametrize(
    ("now", "flags"),
    [
        (BEFORE, ()),
        (Tally(leads=400, qualified=40, kept=90, answers=100), (Flag.MORE_BUT_WORSE,)),
        (Tally(leads=210, qualified=20, kept=90, answers=100), ()),
        (Tally(leads=400, qualified=115, kept=90, answers=100), ()),
        (Tally(leads=200, qualified=60, kept=60, answers=100), (Flag.PROMISE_FALLS,)),
        (Tally(leads=200, qualified=60, kept=85, answers=100), ()),
        (Tally(leads=200, qualified=60, kept=90, answers=100, complaints=12), (Flag.COMPLAINTS_RISE,)),
        (Tally(leads=200, qualified=60, kept=90, answers=100, complaints=1), ()),
    ],
)
def test_what_got_worse_beyond_chance_is_pointed_at(now: Tally, flags: tuple[Flag, ...]) -> None:
    assert watch(now, before=BEFORE).flags == flags


def test_with_few_leads_not_enough_data_is_the_answer() -> None:
    few = Tally(leads=LEAST_LEADS - 1, qualified=0)
    found = watch(few, before=Tally(leads=10, qualified=10))

    assert found.flags == ()
    assert not found.enough
