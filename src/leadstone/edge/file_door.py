"""`/d/{token}/file`: the file itself, whole or by ranges, counted once for each time that all of it went out."""

import hashlib

import structlog

from leadstone.edge.answer import NEVER_STORED, NOT_INDEXED, PLAIN_HEADERS, Answer, Headers, see_other
from leadstone.edge.context import Edge
from leadstone.edge.delivery import Closed, Opened, closed, note_delivered, open_with, uses_key, waits_for_place
from leadstone.edge.file_stream import Coverage, Span, Unsatisfiable, attachment, send_span, wanted_span
from leadstone.edge.request import Request
from leadstone.wire.definition import AssetFacts
from leadstone.wire.tokens import TokenPurpose

log = structlog.get_logger()


async def serve(edge: Edge, request: Request, token: str) -> Answer | None:
    """Stream the file (206 for one range, RFC 9110 §14); None once it was sent."""
    opened = open_with(edge, request, token, TokenPurpose.DELIVER)
    if isinstance(opened, Answer):
        return opened
    asset = opened.version.definition.asset
    if asset is None or waits_for_place(edge, opened):
        return see_other(f"/d/{token}") if asset else closed(edge, request, Closed.MISSING)
    try:
        span = _span(request, asset)
    except Unsatisfiable:
        unsatisfied = (b"content-range", f"bytes */{asset.size_bytes}".encode())
        return Answer(416, b"", [unsatisfied, NEVER_STORED, NOT_INDEXED, *PLAIN_HEADERS])
    whole = Span(0, asset.size_bytes)
    headers = _headers(asset, span)
    status = 206 if span else 200
    if request.method == "HEAD":
        return Answer(status, b"", headers, length=(span or whole).length)
    try:
        sent = await send_span(request, edge.shelf.file(asset.key), span or whole, status=status, headers=headers)
    except FileNotFoundError:
        log.error("file.missing", version=opened.version.version_id)
        return closed(edge, request, Closed.MISSING)
    if sent:
        await _note(edge, opened, span or whole, size=asset.size_bytes)
    return None


def _span(request: Request, asset: AssetFacts) -> Span | None:
    asked = request.header(b"range")
    unchanged = request.header(b"if-range") in {b"", _etag(asset)}
    return wanted_span(asked, size=asset.size_bytes) if asked and unchanged else None


def _headers(asset: AssetFacts, span: Span | None) -> Headers:
    headers = [
        (b"content-type", asset.media_type.encode()),
        (b"content-disposition", attachment(asset.name)),
        (b"accept-ranges", b"bytes"),
        (b"etag", _etag(asset)),
        (b"content-security-policy", b"default-src 'none'; sandbox"),
        NEVER_STORED,
        NOT_INDEXED,
        *PLAIN_HEADERS,
    ]
    if span:
        headers.append((b"content-range", f"bytes {span.first}-{span.end - 1}/{asset.size_bytes}".encode()))
    return headers


def _etag(asset: AssetFacts) -> bytes:
    # A digest, because the storage name itself is nobody's business.
    return f'"{hashlib.blake2b(asset.key.encode(), digest_size=12).hexdigest()}"'.encode()


async def _note(edge: Edge, opened: Opened, span: Span, *, size: int) -> None:
    """Count one use once all bytes went out, over however many answers; tell the journal of the first."""
    key = uses_key(edge, opened.token)
    coverage = edge.covered.setdefault(key, Coverage())
    coverage.add(span)
    if not coverage.is_whole(size):
        return
    del edge.covered[key]
    await note_delivered(edge, opened.token, uses=1)
    edge.seen["file_served"] += 1
