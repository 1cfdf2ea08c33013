"""Times of activities: as people say them, and as they type them, both by the clock on the reader's wall."""

from datetime import date, datetime, time, timedelta

from babel.dates import format_date, format_time
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leadstone.domains.activities.rules import MORNING, at_wall


def spoken(at: datetime, *, now: datetime) -> str:
    """ "Today, 14:00", "Tomorrow, 9:00", "Friday, 9:00", "3 December, 9:00"."""
    local, today = timezone.localtime(at), timezone.localtime(now).date()
    clock = format_time(local.time(), "H:mm", locale=_locale())
    away = (local.date() - today).days
    named = {-1: _("Yesterday, %(clock)s"), 0: _("Today, %(clock)s"), 1: _("Tomorrow, %(clock)s")}
    if away in named:
        return named[away] % {"clock": clock}
    if 1 < away < 7:
        # Alone, a Polish or English weekday names the coming one.
        name = format_date(local.date(), "EEEE", locale=_locale())
        return f"{name[0].upper()}{name[1:]}, {clock}"
    pattern = "d MMMM" if local.year == today.year else "d MMMM y"
    return f"{format_date(local.date(), pattern, locale=_locale())}, {clock}"


def moment_of(day: date, clock: time | None) -> datetime:
    """The moment at which the reader's clock shows this; a day without a time begins with the working day."""
    return at_wall(day, clock or MORNING, timezone.get_current_timezone())


def tomorrow(now: datetime) -> date:
    return timezone.localtime(now).date() + timedelta(days=1)


def _locale() -> str:
    return "en_GB" if get_language() == "en" else get_language() or "en_GB"
