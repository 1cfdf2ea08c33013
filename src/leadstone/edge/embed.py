"""A magnet's form within somebody else's page: the same form, the same checks, the same record, on pages that may be framed."""

from leadstone.edge import capture
from leadstone.edge.answer import NOT_INDEXED, Answer, see_other
from leadstone.edge.context import Edge
from leadstone.edge.elsewhere import Whose, whose_page
from leadstone.edge.request import Refused, Request
from leadstone.wire.pages import urls

REPLACED = frozenset({b"content-security-policy", b"x-robots-tag"})


async def show(edge: Edge, request: Request, slug: str) -> Answer:
    """The form for the frame, if the browser says of no page that may not show it; opened by itself it is the magnet's page."""
    if request.header(b"sec-fetch-dest") == b"document":
        query = request.scope["query_string"].decode("ascii", "replace")
        return see_other(f"{urls.magnet(slug)}?{query}" if query else urls.magnet(slug))
    if whose_page(edge, request) is Whose.STRANGE:
        edge.seen["frame_refused"] += 1
        raise Refused(403)
    return await capture.show(edge, request, slug)


def let_frame(edge: Edge, answer: Answer) -> None:
    """Let pages of the allowed hosts show this answer within themselves; search engines list the magnet's own page."""
    kept = [pair for pair in answer.headers if pair[0] not in REPLACED]
    answer.headers = [*kept, edge.now.framing, NOT_INDEXED]
