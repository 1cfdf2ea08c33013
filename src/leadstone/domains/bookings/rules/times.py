"""When somebody may be booked: from hours on a wall to moments in UTC, right on the days on which clocks change.

Hours are kept as wall time with a zone; every span is measured in UTC. A wall time that the clocks skip is not offered; one
that they show twice is offered twice, for it is two moments.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# What the database tells apart: every duration, step and buffer is a whole number of these.
GRANULE_MINUTES = 5
GRANULE = timedelta(minutes=GRANULE_MINUTES)
MIDNIGHT = time(0)

WallSpan = tuple[time, time]  # from, until; until 0:00 is the end of the day


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From a moment until another (UTC), the latter not included."""

    begins: datetime
    ends: datetime

    def touches(self, other: "Span") -> bool:
        return self.begins < other.ends and other.begins < self.ends


@dataclass(frozen=True, slots=True, kw_only=True)
class HostRules:
    """When one host sees people. `hours`: ISO weekday → spans; `other_days` replaces them on a day, no span is a day off."""

    zone: str
    hours: Mapping[int, Sequence[WallSpan]]
    other_days: Mapping[date, Sequence[WallSpan]] = field(default_factory=dict)
    before: timedelta = timedelta()  # kept free before each booking
    after: timedelta = timedelta()
    daily_limit: int = 0  # 0: none


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What is offered, whoever the host: how long it takes, on which steps it begins, how soon and how far ahead."""

    lasts: timedelta
    every: timedelta
    notice: timedelta
    days_ahead: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What stands in a host's way. `occupied` is with the buffers of those bookings; `begun` counts them by day for the limit."""

    occupied: Sequence[Span] = ()
    busy: Sequence[Span] = ()
    begun: Sequence[datetime] = ()


def occupied_by(begins: datetime, *, lasts: timedelta, host: HostRules) -> Span:
    """What a booking takes of the host's day, with the buffers around it."""
    return Span(begins - host.before, begins + lasts + host.after)


def granules_of(span: Span) -> list[int]:
    """The numbers of the granules that a span touches, counted from the epoch."""
    size = GRANULE_MINUTES * 60
    return list(range(int(span.begins.timestamp()) // size, -(-int(span.ends.timestamp()) // size)))


def hours_on(host: HostRules, day: date) -> Iterator[Span]:
    """The working spans of one day by the host's calendar, as moments.

    An edge that the clocks skip or show twice is read so that the span is the smaller: nobody is booked outside of it on
    either reading.
    """
    zone = ZoneInfo(host.zone)
    for begin, end in host.other_days.get(day, host.hours.get(day.isoweekday(), ())):
        closing_day = day + timedelta(days=1) if end == MIDNIGHT else day
        span = Span(max(_readings(day, begin, zone)), min(_readings(closing_day, end, zone)))
        if span.begins < span.ends:
            yield span


def free_times(
    host: HostRules, offer: Offer, calendar: Calendar, *, since: datetime, until: datetime, now: datetime
) -> list[datetime]:
    """The moments in [since, until) at which a booking may begin, in order."""
    zone = ZoneInfo(host.zone)
    earliest = max(since, now + offer.notice)
    last_day = min(until.astimezone(zone).date(), now.astimezone(zone).date() + timedelta(days=offer.days_ahead))
    per_day = Counter(at.astimezone(zone).date() for at in calendar.begun)
    blocked = _merged([*calendar.occupied, *calendar.busy])
    found: set[datetime] = set()
    day = earliest.astimezone(zone).date()
    while day <= last_day:
        if not host.daily_limit or per_day[day] < host.daily_limit:
            for span in hours_on(host, day):
                found.update(
                    at
                    for at in _steps(host, offer, span)
                    if earliest <= at < until
                    and at + offer.lasts <= span.ends
                    and not _any_touches(blocked, occupied_by(at, lasts=offer.lasts, host=host))
                )
        day += timedelta(days=1)
    return sorted(found)


def is_free(host: HostRules, offer: Offer, calendar: Calendar, *, at: datetime, now: datetime) -> bool:
    """Whether exactly this moment is offered."""
    return at in free_times(host, offer, calendar, since=at, until=at + GRANULE, now=now)


def nearest(times: Sequence[datetime], *, to: datetime, count: int) -> list[datetime]:
    """The times that lie closest to a moment, in order."""
    return sorted(sorted(times, key=lambda at: (abs(at - to), at))[:count])


def told_twice(at: datetime, *, zone: ZoneInfo) -> bool:
    """Whether a clock in `zone` shows the time of this moment twice that day: then it needs its offset beside it."""
    local = at.astimezone(zone)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _readings(day: date, clock: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    wall = datetime.combine(day, clock, zone)
    return wall.replace(fold=0).astimezone(UTC), wall.replace(fold=1).astimezone(UTC)


def _steps(host: HostRules, offer: Offer, span: Span) -> Iterator[datetime]:
    """Every moment of a working span at which the clock shows a whole number of steps since the span's own beginning."""
    zone = ZoneInfo(host.zone)
    first = span.begins.astimezone(zone).replace(tzinfo=None, fold=0)
    last = span.ends.astimezone(zone).replace(tzinfo=None, fold=0)
    wall = first
    while wall <= last:
        for fold in (0, 1):
            at = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
            exists = at.astimezone(zone).replace(tzinfo=None, fold=0) == wall
            if exists and span.begins <= at < span.ends:
                yield at
        wall += offer.every


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The same time as spans that neither touch nor overlap, in order."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.begins <= merged[-1].ends:
            merged[-1] = Span(merged[-1].begins, max(merged[-1].ends, span.ends))
        else:
            merged.append(span)
    return merged


def _any_touches(merged: Sequence[Span], span: Span) -> bool:
    place = bisect_left(merged, span.ends, key=lambda each: each.begins)
    return place > 0 and merged[place - 1].touches(span)
