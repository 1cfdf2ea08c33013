"""Times as people say them, in the reader's language and zone."""

from datetime import date, datetime, timedelta

from babel.dates import format_date, format_datetime, format_time
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def _locale() -> str:
    # British English writes the day before the month, as the rest of Europe does.
    return "en_GB" if get_language() == "en" else get_language() or "en_GB"


def exact(at: datetime) -> str:
    return format_datetime(timezone.localtime(at), "d MMMM y, HH:mm", locale=_locale())


def day(at: datetime) -> str:
    """ "3 May", with the year when it is another one."""
    local = timezone.localtime(at)
    return format_date(local.date(), "d MMM" if local.year == timezone.localtime().year else "d MMM y", locale=_locale())


def month_short(first: date) -> str:
    """ "Dec", "gru": what stands under an axis."""
    return format_date(first, "LLL", locale=_locale())


def spoken(at: datetime) -> str:
    """ "Today, 8:52", "Yesterday, 17:30", "3 May"."""
    local = timezone.localtime(at)
    today = timezone.localtime().date()
    clock = format_time(local.time(), "H:mm", locale=_locale())
    if local.date() == today:
        return _("Today, %(clock)s") % {"clock": clock}
    if local.date() == today - timedelta(days=1):
        return _("Yesterday, %(clock)s") % {"clock": clock}
    return day(at)
