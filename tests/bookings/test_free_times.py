"""When somebody may be booked, on ordinary days and on those on which the clocks change."""

import os
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadstone.domains.bookings.rules.times import (
    GRANULE,
    Calendar,
    HostRules,
    Offer,
    Span,
    free_times,
    granules_of,
    hours_on,
    is_free,
    occupied_by,
    told_twice,
)

FULL = os.environ.get("LEADSTONE_FULL") == "1"
HOSTS = 200 if FULL else 60
MOST_BOOKED = 500 if FULL else 20  # of one host: what is left after so many is free by the same rule

HALF_HOUR = Offer(lasts=timedelta(minutes=30), every=timedelta(minutes=30), notice=timedelta(), days_ahead=400)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def times_on(day: date, *, zone: str, hours: tuple[tuple[time, time], ...], offer: Offer = HALF_HOUR) -> list[datetime]:
    host = HostRules(zone=zone, hours=dict.fromkeys(range(1, 8), hours))
    begins = datetime.combine(day, time(0), ZoneInfo(zone)).astimezone(UTC)
    ends = datetime.combine(day + timedelta(days=1), time(0), ZoneInfo(zone)).astimezone(UTC)
    found = free_times(host, offer, Calendar(), since=begins, until=ends, now=datetime(2026, 8, 1, tzinfo=UTC))
    return [at.astimezone(ZoneInfo(zone)) for at in found]


def shown(found: list[datetime]) -> list[str]:
    return [f"{at:%H:%M%z}" for at in found]


def test_an_ordinary_morning_is_offered_in_half_hours_that_end_with_it() -> None:
    assert shown(times_on(date(2026, 11, 24), zone="Europe/Warsaw", hours=((time(9), time(11)),))) == [
        "09:00+0100", "09:30+0100", "10:00+0100", "10:30+0100",
    ]  # fmt: skip


def test_the_hour_that_comes_twice_in_october_is_offered_twice_and_told_apart() -> None:
    found = times_on(date(2026, 10, 25), zone="Europe/Warsaw", hours=((time(1), time(4)),))

    assert shown(found) == [
        "01:00+0200", "01:30+0200", "02:00+0200", "02:30+0200", "02:00+0100", "02:30+0100", "03:00+0100", "03:30+0100",
    ]  # fmt: skip
    assert [told_twice(at, zone=ZoneInfo("Europe/Warsaw")) for at in found] == [False] * 2 + [True] * 4 + [False] * 2


def test_the_hour_that_march_leaves_out_is_not_offered() -> None:
    found = times_on(date(2027, 3, 28), zone="Europe/Warsaw", hours=((time(1), time(4)),))

    assert shown(found) == ["01:00+0100", "01:30+0100", "03:00+0200", "03:30+0200"]


def test_new_york_changes_its_clocks_on_days_of_its_own() -> None:
    assert shown(times_on(date(2027, 3, 14), zone="America/New_York", hours=((time(1), time(4)),))) == [
        "01:00-0500", "01:30-0500", "03:00-0400", "03:30-0400",
    ]  # fmt: skip
    assert len(times_on(date(2026, 11, 1), zone="America/New_York", hours=((time(0), time(3)),))) == 8


def test_lord_howe_changes_by_half_an_hour() -> None:
    spring = times_on(date(2026, 10, 4), zone="Australia/Lord_Howe", hours=((time(1), time(4)),))
    autumn = times_on(date(2027, 4, 4), zone="Australia/Lord_Howe", hours=((time(1), time(3)),))

    assert shown(spring) == ["01:00+1030", "01:30+1030", "02:30+1100", "03:00+1100", "03:30+1100"]
    assert shown(autumn) == ["01:00+1100", "01:30+1100", "01:30+1030", "02:00+1030", "02:30+1030"]


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Phoenix", "UTC", "Asia/Kathmandu"])
def test_where_clocks_never_change_each_day_is_alike(zone: str) -> None:
    days = [times_on(day, zone=zone, hours=((time(9), time(17)),)) for day in (date(2026, 10, 25), date(2027, 3, 28))]

    assert [[at.time() for at in found] for found in days] == [[time(9 + n // 2, n % 2 * 30) for n in range(16)]] * 2


def test_a_span_that_begins_or_ends_in_the_hour_that_comes_twice_keeps_to_its_smaller_reading() -> None:
    ending = HostRules(zone="Europe/Warsaw", hours={7: ((time(1), time(2, 30)),)})
    beginning = HostRules(zone="Europe/Warsaw", hours={7: ((time(2, 30), time(4)),)})

    assert [span.ends - span.begins for span in hours_on(ending, date(2026, 10, 25))] == [timedelta(minutes=90)]
    assert [span.ends - span.begins for span in hours_on(beginning, date(2026, 10, 25))] == [timedelta(minutes=90)]


def test_days_off_other_hours_notice_window_and_daily_limit_hold() -> None:
    monday = date(2026, 11, 23)
    host = HostRules(
        zone="Europe/Warsaw",
        hours=dict.fromkeys(range(1, 6), ((time(9), time(10)),)),
        other_days={monday: (), monday + timedelta(days=1): ((time(15), time(16)),)},
        daily_limit=1,
    )
    offer = Offer(lasts=timedelta(minutes=30), every=timedelta(minutes=30), notice=timedelta(hours=24), days_ahead=4)
    now = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
    begun = [datetime(2026, 11, 26, 8, 0, tzinfo=UTC)]

    found = free_times(host, offer, Calendar(begun=begun), since=now, until=now + timedelta(days=30), now=now)

    # Tuesday 15:00 is too soon by half an hour, Thursday has its one booking, Saturday and what follows lie beyond.
    assert [f"{at:%a %H:%M}" for at in found] == ["Tue 14:30", "Wed 08:00", "Wed 08:30", "Fri 08:00", "Fri 08:30"]


ZONES = st.sampled_from(["Europe/Warsaw", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo", "America/St_Johns"])
CHANGES = st.sampled_from(
    [date(2026, 10, 25), date(2027, 3, 28), date(2026, 11, 1), date(2027, 3, 14), date(2026, 10, 4), date(2027, 4, 4)]
)
MINUTES = st.integers(0, 24 * 12).map(lambda n: n * 5)


@st.composite
def spans_of_wall(draw: st.DrawFn) -> tuple[tuple[time, time], ...]:
    edges = sorted(draw(st.lists(st.integers(0, 287), min_size=2, max_size=6, unique=True)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return tuple((time(a * 5 // 60, a * 5 % 60), time(b * 5 // 60, b * 5 % 60)) for a, b in pairs)


@st.composite
def hosts_of_any_hours(draw: st.DrawFn) -> HostRules:
    before, after = draw(st.integers(0, 6)), draw(st.integers(0, 6))
    return HostRules(
        zone=draw(ZONES),
        hours=dict.fromkeys(range(1, 8), draw(spans_of_wall())),
        before=timedelta(minutes=5 * before),
        after=timedelta(minutes=5 * after),
    )


@settings(max_examples=HOSTS, deadline=None)
@given(
    host=hosts_of_any_hours(),
    day=CHANGES,
    lasts=st.integers(2, 24),
    every=st.integers(1, 24),
    busy=st.lists(st.tuples(MINUTES, st.integers(1, 200)), max_size=6),
)
def test_whatever_is_offered_lies_in_the_hours_keeps_its_buffers_and_can_be_booked_one_after_the_other(
    host: HostRules, day: date, lasts: int, every: int, busy: list[tuple[int, int]]
) -> None:
    zone = host.zone
    offer = Offer(
        lasts=timedelta(minutes=5 * lasts), every=timedelta(minutes=5 * every), notice=timedelta(hours=1), days_ahead=500
    )
    begins = datetime.combine(day - timedelta(days=1), time(0), ZoneInfo(zone)).astimezone(UTC)
    until = begins + timedelta(days=3)
    elsewhere = [Span(begins + timedelta(minutes=a), begins + timedelta(minutes=a + b)) for a, b in busy]
    given_away: list[Span] = []
    for _booking in range(MOST_BOOKED):
        calendar = Calendar(occupied=given_away, busy=elsewhere)
        found = free_times(host, offer, calendar, since=begins, until=until, now=LONG_AGO)
        if not found:
            break
        assert found == sorted(set(found))
        working = [span for n in range(-2, 4) for span in hours_on(host, day + timedelta(days=n))]
        for at in found:
            meeting, taken = Span(at, at + offer.lasts), occupied_by(at, lasts=offer.lasts, host=host)
            assert any(span.begins <= meeting.begins and meeting.ends <= span.ends for span in working)
            assert not any(taken.touches(other) for other in [*given_away, *elsewhere])
        chosen = found[len(found) // 2]
        for at in (found[0], chosen, found[-1]):
            assert is_free(host, offer, calendar, at=at, now=LONG_AGO)
        given_away.append(occupied_by(chosen, lasts=offer.lasts, host=host))
        assert not is_free(host, offer, Calendar(occupied=given_away, busy=elsewhere), at=chosen, now=LONG_AGO)
    numbers = [number for span in given_away for number in granules_of(span)]
    assert len(numbers) == len(set(numbers))


@given(st.integers(0, 10**7), st.integers(1, 100))
def test_granules_cover_a_span_and_no_more(place: int, number: int) -> None:
    start = LONG_AGO + place * GRANULE

    assert len(granules_of(Span(start, start + number * GRANULE))) == number
