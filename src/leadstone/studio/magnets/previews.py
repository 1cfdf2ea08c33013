"""Public pages inside the studio: the renderer of the edge, the same bytes, in a frame that runs nothing."""

from functools import cache
from mimetypes import guess_type
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.brand import queries as brand
from leadstone.domains.magnets import queries
from leadstone.domains.magnets.question_views import asks_first, questions_on_form
from leadstone.infra.blobs.store import BlobStore
from leadstone.kernel.language import Language, language_or
from leadstone.studio.shell.gate import needs
from leadstone.wire.bundle import BrandFacts, Bundle, PublishedVersion
from leadstone.wire.definition import MagnetDefinition
from leadstone.wire.pages import Pages
from leadstone.wire.pages.pages import STATIC

# A page may do here what it may do on the public side, except to run anything or to send its form.
POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


def pages() -> Pages:
    """The renderer with the company as it presents itself now."""
    who = brand.brand_facts() or BrandFacts(company="", language=Language.ENGLISH, sender_email="", postal_address="")
    return Pages(
        Bundle(
            revision="",
            brand=who,
            magnets=(),
            token_verify_key="",
            journal_public_key="",
            public_url=settings.PUBLIC_URL,
            studio_url=settings.STUDIO_URL,
        ),
        asks_first=asks_first,
    )


def page_bytes(definition: MagnetDefinition, slug: str, *, version_id: int = 0, number: int = 0) -> bytes:
    """The public page of `definition`: what the edge sends, but for the form token that only the edge can make."""
    version = PublishedVersion(version_id=version_id, number=number, definition=definition)
    language, asked = language_or(definition.language, Language.ENGLISH), questions_on_form(definition)
    return b"".join(pages().magnet_parts(version, slug, language=language, questions=asked))


@require_safe
@needs(Right.READ_LEADS)
@never_cache
def draft_page(request: HttpRequest, magnet_id: int) -> HttpResponse:
    magnet = queries.magnet_or_none(magnet_id)
    if magnet is None:
        raise Http404
    return _framed(page_bytes(queries.draft_of(magnet), magnet.slug))


@require_safe
@needs(Right.READ_LEADS)
def version_page(request: HttpRequest, magnet_id: int, number: int) -> HttpResponse:
    magnet = queries.magnet_or_none(magnet_id)
    version = next((found for found in queries.versions(magnet_id) if found.number == number), None)
    if magnet is None or version is None:
        raise Http404
    return _framed(page_bytes(version.definition, magnet.slug, version_id=version.version_id, number=number))


@require_safe
@needs(Right.OWN_ACCOUNT)
def asset(request: HttpRequest, name: str) -> HttpResponse | FileResponse:
    """What a public page asks for under `/s/`: its stylesheet, its fonts, covers and the logo."""
    shown = pages()
    if name == shown.stylesheet_name:
        return HttpResponse(
            shown.stylesheet, content_type="text/css; charset=utf-8", headers={"Cache-Control": "private, max-age=86400"}
        )
    built = _built().get(name)
    if built is not None:
        return FileResponse(built.open("rb"), content_type=guess_type(name)[0] or "application/octet-stream")
    who = shown.bundle.brand
    if name == who.logo_key or queries.is_cover(name) or name in queries.shown_pictures():
        return HttpResponse(BlobStore(settings.FOLDER.blobs).read(name), content_type="image/png")
    raise Http404


def _framed(page: bytes) -> HttpResponse:
    return HttpResponse(page, headers={"Content-Security-Policy": POLICY})


@cache
def _built() -> dict[str, Path]:
    return {path.name: path for path in STATIC.iterdir() if path.is_file()}
