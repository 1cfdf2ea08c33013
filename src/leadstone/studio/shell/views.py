"""Liveness, and the switches of language and theme."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from leadstone.domains.access import services as access
from leadstone.domains.access.rules import Right
from leadstone.studio.shell.gate import actor, needs, open_to_all

THEMES = frozenset({"", "light", "dark"})


@open_to_all
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


@open_to_all
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Read in another language from now on: kept with the account, and for this browser."""
    chosen = request.POST.get("language", "")
    response = HttpResponseRedirect(back_from(request))
    if chosen in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            access.change_language(user_id=request.user.pk, language=chosen)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
    return response


@require_POST
@needs(Right.OWN_ACCOUNT)
def theme(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        access.change_theme(user_id=actor(request).pk, theme=chosen)
    return HttpResponseRedirect(back_from(request))


def back_from(request: HttpRequest) -> str:
    """The page of ours that the form names as `next`, else the first screen."""
    asked = request.POST.get("next", "")
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}) else "/"
