"""Which of three sites a request to the Django process is for: the edge's carry the door key, machines' lie under /api."""

import hmac
from collections.abc import Callable

import structlog
from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.urls import resolve

from leadstone.infra.keys import load_or_create_secret

log = structlog.get_logger()

DOOR_HEADER = "X-Leadstone-Door"
PORTAL_URLS = "leadstone.project.urls_portal"
MACHINES_URLS = "leadstone.api.urls"


class DoorMiddleware:
    """Requests with the door key see the portal and nothing else; those under /api see the machine door; all others the studio.

    It stands first in MIDDLEWARE and answers the portal's and the machines' requests itself, so that nothing of the studio
    (sessions, sign-in, CSRF cookies) ever touches them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        shown = request.headers.get(DOOR_HEADER)
        if shown is None:
            return _machines(request) if _is_for_machines(request) else self._get_response(request)
        if not hmac.compare_digest(shown.encode(), _door_key()):
            log.warning("door.wrong_key")
            return _plain(403)
        return _portal(request)


def _door_key() -> bytes:
    return load_or_create_secret(settings.FOLDER.keys / "door.key").encode()


def _portal(request: HttpRequest) -> HttpResponse:
    try:
        match = resolve(request.path_info, urlconf=PORTAL_URLS)
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    except Http404:
        return _plain(404)
    except (SuspiciousOperation, BadRequest, MultiPartParserError):
        # More fields than any page of ours has, or no form at all.
        return _plain(400)
    except Exception:
        # The path holds a token, so only the name of the page is told.
        log.exception("portal.fault")
        return _plain(500)
    return response


def _is_for_machines(request: HttpRequest) -> bool:
    return request.path_info == "/api" or request.path_info.startswith("/api/")


def _machines(request: HttpRequest) -> HttpResponse:
    match = resolve(request.path_info, urlconf=MACHINES_URLS)
    response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return response


def _plain(status: int) -> HttpResponse:
    words = {400: "Bad request", 403: "Forbidden", 404: "Not found", 500: "Something broke on our side"}[status]
    return HttpResponse(
        f"{words}\n", status=status, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"}
    )
