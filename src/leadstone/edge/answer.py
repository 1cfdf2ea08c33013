"""What the edge answers: a status, headers and a body, sent without the body to a HEAD."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from leadstone.edge.asgi import Send

Header = tuple[bytes, bytes]
Headers = list[Header]

REFERRER_POLICY = (b"referrer-policy", b"strict-origin-when-cross-origin")
# Nothing here may be sniffed into another type, lead a referrer out, or be framed by a stranger (see `page_headers`).
PLAIN_HEADERS: Headers = [
    (b"x-content-type-options", b"nosniff"),
    REFERRER_POLICY,
    (b"permissions-policy", b"browsing-topics=(), interest-cohort=()"),
]
HTML = (b"content-type", b"text/html; charset=utf-8")
TEXT = (b"content-type", b"text/plain; charset=utf-8")
JSON = (b"content-type", b"application/json")
FRESH = (b"cache-control", b"private, no-cache")
NEVER_STORED = (b"cache-control", b"no-store")
NOT_INDEXED = (b"x-robots-tag", b"noindex, nofollow")


@dataclass(slots=True)
class Answer:
    """A whole answer in memory; large files go through `edge.file_stream`."""

    status: int
    body: bytes = b""
    headers: Headers = field(default_factory=list)
    length: int | None = None  # only for a HEAD whose GET has a body that is not made

    async def send(self, send: Send, *, bodyless: bool = False) -> None:
        headers = [*self.headers, (b"content-length", b"%d" % (len(self.body) if self.length is None else self.length))]
        await send(start(self.status, headers))
        await send({"type": "http.response.body", "body": b"" if bodyless else self.body})


def start(status: int, headers: Headers) -> dict[str, Any]:
    return {"type": "http.response.start", "status": status, "headers": headers}


def page_policy(*, studio_url: str, hosts: Sequence[str] = ()) -> Header:
    """What a page may load and do; only ourselves, the studio's preview and pages of `hosts` may frame it."""
    ancestors = " ".join(filter(None, ["'self'", studio_url, *(_ancestor(host) for host in hosts)]))
    policy = (
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
        f"form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
    )
    return b"content-security-policy", policy.encode()


def page_headers(*, policy: Header, secure: bool) -> Headers:
    """The headers of every HTML answer."""
    headers = [HTML, *PLAIN_HEADERS, policy]
    if secure:
        headers.append((b"strict-transport-security", b"max-age=31536000"))
    return headers


def _ancestor(host: str) -> str:
    """A host as a source of the policy: by the scheme of this page or a safer one; a developer's own machine has only http."""
    return f"http://{host}" if host.partition(":")[0] in {"localhost", "127.0.0.1"} else host


def see_other(location: str) -> Answer:
    """303: the browser asks for `location` with GET."""
    return Answer(303, b"", [(b"location", location.encode("ascii")), NEVER_STORED, REFERRER_POLICY])
