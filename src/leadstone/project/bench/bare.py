"""The least that could be called the same job: an ASGI application without a check, and a group commit without a seal."""

import asyncio
import queue
import sqlite3
import threading
from pathlib import Path

from leadstone.edge.asgi import Receive, Scope, Send

# The journal's own settings: with less, the limit would be that of something which loses rows.
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON")


class BareApp:
    """GET answers `body_bytes` bytes; POST keeps its body durably, sharing one fsync with all who wait, and answers 303."""

    def __init__(self, path: Path, *, body_bytes: int) -> None:
        self._path = path
        self._body = b"x" * body_bytes
        self._headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(body_bytes).encode())]
        self._waiting: queue.SimpleQueue[tuple[bytes, asyncio.Future[None]]] = queue.SimpleQueue()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["method"] == "POST":
            message = await receive()
            kept = self._loop.create_future()
            self._waiting.put((message["body"], kept))
            await kept
            await send(
                {"type": "http.response.start", "status": 303, "headers": [(b"location", b"/"), (b"content-length", b"0")]}
            )
            await send({"type": "http.response.body", "body": b""})
        else:
            await send({"type": "http.response.start", "status": 200, "headers": self._headers})
            await send({"type": "http.response.body", "body": self._body})

    async def _live(self, receive: Receive, send: Send) -> None:
        self._loop = asyncio.get_running_loop()
        threading.Thread(target=self._commit_groups, daemon=True).start()
        while True:
            message = await receive()
            await send({"type": message["type"] + ".complete"})
            if message["type"] == "lifespan.shutdown":
                return

    def _commit_groups(self) -> None:
        connection = sqlite3.connect(self._path, isolation_level=None)
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("CREATE TABLE commits (sequence INTEGER PRIMARY KEY AUTOINCREMENT, bodies BLOB NOT NULL)")
        while True:
            group = [self._waiting.get()]
            while len(group) < 512 and not self._waiting.empty():
                group.append(self._waiting.get())
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO commits (bodies) VALUES (?)", (b"\n".join(body for body, _ in group),))
            connection.execute("COMMIT")
            self._loop.call_soon_threadsafe(_answer, [kept for _, kept in group])


def _answer(waiting: "list[asyncio.Future[None]]") -> None:
    for kept in waiting:
        if not kept.done():
            kept.set_result(None)
