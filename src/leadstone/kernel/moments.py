"""Moments in words, for what is written without a reader's browser at hand."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, available_timezones

from babel.dates import format_date, format_datetime, get_timezone_location

_LOCALES = {"en": "en_GB"}  # British English writes the day before the month, as the rest of Europe does


def spoken_day_and_time(at: datetime, *, zone: str, language: str) -> str:
    """ "Monday, 23 November, 14:00" by the clock of a zone (IANA name); with "UTC" behind it where the zone is not known."""
    known = zone in available_timezones()
    local = at.astimezone(ZoneInfo(zone) if known else UTC)
    told = format_datetime(local, "EEEE, d MMMM, H:mm", locale=_LOCALES.get(language, language))
    return told if known else f"{told} UTC"


def spoken_moment(at: datetime, *, zone: str, language: str) -> str:
    """ "30 November 2026, 18:00 (Warsaw)": a moment that strangers must understand, by the clock of a zone (IANA name)."""
    known = zone in available_timezones()
    local = at.astimezone(ZoneInfo(zone) if known else UTC)
    told = format_datetime(local, "d MMMM y, H:mm", locale=_LOCALES.get(language, language))
    city = get_timezone_location(zone, locale=language, return_city=True) if known else ""
    return f"{told} ({city})" if city else f"{told} UTC"


def spoken_day(day: date, *, language: str) -> str:
    """ "1 October 2026"."""
    return format_date(day, "d MMMM y", locale=_LOCALES.get(language, language))
