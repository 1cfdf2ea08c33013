"""Times of bookings in words, by the clock of whoever reads them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime, format_time, get_timezone_location

_LOCALES = {"en": "en_GB"}  # the day before the month, and 24 hours, as the rest of Europe writes them


def clock(at: datetime, *, zone: str, language: str) -> str:
    """ "10:00"; with its offset where that clock shows the same time twice."""
    local = at.astimezone(ZoneInfo(zone))
    told = format_time(local.replace(tzinfo=None).time(), "H:mm", locale=_locale(language))
    return f"{told} ({offset(at, zone=zone)})" if _told_twice(local) else told


def day(at: datetime, *, zone: str, language: str) -> str:
    """ "Tuesday, 24 November"."""
    return str(format_datetime(at.astimezone(ZoneInfo(zone)).replace(tzinfo=None), "EEEE, d MMMM", locale=_locale(language)))


def span(begins: datetime, ends: datetime, *, zone: str, language: str) -> str:
    """ "Tuesday, 24 November 2026, 10:00–10:30"."""
    local = begins.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    told = format_datetime(local, "EEEE, d MMMM y", locale=_locale(language))
    first, last = (clock(at, zone=zone, language=language) for at in (begins, ends))
    return f"{told}, {first}–{last}"


def in_zone(begins: datetime, ends: datetime, *, zone: str, language: str) -> str:
    """ "Tuesday, 24 November 2026, 10:00–10:30 (Warsaw, UTC+1)"."""
    where = f"{place_of(zone, language=language)}, {offset(begins, zone=zone)}"
    return f"{span(begins, ends, zone=zone, language=language)} ({where})"


def place_of(zone: str, *, language: str) -> str:
    """The city by which people know a zone: "Warsaw"; the zone's own name where there is none."""
    return str(get_timezone_location(zone, locale=_locale(language), return_city=True)) or zone


def offset(at: datetime, *, zone: str) -> str:
    """ "UTC+1", "UTC−3:30"."""
    shift = at.astimezone(ZoneInfo(zone)).utcoffset()
    minutes = round(shift.total_seconds() / 60) if shift else 0
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes >= 0 else '−'}{hours}{f':{rest:02}' if rest else ''}"


def _told_twice(local: datetime) -> bool:
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _locale(language: str) -> str:
    return _LOCALES.get(language, language)
