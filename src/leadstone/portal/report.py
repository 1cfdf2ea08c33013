"""`/d/{token}/report`: the result that the page shows, as a PDF to keep. The edge has judged the link; so does this door."""

from datetime import UTC, datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from leadstone.domains.brand import queries as brand
from leadstone.domains.grants import queries as grants
from leadstone.domains.grants.rules import GrantState
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.kind import Outcome, decode_finding
from leadstone.domains.magnets.kinds import KINDS
from leadstone.domains.magnets.rules import slug_of
from leadstone.infra.keys import core_keys
from leadstone.infra.reports import Report, render
from leadstone.kernel.colour import HOUSE_COLOUR, read_hex, readable
from leadstone.kernel.moments import spoken_day
from leadstone.portal.frame import moment
from leadstone.wire.definition import MagnetDefinition
from leadstone.wire.pages.areas.calculators.report_words import report_words
from leadstone.wire.tokens import Token, TokenPurpose, read_token

_HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


def report(request: HttpRequest, token: str) -> HttpResponse:
    """The PDF, in the language of the magnet, which is that of its words. 404 for a link that opens no result."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    now = moment(request)
    found = read_token(
        token, TokenPurpose.DELIVER, verify_key=core_keys(settings.FOLDER).token_verify_key, now=now.astimezone(UTC)
    )
    definition = _definition(found) if found and not found.expired else None
    outcome = _outcome(found, definition) if found and definition else None
    if definition is None or outcome is None:
        raise Http404
    content = render(_report(definition, outcome, now=now), at=now)
    name = f"{slug_of(definition.title, otherwise=definition.kind)}.pdf"
    return HttpResponse(
        content, content_type="application/pdf", headers=_HEADERS | {"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _definition(found: Token) -> MagnetDefinition | None:
    """The words that the link was mailed for, while its exchange stands."""
    grant_id = grants.grant_ids_by_key([found.key]).get(found.key)
    facts = grants.letter_facts([grant_id]).get(grant_id) if grant_id is not None else None
    if facts is None or facts.state is GrantState.UNDONE:
        return None
    return magnets.definitions({found.version_id}).get(found.version_id)


def _outcome(found: Token, definition: MagnetDefinition) -> Outcome | None:
    kind = KINDS.get(definition.kind)
    finding = decode_finding(found.result) if found.result else None
    return kind.asking.outcome(definition, finding) if kind and kind.asking and finding else None


def _report(definition: MagnetDefinition, outcome: Outcome, *, now: datetime) -> Report:
    who = brand.brand_facts()
    asked = read_hex(who.colour) if who else None
    words = report_words(definition.language)
    return Report(
        company=who.company if who else "",
        address=who.postal_address if who else "",
        colour=readable(asked, dark=False).colour if asked else HOUSE_COLOUR,
        language=definition.language,
        day=spoken_day(now.date(), language=definition.language),
        magnet=definition.title,
        title=outcome.title,
        text=outcome.text,
        advice=outcome.advice,
        basis=outcome.basis or definition.proof,
        points=tuple((each.name, words.points(each.points, each.most)) for each in outcome.points),
        words=words.headings,
    )
