"""The one answer that everybody asks for: a magnet's page without a query, from pre-rendered bytes.

The same bytes as `capture.show` gives (a test compares them), by a way that reads nothing it does not need.
"""

from dataclasses import dataclass
from html import escape

from leadstone.edge import visitor
from leadstone.edge.answer import FRESH, Headers, start
from leadstone.edge.asgi import Message, Scope
from leadstone.edge.context import Edge
from leadstone.edge.published import Published
from leadstone.edge.views import origin_of
from leadstone.kernel.language import Language, language_or
from leadstone.wire.bundle import Counters
from leadstone.wire.journal import now_ms
from leadstone.wire.origin import pack_origin
from leadstone.wire.records import Origin


@dataclass(frozen=True, slots=True)
class HotPage:
    """One magnet's page in its own language, around the form token and the origin."""

    version_id: int
    before: bytes
    between: bytes
    after: bytes


class HotPages:
    """The live magnets of the current revision by path."""

    def __init__(self, edge: Edge) -> None:
        self._edge = edge
        self._of: Published | None = None
        self._counters: Counters | None = None
        self._pages: dict[str, HotPage] = {}
        self._headers: Headers = []

    def answer(self, scope: Scope) -> tuple[Message, Message] | None:
        """Both messages of the answer to a GET, or None when this is not that one request."""
        edge = self._edge
        if self._of is not edge.shelf.current or self._counters is not edge.shelf.counters:
            self._adopt(edge.shelf.current, edge.shelf.counters)
        page = self._pages.get(scope["path"])
        if page is None or scope["query_string"]:
            return None
        now = now_ms()
        if edge.limits.under_pressure(now=now // 1000):
            return None
        origin: Origin | None = None
        agent = b""
        for name, value in scope["headers"]:
            if name == b"user-agent":
                agent = value
            elif name == b"referer":
                origin = origin_of({}, value, own_host=edge.own_host)
            elif name in {b"sec-purpose", b"purpose"}:
                return None
        edge.views.add(page.version_id, origin, machine=bool(visitor.machine_because(agent)))
        token = edge.forms.mint(page.version_id, now=now).encode()
        packed = escape(pack_origin(origin)).encode() if origin else b""
        body = b"".join((page.before, token, page.between, packed, page.after))
        headers = [*self._headers, (b"content-length", b"%d" % len(body))]
        return start(200, headers), {"type": "http.response.body", "body": body}

    def _adopt(self, published: Published, counters: Counters) -> None:
        self._headers = [*published.headers, FRESH]
        self._pages = {}
        for magnet in published.magnets.values():
            # What ends or runs out, or is said in two ways, is judged anew for each visitor.
            same_for_all = magnet.slug not in published.limited and str(magnet.magnet_id) not in counters.left
            if magnet.live and same_for_all and magnet.experiment is None:
                language = language_or(magnet.current.definition.language, Language.ENGLISH)
                asked = published.on_form.get(magnet.current.version_id, ())
                parts = published.pages.magnet_parts(magnet.current, magnet.slug, language=language, questions=asked)
                self._pages[f"/m/{magnet.slug}"] = HotPage(magnet.current.version_id, *parts)
        self._of, self._counters = published, counters
