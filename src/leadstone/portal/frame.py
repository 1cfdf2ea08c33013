"""The frame of every portal page: the public pages' look, strict headers, and nothing that a stranger's site could trigger."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from leadstone.kernel.language import Language, language_or
from leadstone.wire.bundle import Bundle
from leadstone.wire.pages import Pages

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    # Nothing to other hosts. To our own it must be told: under "no-referrer" a browser sends "Origin: null" with its own form.
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": _POLICY,
}


@dataclass(slots=True)
class _Shelf:
    stamp: tuple[int, int] = (0, 0)
    pages: Pages | None = None


_shelf = _Shelf()


def pages() -> Pages | None:
    """The renderer for what the worker published last; None before the first publication."""
    manifest: Path = settings.FOLDER.bundle / "manifest.json"
    try:
        stat = manifest.stat()
    except FileNotFoundError:
        return None
    stamp = (stat.st_mtime_ns, stat.st_ino)
    if stamp != _shelf.stamp or _shelf.pages is None:
        _shelf.pages = Pages(msgspec.json.decode(manifest.read_bytes(), type=Bundle))
        _shelf.stamp = stamp
    return _shelf.pages


def page(text: str, *, status: int = 200) -> HttpResponse:
    """An HTML answer with the headers that every portal page has."""
    return HttpResponse(text, status=status, headers=_HEADERS)


def see_other(location: str) -> HttpResponse:
    """303: the browser asks for `location` with GET."""
    response = HttpResponseRedirect(location, headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})
    response.status_code = 303
    return response


def not_ready() -> HttpResponse:
    return HttpResponse("Nothing is published yet.\n", status=503, content_type="text/plain", headers={"Retry-After": "5"})


def from_our_own_page(request: HttpRequest) -> bool:
    """Whether a POST comes from our own page.

    The token in the path is the secret that a forger lacks; this stops a page that somehow learnt it from using the visitor's
    browser. Browsers send Origin with every POST; what sends neither header is no browser.
    """
    origin = request.headers.get("Origin")
    if origin is not None:
        return urlsplit(origin)[:2] == urlsplit(settings.ENVIRONMENT.public_url)[:2]
    return request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")


def language_of(request: HttpRequest, *, default: str) -> Language:
    """The language asked for by `?lang=`, else the person's own."""
    own = language_or(default, Language.ENGLISH)
    return language_or(request.GET.get("lang"), own)


def moment(request: HttpRequest) -> datetime:
    """When the request came; tests set `leadstone.now` in the WSGI environment."""
    return request.META.get("leadstone.now") or datetime.now(UTC)
