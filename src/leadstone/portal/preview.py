"""A draft shown in private: the page as it would be, to whoever holds the link, with a form that cannot be sent."""

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.question_views import questions_on_form
from leadstone.flows.drafts_shown import draft_behind
from leadstone.portal.frame import language_of, moment, not_ready, page, pages
from leadstone.wire.bundle import PublishedVersion
from leadstone.wire.definition import MagnetDefinition
from leadstone.wire.pages.form_view import FormView


def draft_page(request: HttpRequest, token: str) -> HttpResponse:
    """GET `/my/preview/{token}`: 404 for a link that was ended, that ran out, or that never was."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    renderer = pages()
    if renderer is None:
        return not_ready()
    magnet_id = draft_behind(token, now=moment(request))
    magnet = magnets.magnet_or_none(magnet_id) if magnet_id is not None else None
    if magnet is None:
        language = language_of(request, default=renderer.bundle.brand.language)
        return page(renderer.render("portal/preview_ended.html", language=language), status=404)
    definition = _shown(magnets.draft_of(magnet))
    version = PublishedVersion(version_id=0, number=0, definition=definition)
    html = renderer.magnet(
        version,
        magnet.slug,
        language=language_of(request, default=definition.language),
        form=FormView(token="", questions=questions_on_form(definition), first=True, preview=True),
    )
    return page(html)


def _shown(definition: MagnetDefinition) -> MagnetDefinition:
    """The public door serves no cover that was never published, so a drawn one stands in its place."""
    if definition.asset is None:
        return definition
    return msgspec.structs.replace(definition, asset=msgspec.structs.replace(definition.asset, cover_key=None))
