"""A chosen time as an address names it, and in words: what the pages before the mailbox is proven know of it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from urllib.parse import urlencode
from zoneinfo import available_timezones

from leadstone.wire.pages.areas.bookings.when import in_zone

# Beyond them a calendar cannot be reckoned with.
_YEARS = range(1971, 9000)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenTime:
    """`words` with the clock by which they are told; `query` carries the choice to the next page."""

    words: str
    query: str


def chosen_time(*, at: str, zone: str, minutes: int, language: str) -> ChosenTime | None:
    """What an address says was chosen; None for what is no moment or no zone. It is a reminder, and gives nobody a time."""
    begins = moment_named(at)
    if begins is None or zone not in known_zones():
        return None
    words = in_zone(begins, begins + timedelta(minutes=minutes), zone=zone, language=language)
    return ChosenTime(words=words, query=urlencode({"at": name_of(begins), "zone": zone}))


def moment_named(given: str) -> datetime | None:
    """The moment in an address or a form ("2026-11-24T09:00Z"); None for anything else."""
    try:
        at = datetime.strptime(given, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    return at if at.year in _YEARS else None


def name_of(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


@cache
def known_zones() -> frozenset[str]:
    """Every IANA name; looked up once, for it walks through a folder."""
    return frozenset(available_timezones())
