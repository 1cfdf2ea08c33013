"""The delivery page of what the database holds for one person: a code, a time, a parcel, a trial, letters."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from leadstone.domains.grants import queries as grants
from leadstone.domains.grants.queries import LetterFacts
from leadstone.domains.grants.rules import STANDING, GrantState
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.kind import Step
from leadstone.domains.magnets.kinds import KINDS
from leadstone.infra.keys import core_keys
from leadstone.portal import book_held, codes, parcels, topics, trials
from leadstone.portal.frame import language_of, moment, not_ready, page, pages
from leadstone.wire.bundle import PublishedVersion
from leadstone.wire.pages.held_view import HeldView
from leadstone.wire.tokens import Token, TokenPurpose, Verifier, read_token

Shown = Callable[[LetterFacts, datetime], HeldView | None]  # None: it is still being made

# What is shown for each step that leaves something in the database.
SHOWN: Mapping[Step, Shown] = {
    Step.LETTERS: topics.letters_card,
    Step.SLOT: book_held.held_times,
    Step.CODE: codes.shown,
    Step.PARCEL: parcels.shown,
    Step.TRIAL: trials.shown,
}


def delivery_page(request: HttpRequest, token: str) -> HttpResponse:
    """GET `/d/{token}`, for the kinds that hold something. 202 while it is being made: the page asks again by itself."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    renderer = pages()
    if renderer is None:
        return not_ready()
    found = read_link(token, now=moment(request))
    letter = letter_of(found)
    if found is None or letter is None:
        raise Http404
    kind = KINDS[letter.definition.kind]
    version = PublishedVersion(version_id=letter.version_id, number=0, definition=letter.definition)
    language = language_of(request, default=letter.definition.language)
    place = grants.place_in_line(letter.grant_id) if letter.state is GrantState.WAITING else None
    if place is not None:
        return page(renderer.waiting(version, token, language=language, place=place), status=202)
    view = SHOWN[kind.held](letter, moment(request)) if kind.held and letter.state in STANDING else None
    if view is None:
        return page(renderer.being_made(version, language=language), status=202)
    slug = magnets.slugs([letter.version_id])[letter.version_id]
    html = renderer.delivery(
        version, slug, token, language=language, expires_at=found.expires_at, uses_left=letter.definition.link_uses, held=view
    )
    return page(html, status=200 if view.given else 202)


def read_link(token: str, *, now: datetime) -> Token | None:
    """The edge has looked at it too; whoever reaches this door directly proves no less."""
    verifier = Verifier(core_keys(settings.FOLDER).token_verify_key)
    found = read_token(token, TokenPurpose.DELIVER, verify_key=verifier, now=now.astimezone(UTC))
    return None if found is None or found.expired else found


def letter_of(found: Token | None) -> LetterFacts | None:
    grant_id = grants.grant_ids_by_key([found.key]).get(found.key) if found else None
    return grants.letter_facts([grant_id]).get(grant_id) if grant_id is not None else None
