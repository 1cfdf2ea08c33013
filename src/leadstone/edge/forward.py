"""What needs the database goes on to the portal, on loopback: the pages under /my and the check of a mailed code."""

import ssl
from pathlib import Path

import httpx
import structlog

from leadstone.edge.answer import Answer
from leadstone.edge.request import Request
from leadstone.wire.secret_files import load_or_create_secret

log = structlog.get_logger()

PATIENCE_SECONDS = 10.0
DOOR = "x-leadstone-door"
# A cookie never passes in either direction; the rest belongs to one connection (RFC 9110, 7.6.1) or is ours to set.
_NOT_PASSED_ON = {
    "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade",
    "content-length", "content-encoding", "accept-encoding", "host", "cookie", "set-cookie", "server", "date",
    "forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", DOOR,
}  # fmt: skip


class PortalDown(Exception):
    """The portal does not answer; the edge goes on capturing."""


class Portal:
    """A client of the Django process. `door_key` names the file with the secret that opens its portal."""

    def __init__(self, url: str, *, door_key: Path) -> None:
        self._url = url.rstrip("/")
        self._door_key = door_key
        # Plain HTTP on loopback: an empty TLS context saves reading every certificate authority of the machine at start.
        unused = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._client = httpx.AsyncClient(verify=unused, timeout=PATIENCE_SECONDS, follow_redirects=False, trust_env=False)

    async def forward(self, request: Request, *, network: str, public_url: str) -> Answer:
        """The portal's own answer to `request`; raises `PortalDown`."""
        headers = [
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, value in request.scope["headers"]
            if name.decode("latin-1").lower() not in _NOT_PASSED_ON
        ]
        headers += [
            (DOOR, load_or_create_secret(self._door_key)),
            ("x-forwarded-for", network.partition("/")[0]),
            ("x-forwarded-host", httpx.URL(public_url).netloc.decode()),
            ("x-forwarded-proto", httpx.URL(public_url).scheme),
        ]
        target = httpx.URL(self._url).copy_with(raw_path=_target(request))
        try:
            response = await self._client.request(request.method, target, headers=headers, content=await request.body())
        except httpx.TransportError as fault:
            log.warning("portal.down", because=type(fault).__name__)
            raise PortalDown from fault
        passed = [
            (name.lower(), value) for name, value in response.headers.raw if name.decode("latin-1").lower() not in _NOT_PASSED_ON
        ]
        return Answer(response.status_code, response.content, passed)

    async def close(self) -> None:
        await self._client.aclose()


def _target(request: Request) -> bytes:
    raw: bytes = request.scope.get("raw_path") or request.path.encode()
    query: bytes = request.scope["query_string"]
    return raw.partition(b"?")[0] + (b"?" + query if query else b"")
