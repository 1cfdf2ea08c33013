"""Leaving: one page with one button, and the one-click POST that mail programs send (RFC 8058)."""

from datetime import UTC, datetime

from leadstone.edge.answer import Answer
from leadstone.edge.context import Edge
from leadstone.edge.forms import read_form
from leadstone.edge.request import Refused, Request
from leadstone.wire.journal import now_ms
from leadstone.wire.records import LeftMarketing
from leadstone.wire.tokens import Token, TokenPurpose, read_token


async def show(edge: Edge, request: Request, token: str) -> Answer:
    """The page with the button. It looks the same for every token: whose it is, the edge cannot know."""
    return edge.private_page(edge.now.pages.leave(token, language=edge.language(request)))


async def leave(edge: Edge, request: Request, token: str) -> Answer:
    """Done at once and as often as one likes; also 200 for a token that is not ours, since there is nothing to leave."""
    one_click = _is_one_click(await request.body(), request.header(b"content-type"))
    found = _read(edge, token)
    # An old mail must still be able to stop the next one, so expiry does not matter here.
    if found is not None:
        await edge.ledger.append(LeftMarketing(at=now_ms(), contact_key=str(found.key), one_click=one_click))
        edge.seen["left"] += 1
    return edge.private_page(edge.now.pages.left(language=edge.language(request)))


def _read(edge: Edge, token: str) -> Token | None:
    if edge.now.verifier is None:
        return None
    return read_token(token, TokenPurpose.LEAVE, verify_key=edge.now.verifier, now=datetime.now(UTC))


def _is_one_click(body: bytes, content_type: bytes) -> bool:
    try:
        return "One-Click" in read_form(body, content_type).get("List-Unsubscribe", ())
    except Refused:
        return False  # whatever a mail program wraps it in, the wish to leave is clear
