"""Free times as a page shows them: by day, by the clock of the visitor's choice."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from leadstone.domains.bookings.queries import hosts
from leadstone.domains.bookings.rules.wall import HOME_ZONE
from leadstone.domains.magnets.kinds.consultation import ConsultationSettings
from leadstone.wire.pages.areas.bookings.chosen import known_zones, name_of
from leadstone.wire.pages.areas.bookings.when import clock, day, offset, place_of, span

DAYS_SHOWN = 7  # with times in them, on one page
LONGEST_AHEAD = timedelta(days=140)

# Cities by which most people find their clock; any other IANA name is taken from the address line.
_CITIES = (
    "Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Denver", "America/Mexico_City", "America/Chicago",
    "America/New_York", "America/Halifax", "America/Sao_Paulo", "Atlantic/Azores", "Europe/London", "Europe/Lisbon",
    "Europe/Dublin", "Europe/Warsaw", "Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Rome", "Europe/Prague",
    "Europe/Vienna", "Europe/Stockholm", "Europe/Oslo", "Africa/Lagos", "Europe/Kyiv", "Europe/Vilnius", "Europe/Helsinki",
    "Europe/Bucharest", "Europe/Athens", "Africa/Cairo", "Africa/Johannesburg", "Asia/Jerusalem", "Europe/Istanbul",
    "Africa/Nairobi", "Asia/Dubai", "Asia/Karachi", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Bangkok", "Asia/Singapore",
    "Asia/Shanghai", "Australia/Perth", "Asia/Tokyo", "Australia/Adelaide", "Australia/Sydney", "Australia/Lord_Howe",
    "Pacific/Auckland",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slot:
    """One time. `at` is how a form names it, `label` how it is read aloud."""

    at: str
    words: str
    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    words: str
    slots: Sequence[Slot]


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """A page of free times. `kept` travels with the choice of a zone; `posts`, where a press on a time acts at once."""

    zone: str
    zones: Sequence[tuple[str, str]]
    days: Sequence[Day]
    action: str
    kept: Mapping[str, str]
    earlier: str = ""
    later: str = ""
    posts: str = ""


Free = Callable[[datetime, datetime], Sequence[datetime]]  # (since, until)


def zone_asked(given: str, *, settings: ConsultationSettings) -> str:
    """The zone that was chosen, if there is such a one; else where the hosts are."""
    if given in known_zones():
        return given
    return next((one.zone for one in hosts.hosts_for(settings)), HOME_ZONE)


def slot(at: datetime, *, zone: str, language: str, lasts: timedelta, href: str = "") -> Slot:
    return Slot(name_of(at), clock(at, zone=zone, language=language), span(at, at + lasts, zone=zone, language=language), href)


def zone_words(zone: str, *, at: datetime, language: str) -> str:
    """ "Warsaw, UTC+1"."""
    return f"{place_of(zone, language=language)}, {offset(at, zone=zone)}"


def times(
    free: Free, *, zone: str, since: str, language: str, lasts: timedelta, now: datetime, action: str, kept: Mapping[str, str],
    href: Callable[[datetime], str] | None = None, posts: str = "",
) -> Times:  # fmt: skip
    """The next days with free times from `since` (a day by that clock, or now), and the ways to others."""
    first = max(_day_named(since) or now.astimezone(ZoneInfo(zone)).date(), now.astimezone(ZoneInfo(zone)).date())
    begins = datetime.combine(first, time(0), ZoneInfo(zone)).astimezone(UTC)
    found = free(max(begins, now), now + LONGEST_AHEAD)
    by_day = [(each, list(ats)) for each, ats in groupby(found, key=lambda at: at.astimezone(ZoneInfo(zone)).date())]
    here = {**kept, "zone": zone}
    later = by_day[DAYS_SHOWN][0].isoformat() if len(by_day) > DAYS_SHOWN else ""
    begun = first > now.astimezone(ZoneInfo(zone)).date()
    back = max(first - timedelta(days=DAYS_SHOWN), now.astimezone(ZoneInfo(zone)).date()).isoformat()
    return Times(
        zone=zone,
        zones=_zones(zone, now=now, language=language),
        days=[
            Day(
                day(ats[0], zone=zone, language=language),
                [slot(at, zone=zone, language=language, lasts=lasts, href=href(at) if href else "") for at in ats],
            )
            for _, ats in by_day[:DAYS_SHOWN]
        ],
        action=action,
        kept=kept,
        earlier=f"{action}?{urlencode({**here, 'from': back})}" if begun else "",
        later=f"{action}?{urlencode({**here, 'from': later})}" if later else "",
        posts=posts,
    )


def _day_named(given: str) -> date | None:
    try:
        return date.fromisoformat(given) if len(given) == 10 else None
    except ValueError:
        return None


def _zones(chosen: str, *, now: datetime, language: str) -> list[tuple[str, str]]:
    """Zones to choose from, west to east."""
    names = sorted({*_CITIES, chosen}, key=lambda name: (now.astimezone(ZoneInfo(name)).utcoffset() or timedelta(), name))
    return [(name, zone_words(name, at=now, language=language)) for name in names]
