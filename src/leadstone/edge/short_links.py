"""Tracked links: `/t/{code}` on a screen, `/q/{code}` on paper, and `/q` for whoever types the code that they heard or read.

Nothing is set in the browser: the code travels on in the address, and from there in the form.
"""

from urllib.parse import quote

from leadstone.edge.answer import NEVER_STORED, NOT_INDEXED, REFERRER_POLICY, Answer
from leadstone.edge.context import Edge
from leadstone.edge.request import Request
from leadstone.edge.views import LINK
from leadstone.kernel.language import Language
from leadstone.wire.journal import now_ms
from leadstone.wire.link_codes import LONGEST_TYPED, read_link_code
from leadstone.wire.pages import urls

SCREEN, PAPER = "t", "q"


async def from_screen(edge: Edge, request: Request, typed: str) -> Answer:
    return _follow(edge, request, typed, way=SCREEN)


async def from_paper(edge: Edge, request: Request, typed: str) -> Answer:
    return _follow(edge, request, typed, way=PAPER)


async def type_code(edge: Edge, request: Request) -> Answer:
    """The page with one field; what is typed there (`?code=`) goes on to the link, where it is counted."""
    typed = request.query.get("code", "").strip()
    if not typed:
        return edge.page(edge.now.pages.type_code(language=edge.language(request)))
    code = read_link_code(typed)
    if code in edge.now.bundle.links:
        return _found(f"/q/{code}{_language(request, '?')}")
    now = now_ms() // 1000
    # After a broadcast many type the right one behind one network; only what leads nowhere counts.
    if not edge.limits.may_miss_link(network=request.network(edge.settings.trusted_proxies), now=now):
        edge.seen["links_refused"] += 1
        return edge.problem(request, 429, retry_after=edge.limits.wait_seconds(now=now))
    return _unknown(edge, request, typed)


def _follow(edge: Edge, request: Request, typed: str, *, way: str) -> Answer:
    code = read_link_code(typed)
    slug = edge.now.bundle.links.get(code)
    if slug is None:
        return _unknown(edge, request, typed)
    if request.method == "GET":
        edge.followed.add(code, way, machine=bool(request.machine_because))
    return _found(f"{urls.magnet(quote(slug))}?{LINK}={code}{_language(request, '&')}")


def _unknown(edge: Edge, request: Request, typed: str) -> Answer:
    edge.seen["links_unknown"] += 1
    html = edge.now.pages.type_code(language=edge.language(request), typed=typed[:LONGEST_TYPED], unknown=True)
    return edge.private_page(html, status=404)


def _language(request: Request, before: str) -> str:
    """A language that was chosen goes on."""
    wished = request.query.get("lang", "")
    return f"{before}lang={wished}" if wished in set(Language) else ""


def _found(location: str) -> Answer:
    """302: the link stays the link, wherever it leads now."""
    return Answer(302, b"", [(b"location", location.encode("ascii")), NEVER_STORED, NOT_INDEXED, REFERRER_POLICY])
