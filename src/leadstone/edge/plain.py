"""Small fixed answers: health, robots, security contact, Global Privacy Control."""

from datetime import UTC, datetime, timedelta

import msgspec

from leadstone.edge.answer import FRESH, JSON, NEVER_STORED, PLAIN_HEADERS, TEXT, Answer
from leadstone.edge.context import Edge
from leadstone.edge.request import Request
from leadstone.wire.journal import JournalUnavailable

ROBOTS = b"User-agent: *\nDisallow: /c/\nDisallow: /d/\nDisallow: /u/\nDisallow: /my/\nDisallow: /t/\nDisallow: /q\n"
# Nothing is sold or shared, so the signal is honoured by design (globalprivacycontrol.org).
PRIVACY_CONTROL = b'{"gpc":true,"lastUpdate":"2026-01-01"}'


async def livez(edge: Edge, request: Request) -> Answer:
    return _text(b"alive\n")


async def readyz(edge: Edge, request: Request) -> Answer:
    """200 when a bundle is here and the journal took a commit within the last second, else 503; each part is named."""
    parts = {"bundle": "ok" if edge.shelf.ready else "nothing is published yet", "journal": "ok"}
    try:
        await edge.ledger.probe()
    except JournalUnavailable as down:
        parts["journal"] = str(down)
    ready = all(state == "ok" for state in parts.values())
    body = msgspec.json.encode({"ready": ready, **parts})
    return Answer(200 if ready else 503, body, [JSON, NEVER_STORED, *PLAIN_HEADERS])


async def robots(edge: Edge, request: Request) -> Answer:
    return _text(ROBOTS)


async def security(edge: Edge, request: Request) -> Answer:
    """RFC 9116; without a published contact there is none to give."""
    brand = edge.now.bundle.brand
    contact = brand.privacy_email or brand.sender_email
    if not contact:
        return edge.problem(request, 404)
    expires = (datetime.now(UTC) + timedelta(days=180)).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = (
        f"Contact: mailto:{contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: pl, en",
        f"Canonical: {edge.settings.public_url.rstrip('/')}/.well-known/security.txt",
    )
    return _text("\n".join(lines).encode() + b"\n")


async def privacy_control(edge: Edge, request: Request) -> Answer:
    return Answer(200, PRIVACY_CONTROL, [JSON, FRESH, *PLAIN_HEADERS])


def _text(body: bytes) -> Answer:
    return Answer(200, body, [TEXT, FRESH, *PLAIN_HEADERS])
