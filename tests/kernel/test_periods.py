"""Spans of days are what the calendar says, and an address says them back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadstone.kernel.periods import Days, days_until, month_of, months_from, quarter_of, read_days

DAYS = st.dates(date(1900, 1, 1), date(2999, 12, 31))


@given(DAYS)
def test_a_day_lies_in_its_month_and_its_month_in_its_quarter(day: date) -> None:
    month, quarter = month_of(day), quarter_of(day)

    assert day in month
    assert month.first in quarter
    assert month.last in quarter


@given(DAYS)
def test_a_month_ends_where_the_next_one_begins(day: date) -> None:
    this, following = months_from(day, count=2)

    assert this.last is not None
    assert following.first == this.last + timedelta(days=1)


def test_a_quarter_is_three_months() -> None:
    assert quarter_of(date(2026, 11, 22)) == Days(date(2026, 10, 1), date(2026, 12, 31))
    assert quarter_of(date(2028, 2, 29)) == Days(date(2028, 1, 1), date(2028, 3, 31))


def test_six_months_go_over_the_year() -> None:
    assert [str(month) for month in months_from(date(2026, 11, 30), count=6)] == [
        "2026-11",
        "2026-12",
        "2027-01",
        "2027-02",
        "2027-03",
        "2027-04",
    ]


def test_the_last_days_count_today_among_them() -> None:
    assert days_until(date(2026, 3, 1), count=2) == Days(date(2026, 2, 28), date(2026, 3, 1))


@given(st.none() | DAYS, st.none() | DAYS)
def test_what_an_address_says_is_read_back(first: date | None, last: date | None) -> None:
    if first or last:
        assert read_days(str(Days(first, last))) == Days(first, last)


@given(DAYS)
def test_months_and_quarters_are_read_back(day: date) -> None:
    assert read_days(str(month_of(day))) == month_of(day)
    assert read_days(str(quarter_of(day))) == quarter_of(day)


@pytest.mark.parametrize(
    "text", ["", "..", "2026", "2026-13", "2026-00", "2026-Q5", "0000-01", "2026-02-30..", "x..y", "2026-1-1.."]
)
def test_what_is_no_span_is_none(text: str) -> None:
    assert read_days(text) is None


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    found = read_days(text)
    assert found is None or read_days(str(found)) == found
