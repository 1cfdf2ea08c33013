"""The least that could be called the same job: an ASGI application that checks nothing, before the same journal."""

from pathlib import Path

from leadstone.edge.asgi import Receive, Scope, Send
from leadstone.wire.journal_writer import JournalWriter
from leadstone.wire.records import NotMe
from leadstone.wire.sealing import new_private_key, public_key_of

SEE_OTHER = [(b"location", b"/"), (b"content-length", b"0")]


class BareApp:
    """GET answers `body_bytes` bytes; POST keeps its body as it came, with the journal's own group commit, and answers 303."""

    def __init__(self, path: Path, *, body_bytes: int) -> None:
        self._path = path
        self._body = b"x" * body_bytes
        self._headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(body_bytes).encode())]
        self._journal: JournalWriter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["method"] == "POST":
            message = await receive()
            await self._journal.append(NotMe(at=0, grant_key=message["body"].decode()))
            await send(
                {"type": "http.response.start", "status": 303, "headers": [(b"location", b"/"), (b"content-length", b"0")]}
            )
            await send({"type": "http.response.body", "body": b""})
        else:
            await send({"type": "http.response.start", "status": 200, "headers": self._headers})
            await send({"type": "http.response.body", "body": self._body})

    async def _live(self, receive: Receive, send: Send) -> None:
        self._journal = JournalWriter(self._path, public_key_of(new_private_key()))
        while True:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                await self._journal.close()
            await send({"type": message["type"] + ".complete"})
            if message["type"] == "lifespan.shutdown":
                return
