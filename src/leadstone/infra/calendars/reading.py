"""When somebody is busy, by a calendar of theirs: recurring events, exceptions and moved ones included (RFC 5545).

Only times are read, never what somebody does then.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from icalendar import Calendar, Component

from leadstone.kernel.errors import LeadstoneError

MOST_TIMES = 5000
# What repeats more often than daily is a mistake, or an attack on whoever expands it.
_SLOW_ENOUGH = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})

BusySpan = tuple[datetime, datetime]


class CalendarUnreadable(LeadstoneError):
    code = "calendar_unreadable"
    sentence = "This is no calendar file."


def busy_times(data: bytes, *, zone: str, since: datetime, until: datetime) -> list[BusySpan]:
    """The busy spans (UTC) that touch [since, until), in order. `zone` is that of times without one, and of whole days.

    Raises `CalendarUnreadable`. An event that cannot be understood is passed over: its neighbours still count.
    """
    try:
        calendars = Calendar.from_ical(data.decode("utf-8-sig", errors="replace"), multiple=True)
    except (ValueError, IndexError, KeyError) as wrong:
        raise CalendarUnreadable from wrong
    if not calendars or any(calendar.name != "VCALENDAR" for calendar in calendars):
        raise CalendarUnreadable
    events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    home = ZoneInfo(zone)
    moved = {(_uid(event), at) for event in events if (at := _moved_from(event, home)) is not None}
    found: set[BusySpan] = set()
    for event in events:
        for begins, ends in islice(_spans(event, home, since, until), MOST_TIMES):
            # An occurrence that was moved or dropped stands as an event of its own.
            original = _moved_from(event, home) is None and (_uid(event), begins) in moved
            if not original and begins < until and ends > since and begins < ends:
                found.add((begins, ends))
    return sorted(found)[:MOST_TIMES]


def _spans(event: Component, home: tzinfo, since: datetime, until: datetime) -> Iterator[BusySpan]:
    if str(event.get("STATUS", "")).upper() == "CANCELLED" or str(event.get("TRANSP", "")).upper() == "TRANSPARENT":
        return
    try:
        start, lasts = _start_and_length(event, home)
        for begins in _occurrences(event, start, home, since=since - lasts, until=until):
            yield begins, begins + lasts
    except (ValueError, TypeError, AttributeError, KeyError, OverflowError):
        return


def _start_and_length(event: Component, home: tzinfo) -> tuple[datetime | date, timedelta]:
    start: datetime | date = event.decoded("DTSTART")
    whole_day = not isinstance(start, datetime)
    if "DTEND" in event:
        return start, _moment(event.decoded("DTEND"), home) - _moment(start, home)
    if "DURATION" in event:
        return start, event.decoded("DURATION")
    return start, timedelta(days=1) if whole_day else timedelta()


def _occurrences(
    event: Component, start: datetime | date, home: tzinfo, *, since: datetime, until: datetime
) -> Iterator[datetime]:
    """When it begins, from `since` on where it repeats."""
    zone = start.tzinfo if isinstance(start, datetime) and start.tzinfo else home
    left_out = {_moment(each.dt, home) for each in _dates(event, "EXDATE")}
    yield from (at for at in (_moment(each.dt, home) for each in _dates(event, "RDATE")) if at not in left_out)
    if "RRULE" not in event:
        yield _moment(start, home)
        return
    wall = _wall(start, zone)
    horizon = _wall(until, zone)
    for rule in _listed(event["RRULE"]):
        if {str(each).upper() for each in rule.get("FREQ", [])} - _SLOW_ENOUGH:
            continue
        ends = [_wall(each, zone) for each in rule.pop("UNTIL", [])]
        # By the clock on the wall, so that nine o'clock stays nine o'clock when the clocks change.
        repeated = rrulestr(rule.to_ical().decode(), dtstart=wall).replace(until=min([horizon, *ends]))
        for each in repeated:
            at = each.replace(tzinfo=zone).astimezone(UTC)
            if at not in left_out and at > since:
                yield at


def _moved_from(event: Component, home: tzinfo) -> datetime | None:
    return _moment(event.decoded("RECURRENCE-ID"), home) if "RECURRENCE-ID" in event else None


def _uid(event: Component) -> str:
    return str(event.get("UID", ""))


def _moment(at: datetime | date, home: tzinfo) -> datetime:
    if not isinstance(at, datetime):
        at = datetime.combine(at, time(0))
    return (at if at.tzinfo else at.replace(tzinfo=home)).astimezone(UTC)


def _wall(at: datetime | date, zone: tzinfo) -> datetime:
    if not isinstance(at, datetime):
        return datetime.combine(at, time(0))
    return at.astimezone(zone).replace(tzinfo=None) if at.tzinfo else at


def _dates(event: Component, name: str) -> Iterator[Any]:
    for group in _listed(event.get(name)):
        yield from group.dts


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
