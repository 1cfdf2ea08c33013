"""Due times are by the clock on the wall, in every zone and over every change of it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadstone.domains.activities.rules import Day, at_wall, day_of, put_off

ZONES = sorted(available_timezones())
WARSAW = ZoneInfo("Europe/Warsaw")

zones = st.sampled_from(ZONES).map(ZoneInfo)
days = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 1))
clocks = st.times().map(lambda at: at.replace(second=0, microsecond=0))
moments = st.integers(946_771_200, 4_099_766_400).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))  # 2000 to 2099


def exists(day: date, clock: time, zone: ZoneInfo) -> bool:
    """Whether clocks in the zone show this time on that day at all."""
    local = datetime.combine(day, clock, zone)
    return local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None)


@given(day=days, clock=clocks, zone=zones)
def test_the_clock_on_the_wall_shows_what_was_asked_for_wherever_it_can(day: date, clock: time, zone: ZoneInfo) -> None:
    shown = at_wall(day, clock, zone).astimezone(zone)

    if exists(day, clock, zone):
        assert (shown.date(), shown.time()) == (day, clock)
    else:
        # Skipped by the clocks: as much later as they skip.
        assert shown.replace(tzinfo=None) > datetime.combine(day, clock)
        assert shown.replace(tzinfo=None) - datetime.combine(day, clock) <= timedelta(days=1)


@given(now=moments, due_at=moments, zone=zones)
def test_tomorrow_is_the_same_time_of_the_next_day(now: datetime, due_at: datetime, zone: ZoneInfo) -> None:
    until = put_off(due_at, now=now, zone=zone)

    next_day = now.astimezone(zone).date() + timedelta(days=1)
    clock = due_at.astimezone(zone).time().replace(fold=0)
    if exists(next_day, clock, zone):
        assert until.astimezone(zone).replace(tzinfo=None, fold=0) == datetime.combine(next_day, clock)


@given(due_at=moments, later=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=400)), now=moments, zone=zones)
def test_what_is_later_never_stands_in_an_earlier_group(
    due_at: datetime, later: timedelta, now: datetime, zone: ZoneInfo
) -> None:
    order = list(Day)
    assert order.index(day_of(due_at, now=now, zone=zone)) <= order.index(day_of(due_at + later, now=now, zone=zone))


@pytest.mark.parametrize(
    ("day", "clock", "shown"),
    [
        (date(2026, 3, 29), time(9, 0), "2026-03-29 07:00"),  # summer time began that night
        (date(2026, 3, 28), time(9, 0), "2026-03-28 08:00"),
        (date(2026, 3, 29), time(2, 30), "2026-03-29 01:30"),  # skipped: half past three
        (date(2026, 10, 25), time(2, 30), "2026-10-25 00:30"),  # shown twice: the first
        (date(2026, 10, 25), time(9, 0), "2026-10-25 08:00"),
    ],
)
def test_nine_in_warsaw_stays_nine_over_both_changes(day: date, clock: time, shown: str) -> None:
    assert at_wall(day, clock, WARSAW).strftime("%Y-%m-%d %H:%M") == shown


NOW = datetime(2026, 11, 18, 11, 0, tzinfo=UTC)  # a Wednesday, noon in Warsaw


@pytest.mark.parametrize(
    ("due_at", "day"),
    [
        (None, Day.SOME_DAY),
        (NOW - timedelta(minutes=1), Day.OVERDUE),
        (NOW, Day.TODAY),
        (datetime(2026, 11, 18, 22, 59, tzinfo=UTC), Day.TODAY),
        (datetime(2026, 11, 18, 23, 0, tzinfo=UTC), Day.THIS_WEEK),  # midnight in Warsaw
        (datetime(2026, 11, 22, 22, 59, tzinfo=UTC), Day.THIS_WEEK),  # the last minute of Sunday
        (datetime(2026, 11, 22, 23, 0, tzinfo=UTC), Day.LATER),
    ],
)
def test_a_week_ends_on_sunday_by_the_readers_clock(due_at: datetime | None, day: Day) -> None:
    assert day_of(due_at, now=NOW, zone=WARSAW) is day
