"""Did you get what was promised? Asked on the page that delivers, and once more by mail, by a link that opens nothing else.

The core keeps one answer an exchange, and lets it be changed for a day; the edge journals whatever is said.
"""

from typing import NamedTuple

from leadstone.domains.grants.rules import Rating, read_rating_words
from leadstone.edge.answer import Answer
from leadstone.edge.context import Edge
from leadstone.edge.delivery import Closed, Opened, closed, delivery_page, holds, language_of, open_with, presser_of, read
from leadstone.edge.forms import read_form
from leadstone.edge.request import Refused, Request
from leadstone.wire.bundle import PublishedVersion
from leadstone.wire.journal import now_ms
from leadstone.wire.records import PromiseRated
from leadstone.wire.tokens import Token, TokenPurpose


class Told(NamedTuple):
    """One answer as it was sent. `words` None: the form had no place for any."""

    answer: str
    words: str | None
    error: str


async def show(edge: Edge, request: Request, token: str) -> Answer:
    """The question, with the promise as it was worded."""
    asked = _asked(edge, request, token)
    if isinstance(asked, Answer):
        return asked
    _, version = asked
    return edge.private_page(edge.now.pages.rate(version, token, language=language_of(request, version)))


async def answer(edge: Edge, request: Request, token: str) -> Answer:
    """Thanks, once the answer is durable; else the question again, with what was written."""
    asked = _asked(edge, request, token)
    if isinstance(asked, Answer):
        return asked
    found, version = asked
    told = _told(await request.body(), request.header(b"content-type"))
    language = language_of(request, version)
    if told.error or told.answer not in set(Rating):
        unanswered = "" if told.answer in set(Rating) else "missing"
        html = edge.now.pages.rate(
            version,
            token,
            language=language,
            answer="" if unanswered else told.answer,
            words=told.words or "",
            errors={"answer": unanswered, "words": told.error},
        )
        return edge.private_page(html, status=422)
    await _keep(edge, request, found, told)
    return edge.private_page(edge.now.pages.rated(language=language, token=token))


async def rate_delivery(edge: Edge, request: Request, token: str) -> Answer:
    """The same answer from the page that delivers; an expired or used-up link may still give it."""
    found = read(edge, token, TokenPurpose.DELIVER)
    if found is None:
        return closed(edge, request, Closed.UNKNOWN)
    if edge.is_revoked(str(found.key)):
        return closed(edge, request, Closed.REVOKED)
    told = _told(await request.body(), request.header(b"content-type"))
    if told.answer not in set(Rating):
        raise Refused(400)
    if not told.error:
        await _keep(edge, request, found, told)
    opened = open_with(edge, request, token, TokenPurpose.DELIVER)
    if not isinstance(opened, Opened) or holds(opened.version):
        return edge.private_page(edge.now.pages.rated(language=edge.language(request)), status=422 if told.error else 200)
    page = delivery_page(edge, request, token, opened, rated=told.answer, words=told.words or "", error=told.error)
    page.status = 422 if told.error else page.status
    return page


def _asked(edge: Edge, request: Request, token: str) -> tuple[Token, PublishedVersion] | Answer:
    """What the link asks about, or the page that says why it asks nothing any more."""
    found = read(edge, token, TokenPurpose.RATE)
    if found is None:
        return closed(edge, request, Closed.UNKNOWN)
    if edge.is_revoked(str(found.key)):
        return closed(edge, request, Closed.REVOKED)
    if found.expired:
        return closed(edge, request, Closed.EXPIRED)
    _, version = edge.now.versions.get(found.version_id, (None, None))
    return closed(edge, request, Closed.MISSING) if version is None else (found, version)


def _told(body: bytes, content_type: bytes) -> Told:
    form = read_form(body, content_type)
    if "words" not in form:
        return Told(form.get("answer", [""])[0], None, "")
    words, error = read_rating_words(form["words"][0])
    return Told(form.get("answer", [""])[0], words, error)


async def _keep(edge: Edge, request: Request, found: Token, told: Told) -> None:
    """In the journal, unless a machine that reads mail for others pressed the button: it was promised nothing."""
    if presser_of(request) == "person":
        await edge.ledger.append(PromiseRated(at=now_ms(), grant_key=str(found.key), answer=told.answer, words=told.words))
        edge.seen["promise_rated"] += 1
