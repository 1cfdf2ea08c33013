"""The public archive: pages and a feed that anybody may keep, asked for again only when they changed (RFC 9110, 13)."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime

from leadstone.edge.answer import PLAIN_HEADERS, Answer, Headers
from leadstone.edge.context import Edge
from leadstone.edge.delivery import language_of
from leadstone.edge.request import Request
from leadstone.wire.bundle import PublishedIssue, PublishedMagnet
from leadstone.wire.pages.letters import archive_page, feed, letter_page

A_WHILE = (b"cache-control", b"public, max-age=60")
ATOM = (b"content-type", b"application/atom+xml; charset=utf-8")

Rendered = Callable[[], bytes]


async def archive(edge: Edge, request: Request, slug: str) -> Answer:
    """`/m/{slug}/letters`: every public letter of a newsletter."""
    magnet, issues = _found(edge, slug)
    if magnet is None:
        return edge.problem(request, 404)
    language = language_of(request, magnet.current)
    html = archive_page(edge.now.pages, magnet.current, slug, language=language).encode()
    return _fresh_or_known(request, html, edge.now.headers, at=issues[0].at if issues else None)


async def letter(edge: Edge, request: Request, slug: str, number: str) -> Answer:
    """`/m/{slug}/letters/{number}`: one of them."""
    magnet, issues = _found(edge, slug)
    issue = next((each for each in issues if str(each.number) == number), None)
    if magnet is None or issue is None:
        return edge.problem(request, 404)
    language = language_of(request, magnet.current)
    html = letter_page(edge.now.pages, magnet.current, slug, issue, language=language).encode()
    return _fresh_or_known(request, html, edge.now.headers, at=issue.at)


async def atom(edge: Edge, request: Request, slug: str) -> Answer:
    """`/m/{slug}/feed.xml`."""
    magnet, issues = _found(edge, slug)
    if magnet is None:
        return edge.problem(request, 404)
    body = feed(edge.now.pages, magnet.current, slug)
    return _fresh_or_known(request, body, [ATOM, *PLAIN_HEADERS], at=issues[0].at if issues else None)


def _found(edge: Edge, slug: str) -> tuple[PublishedMagnet | None, tuple[PublishedIssue, ...]]:
    """A newsletter that is offered, or one that is not any more but has letters which link here."""
    magnet, issues = edge.now.magnets.get(slug), edge.now.bundle.letters.get(slug, ())
    is_one = magnet is not None and magnet.current.definition.kind == "newsletter" and (magnet.live or issues)
    return (magnet if is_one else None), issues


def _fresh_or_known(request: Request, body: bytes, headers: Headers, *, at: datetime | None) -> Answer:
    """200 with the body, or 304 where the reader has these very bytes."""
    tag = b'"' + hashlib.blake2b(body, digest_size=12).hexdigest().encode() + b'"'
    marks: Headers = [(b"etag", tag), A_WHILE]
    if at is not None:
        marks.append((b"last-modified", format_datetime(at, usegmt=True).encode()))
    known = request.header(b"if-none-match")
    if known:
        same = known.strip() == b"*" or tag in [each.strip().removeprefix(b"W/") for each in known.split(b",")]
    else:
        # The list changes with the company's look too, which has no date: so only a tag tells for certain. A date is taken
        # at its word where nothing else is sent, as feed readers do.
        same = at is not None and _since(request.header(b"if-modified-since"), at)
    return Answer(304, b"", marks, length=len(body)) if same else Answer(200, body, [*headers, *marks])


def _since(header: bytes, at: datetime) -> bool:
    try:
        return parsedate_to_datetime(header.decode("ascii")) >= at.replace(microsecond=0)
    except (ValueError, TypeError):
        return False
