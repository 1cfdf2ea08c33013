"""How long it takes until somebody buys: by hand, and by what a curve promises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadstone.domains.insights.rules.survival import LEAST_AT_RISK, Lasting, median_days, share_by, time_to_customer


def people(*told: tuple[float, bool], times: int = 1) -> list[Lasting]:
    return [Lasting(days, bought) for days, bought in told] * times


def test_the_curve_is_that_of_the_textbook() -> None:
    """21 patients under 6-mercaptopurine (Freireich et al. 1963), as Kaplan and Meier's estimate is usually shown with."""
    weeks = [(6, True)] * 3 + [(6, False), (7, True), (9, False), (10, True), (10, False), (11, False), (13, True), (16, True)]
    weeks += [(17, False), (19, False), (20, False), (22, True), (23, True), (25, False), (32, False), (32, False)]
    weeks += [(34, False), (35, False)]
    alive = {step.day: round(1 - step.share, 3) for step in time_to_customer(people(*weeks))}

    assert alive == {0: 1.0, 6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627}


def test_the_curve_ends_where_too_few_are_still_watched() -> None:
    known = people(*[(float(day), True) for day in range(1, 31)])

    assert min(step.at_risk for step in time_to_customer(known)) == LEAST_AT_RISK


def test_half_of_those_who_never_leave_our_sight_have_bought_on_the_median_day() -> None:
    known = people(*[(float(day), True) for day in range(1, 41)])

    assert median_days(known) == 20


def test_there_is_no_median_day_when_hardly_anybody_bought() -> None:
    assert median_days(people((5.0, True), *[(90.0, False)] * 30)) is None
    assert median_days([]) is None


@given(st.lists(st.tuples(st.integers(0, 400), st.booleans()), max_size=80))
def test_the_share_only_rises_and_stays_within_its_interval(told: list[tuple[int, bool]]) -> None:
    steps = time_to_customer(people(*[(float(days), bought) for days, bought in told]))
    shares = [step.share for step in steps]

    assert shares == sorted(shares)
    assert all(0 <= step.low <= step.share + 1e-12 <= step.high + 2e-12 <= 1 + 3e-12 for step in steps)


@given(st.lists(st.integers(0, 300), min_size=LEAST_AT_RISK, max_size=60))
def test_without_anybody_still_watched_the_curve_is_the_plain_share(days: list[int]) -> None:
    last = time_to_customer(people(*[(float(day), True) for day in days]))[-1]

    assert last.share == pytest.approx(sum(day <= last.day for day in days) / len(days))


def test_the_share_by_a_day_is_told_only_while_enough_are_watched() -> None:
    known = people(*[(float(day), True) for day in range(1, 31)], *[(60.0, False)] * 30)

    assert share_by(known, 15) == pytest.approx(15 / 60)
    assert share_by(known, 60) == pytest.approx(0.5)
    assert share_by(known, 61) is None


@given(st.lists(st.tuples(st.integers(0, 100), st.booleans(), st.integers(1, 5)), max_size=30))
def test_people_of_one_kind_count_as_if_each_were_told_alone(told: list[tuple[int, bool, int]]) -> None:
    together = [Lasting(float(days), bought, number) for days, bought, number in told]
    alone = [Lasting(float(days), bought) for days, bought, number in told for _ in range(number)]

    assert time_to_customer(together) == time_to_customer(alone)
