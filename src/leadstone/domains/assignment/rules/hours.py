"""Working time: when somebody is at work, and when so many minutes of it have passed.

Hours are kept as wall time with a zone, and every span is measured in UTC, so that a change of the clocks lies about nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# Whoever has not said where they are works here, as `kernel.phone` reads numbers without a country code.
HOME_ZONE = "Europe/Warsaw"
OFFICE_HOURS: Mapping[int, tuple[time, time]] = {weekday: (time(8), time(16)) for weekday in range(1, 6)}
FURTHEST_DAYS = 400  # nobody is promised an answer in two years


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingTime:
    """When somebody works. `hours`: ISO weekday → from, until, as the clock on their wall shows; away days include both ends."""

    hours: Mapping[int, tuple[time, time]] = field(default_factory=lambda: OFFICE_HOURS)
    zone: str = HOME_ZONE
    away_from: date | None = None
    away_until: date | None = None


def is_away(working: WorkingTime, at: datetime) -> bool:
    """Whether `at` falls on a day on which they are away."""
    return _away_on(working, at.astimezone(ZoneInfo(working.zone)).date())


def is_at_work(working: WorkingTime, at: datetime) -> bool:
    """Whether `at` falls into their working hours, and they are not away."""
    day = at.astimezone(ZoneInfo(working.zone)).date()
    return any(begin <= at < end for begin, end in _spans(working, day, days=1))


def due_after(working: WorkingTime, start: datetime, *, minutes: int) -> datetime | None:
    """When `minutes` of working time have passed since `start`; None when they never do."""
    left = timedelta(minutes=minutes)
    first = start.astimezone(ZoneInfo(working.zone)).date()
    for begin, end in _spans(working, first, days=FURTHEST_DAYS):
        since = max(begin, start.astimezone(UTC))
        if end - since >= left:
            return since + left
        left -= max(end - since, timedelta())
    return None


def read_hours(stored: Mapping[str, object]) -> Mapping[int, tuple[time, time]]:
    """Hours as `Availability` keeps them ("1" → ["08:00", "16:00"]); nothing kept means office hours."""
    read = {
        int(day): (time.fromisoformat(str(span[0])), time.fromisoformat(str(span[1])))
        for day, span in stored.items()
        if isinstance(span, list) and len(span) == 2
    }
    return read or OFFICE_HOURS


def stored_hours(hours: Mapping[int, tuple[time, time]]) -> dict[str, list[str]]:
    """The inverse of `read_hours`."""
    return {str(day): [f"{begin:%H:%M}", f"{end:%H:%M}"] for day, (begin, end) in sorted(hours.items())}


def _spans(working: WorkingTime, first: date, *, days: int) -> Iterator[tuple[datetime, datetime]]:
    """Working spans in UTC from `first` on; the length of a span is the time that really passes, a lost or won hour included."""
    zone = ZoneInfo(working.zone)
    for day in (first + timedelta(days=number) for number in range(days)):
        hours = working.hours.get(day.isoweekday())
        if hours is not None and not _away_on(working, day):
            begin, end = (datetime.combine(day, each, zone).astimezone(UTC) for each in hours)
            if begin < end:
                yield begin, end


def _away_on(working: WorkingTime, day: date) -> bool:
    if working.away_from is None and working.away_until is None:
        return False
    return (working.away_from is None or working.away_from <= day) and (working.away_until is None or day <= working.away_until)
