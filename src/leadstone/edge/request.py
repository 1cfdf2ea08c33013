"""One request, read no further than its answer needs."""

from collections.abc import Sequence
from urllib.parse import parse_qs

from leadstone.edge import visitor
from leadstone.edge.asgi import Receive, Scope, Send
from leadstone.edge.settings import Network
from leadstone.kernel.language import Language, language_or

MOST_BODY_BYTES = 64 * 1024


class Refused(Exception):
    """The request cannot be served; `status` says why (RFC 9110), `headers` what would be."""

    def __init__(self, status: int, *, headers: Sequence[tuple[bytes, bytes]] = ()) -> None:
        super().__init__(status)
        self.status = status
        self.headers = headers


class Request:
    """What came in. Reading is lazy: a page view needs none of it."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope = scope
        self.receive = receive
        self.send = send  # only for what is too long to be an `Answer`
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self._headers: dict[bytes, bytes] | None = None
        self._query: dict[str, str] | None = None

    def header(self, name: bytes) -> bytes:
        """One header by its lower-case name, b"" when absent; of a repeated one the last."""
        if self._headers is None:
            self._headers = dict(self.scope["headers"])
        return self._headers.get(name, b"")

    @property
    def query(self) -> dict[str, str]:
        """The first value of each name in the query."""
        raw = self.scope["query_string"]
        if self._query is None:
            self._query = _read_query(raw) if raw else {}
        return self._query

    def language(self, default: Language) -> Language:
        """`?lang=`, else what the browser prefers, else `default`."""
        wished = visitor.preferred_language(self.header(b"accept-language")) or default
        return language_or(self.query.get("lang"), wished)

    def network(self, trusted: tuple[Network, ...]) -> str:
        peer = self.scope.get("client") or ("", 0)
        if not trusted:
            return visitor.network_of(peer[0])
        # A list may be spread over several lines, and a visitor may have written the first ones.
        hops = b",".join(value for name, value in self.scope["headers"] if name == b"x-forwarded-for")
        return visitor.network_of(visitor.address_of(peer[0], hops, trusted=trusted))

    @property
    def framed(self) -> bool:
        """Whether somebody else's page shows what is answered within itself: `/m/{slug}/embed` and what lies under it."""
        words = self.path.split("/", 4)
        return len(words) > 3 and words[1] == "m" and words[3] == "embed"

    @property
    def machine_because(self) -> str:
        """Why a machine asks, or "" when it may be a person."""
        purpose = self.header(b"sec-purpose") or self.header(b"purpose")
        if purpose and b"prefetch" in purpose:
            return "prefetch"
        return visitor.machine_because(self.header(b"user-agent"))

    async def body(self, *, most: int = MOST_BODY_BYTES) -> bytes:
        """The whole body; raises `Refused(413)` as soon as it is known to be too long."""
        announced = self.header(b"content-length")
        if announced.isdigit() and int(announced) > most:
            raise Refused(413)
        message = await self.receive()
        body: bytes = message.get("body", b"")
        if len(body) <= most and not message.get("more_body"):
            if message["type"] == "http.disconnect":
                raise Refused(400)
            return body
        parts = [body]
        size = len(body)
        while size <= most and message.get("more_body"):
            message = await self.receive()
            if message["type"] == "http.disconnect":
                raise Refused(400)
            parts.append(message.get("body", b""))
            size += len(parts[-1])
        if size > most:
            raise Refused(413)
        return b"".join(parts)


def _read_query(raw: bytes) -> dict[str, str]:
    try:
        pairs = parse_qs(raw.decode("ascii", "replace"), max_num_fields=50)
    except ValueError:
        return {}
    return {name: values[0] for name, values in pairs.items()}
