"""Language and time zone of the reader."""

from collections.abc import Callable
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

# Set by the page's own script from what the browser knows; never trusted beyond this list.
ZONE_COOKIE = "leadstone_zone"
_ZONES = frozenset(available_timezones())


class UserPreferences:
    """Show every page in the language that its reader chose and in the time that their clock shows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = getattr(request.user, "language", "")
        if chosen in dict(settings.LANGUAGES):
            translation.activate(chosen)
            request.LANGUAGE_CODE = chosen
        zone = getattr(request.user, "time_zone", "") or request.COOKIES.get(ZONE_COOKIE, "")
        with timezone.override(ZoneInfo(zone) if zone in _ZONES else None):
            return self._get_response(request)
