"""The formulas of the forecast, against answers worked out by hand, and properties that hold for any pipeline."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadstone.domains.pipeline.rules import StageClass, health
from leadstone.domains.pipeline.rules import forecast as rules
from leadstone.domains.pipeline.rules.forecast import OpenDeal, Sale, Sums
from leadstone.domains.pipeline.rules.health import ClosedDeal, Record, Step, Typical
from leadstone.domains.pipeline.rules.wins_losses import Outcome, grouped
from leadstone.kernel.periods import month_of, quarter_of

TODAY = date(2026, 11, 16)
NOON = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)

AMOUNTS = st.none() | st.integers(0, 10**14)
DEALS = st.lists(
    st.builds(
        OpenDeal,
        amount_minor=AMOUNTS,
        probability=st.integers(0, 100),
        expected_close=st.none() | st.dates(date(2026, 1, 1), date(2028, 1, 1)),
    )
)


def deal(amount: int | None, probability: int, close: date | None) -> OpenDeal:
    return OpenDeal(amount_minor=amount, probability=probability, expected_close=close)


PIPELINE = [
    deal(100_000, 20, date(2026, 11, 16)),  # today: still ahead
    deal(333, 50, date(2026, 11, 30)),  # 166.5 → 167
    deal(500_000, 80, date(2026, 12, 24)),
    deal(None, 60, date(2026, 12, 31)),
    deal(900_000, 60, date(2027, 4, 30)),
    deal(700_000, 40, date(2027, 5, 1)),  # after the sixth month
    deal(250_000, 60, date(2026, 11, 15)),  # yesterday
    deal(80_000, 90, None),
]
SALES = [Sale(amount_minor=40_000, on=date(2026, 11, 2)), Sale(amount_minor=5_000, on=date(2026, 10, 31))]
GOALS = {date(2026, 10, 1): 100_000, date(2026, 11, 1): 300_000, date(2026, 12, 1): 400_000}


def test_each_open_deal_stands_in_its_month_or_later_or_overdue_or_without_a_date() -> None:
    found = rules.forecast(PIPELINE, sales=SALES, goals=GOALS, today=TODAY)

    november, december, *_between, april = found.months
    assert november.expected == Sums(count=2, total=100_333, weighted=20_167)
    assert december.expected == Sums(count=2, unvalued=1, total=500_000, weighted=400_000, committed_count=1, committed=500_000)
    assert (april.expected.count, april.expected.weighted) == (1, 540_000)
    assert found.later == Sums(count=1, total=700_000, weighted=280_000)
    assert found.overdue == Sums(count=1, total=250_000, weighted=150_000)
    assert found.undated == Sums(count=1, total=80_000, weighted=72_000, committed_count=1, committed=80_000)


def test_a_month_counts_what_was_won_in_it_and_knows_its_goal() -> None:
    november, december, *rest = rules.forecast(PIPELINE, sales=SALES, goals=GOALS, today=TODAY).months

    assert (november.won_count, november.won, november.goal) == (1, 40_000, 300_000)
    assert (november.commit, november.likely, november.best) == (40_000, 60_167, 140_333)
    assert (december.won, december.goal) == (0, 400_000)
    assert {month.goal for month in rest} == {None}


def test_a_quarter_adds_up_its_months_and_leaves_out_what_is_overdue() -> None:
    quarter = rules.span(quarter_of(TODAY), deals=PIPELINE, sales=SALES, goals=GOALS, today=TODAY)

    assert (quarter.won, quarter.expected.weighted, quarter.likely) == (45_000, 420_167, 465_167)
    assert (quarter.commit, quarter.best, quarter.goal) == (545_000, 645_333, 800_000)


def test_a_quarter_with_a_month_without_a_goal_has_none() -> None:
    lacking = {month: goal for month, goal in GOALS.items() if month.month != 12}
    assert rules.span(quarter_of(TODAY), deals=[], sales=[], goals=lacking, today=TODAY).goal is None


@given(DEALS, st.dates(date(2026, 6, 1), date(2027, 6, 1)))
def test_no_deal_is_lost_and_none_is_counted_twice(deals: list[OpenDeal], today: date) -> None:
    found = rules.forecast(deals, sales=[], goals={}, today=today)
    places = [found.later, found.undated, found.overdue, *(month.expected for month in found.months)]
    whole = rules.add_up(deals)

    for name in ("count", "unvalued", "total", "weighted", "committed_count", "committed"):
        assert sum(getattr(place, name) for place in places) == getattr(whole, name)


@given(DEALS)
def test_likely_lies_between_won_and_best(deals: list[OpenDeal]) -> None:
    for month in rules.forecast(deals, sales=SALES, goals={}, today=TODAY).months:
        assert month.won <= month.likely <= month.best
        assert month.won <= month.commit <= month.best


@pytest.mark.parametrize(
    ("amount", "probability", "expected"), [(1, 50, 1), (1, 49, 0), (99, 50, 50), (101, 50, 51), (10**14, 100, 10**14), (7, 0, 0)]
)
def test_a_weighted_value_is_rounded_half_up(amount: int, probability: int, expected: int) -> None:
    assert rules.weighted(amount, probability=probability) == expected


def test_a_probability_by_hand_goes_before_that_of_the_stage_also_when_it_is_zero() -> None:
    assert rules.effective_probability(manual=None, stage=40) == 40
    assert rules.effective_probability(manual=0, stage=40) == 0


@pytest.mark.parametrize(
    ("amounts", "few"), [([], 0), ([0, 0], 0), ([10], 1), ([5, 5], 1), ([4, 3, 3], 2), ([1] * 12, 6), ([50, 20, 20, 10], 1)]
)
def test_carriers_are_the_fewest_that_make_half(amounts: list[int], few: int) -> None:
    assert rules.carriers(amounts) == few


@given(st.lists(st.integers(0, 10**12)))
def test_one_carrier_fewer_carries_less_than_half(amounts: list[int]) -> None:
    few, largest = rules.carriers(amounts), sorted(amounts, reverse=True)
    if sum(amounts):
        assert sum(largest[:few]) * 2 >= sum(amounts)
        assert sum(largest[: few - 1]) * 2 < sum(amounts)


def closed(won: bool, amount: int, days: int) -> ClosedDeal:
    return ClosedDeal(won=won, amount_minor=amount, opened_at=NOON - timedelta(days=days, hours=3), closed_at=NOON)


def test_rates_and_velocity_are_those_of_the_field() -> None:
    won = [closed(True, amount, days) for amount, days in ((100_000, 10), (200_000, 30), (300_001, 50), (400_000, 40))]
    record = health.record_of([*won, *[closed(False, 150_000, 5)] * 6])

    assert (record.won, record.lost, record.won_minor, record.lost_minor) == (4, 6, 1_000_001, 900_000)
    assert record.win_rate == Fraction(4, 10)
    assert record.win_rate_by_value == Fraction(1_000_001, 1_900_001)
    assert record.average_won == 250_000
    assert record.cycle_days == 35.0
    # 7 open × 0.4 × 250 000.25 ÷ 35 days
    assert health.velocity(7, record) == 20_000


def test_below_ten_closed_deals_there_is_not_enough_data() -> None:
    record = health.record_of([closed(True, 100, 10)] * 9)

    assert not record.is_enough
    assert (record.win_rate, record.win_rate_by_value, health.velocity(5, record)) == (None, None, None)
    assert health.record_of([closed(True, 100, 10)] * 10).win_rate == 1


def test_velocity_of_deals_that_are_won_at_once_or_never_is_unknown() -> None:
    assert health.velocity(5, health.record_of([closed(True, 100, 0)] * 10)) is None
    assert health.velocity(5, health.record_of([closed(False, 100, 9)] * 10)) is None
    assert health.record_of([]) == Record()


def test_coverage_is_what_is_weighted_over_what_is_missing() -> None:
    assert health.coverage(90_000, goal=100_000, won=40_000) == Fraction(3, 2)
    assert health.coverage(90_000, goal=None, won=0) is None
    assert health.coverage(90_000, goal=40_000, won=40_000) is None


def test_usual_stays_are_the_median_over_won_deals_and_need_five() -> None:
    histories = [
        [
            Step(1, StageClass.OPEN, NOON),
            Step(2, StageClass.OPEN, NOON + timedelta(days=days)),
            Step(9, StageClass.WON, NOON + timedelta(days=days + 7)),
        ]
        for days in (2, 4, 30, 6, 8)
    ]
    assert health.typical_stays(histories) == {1: Typical(6.0, 5), 2: Typical(7.0, 5)}
    assert health.typical_stays(histories[:4]) == {}


@given(st.integers(0, 400), st.floats(0, 200), st.timedeltas(timedelta(0), timedelta(days=1) - timedelta(microseconds=1)))
def test_ageing_is_the_same_for_a_row_and_for_the_database(days: int, usual: float, hours: timedelta) -> None:
    typical, since = Typical(usual, 5), NOON - timedelta(days=days) - hours
    told = health.is_ageing(health.whole_days(since, NOON), typical=typical)
    assert told == (since <= health.ages_before(typical, now=NOON))
    assert not health.is_ageing(days, typical=None)


def outcome(won: bool, amount: int, reason: int) -> Outcome:
    return Outcome(won=won, amount_minor=amount, reason_id=reason, owner_id=0, channel="x", magnet_id=0, left_stage_id=0)


def test_groups_stand_largest_first_and_add_up_to_all() -> None:
    deals = [outcome(False, 5, 2), outcome(True, 7, 1), outcome(False, 3, 2), outcome(True, 4, 3)]

    groups = grouped(deals, by=lambda one: one.reason_id)

    assert [(group.key, group.won, group.lost, group.won_minor, group.lost_minor) for group in groups] == [
        (2, 0, 2, 0, 8),
        (1, 1, 0, 7, 0),
        (3, 1, 0, 4, 0),
    ]


def test_a_month_is_found_by_any_of_its_days() -> None:
    assert rules.span(month_of(TODAY), deals=PIPELINE, sales=SALES, goals={}, today=TODAY).expected.count == 2
