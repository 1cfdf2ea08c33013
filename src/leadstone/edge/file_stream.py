"""Sending a file: whole or one range of it (RFC 9110, 14), and knowing when all of it was sent."""

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote

from leadstone.edge.answer import Headers, start
from leadstone.edge.request import Request

CHUNK_BYTES = 256 * 1024
LAST_BYTES = 1024
_ONE_RANGE = re.compile(rb"bytes=(\d*)-(\d*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """The bytes from `first` up to, not including, `end`."""

    first: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.first


class Unsatisfiable(Exception):
    """The range lies outside the file: 416."""


def wanted_span(header: bytes, *, size: int) -> Span | None:
    """The one range that is asked for, or None for the whole file; raises `Unsatisfiable`.

    Several ranges at once, and what is no range in bytes, are answered with the whole file, as RFC 9110 allows.
    """
    match = _ONE_RANGE.fullmatch(header.strip().replace(b" ", b""))
    if match is None or not (match[1] or match[2]):
        return None
    if not match[1]:
        length = int(match[2])
        if length == 0 or size == 0:
            raise Unsatisfiable
        return Span(max(0, size - length), size)
    first = int(match[1])
    last = int(match[2]) if match[2] else size - 1
    if first >= size:
        raise Unsatisfiable
    if last < first:
        return None
    return Span(first, min(last + 1, size))


class Coverage:
    """Which bytes of one file went out, over any number of answers."""

    def __init__(self) -> None:
        self._spans: list[Span] = []

    def add(self, span: Span) -> None:
        spans = sorted([*self._spans, span], key=lambda each: each.first)
        merged = spans[:1]
        for each in spans[1:]:
            last = merged[-1]
            if each.first <= last.end:
                merged[-1] = Span(last.first, max(last.end, each.end))
            else:
                merged.append(each)
        self._spans = merged

    def is_whole(self, size: int) -> bool:
        return self._spans == [Span(0, size)]


def attachment(name: str) -> bytes:
    """A Content-Disposition that every browser reads (RFC 6266), whatever the file is called."""
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\/%;' else "_" for c in name) or "file"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}".encode()


async def send_span(request: Request, path: Path, span: Span, *, status: int, headers: Headers) -> bool:
    """Send `span` of the file; returns whether its last piece left while the visitor was still there.

    Raises `FileNotFoundError` before anything was sent.
    """
    file = await asyncio.to_thread(path.open, "rb")
    with file:
        await request.send(start(status, [*headers, (b"content-length", str(span.length).encode())]))
        gone = asyncio.create_task(_gone(request))
        try:
            return await _send_body(request, file, span, gone)
        finally:
            gone.cancel()


async def _send_body(request: Request, file: IO[bytes], span: Span, gone: "asyncio.Task[None]") -> bool:
    file.seek(span.first)
    left = span.length
    while left:
        # A short last piece: once it is asked for, what came before has left our buffers.
        size = min(CHUNK_BYTES, left) if left <= LAST_BYTES else min(CHUNK_BYTES, left - LAST_BYTES)
        chunk = await asyncio.to_thread(file.read, size)
        if not chunk or gone.done():
            return False  # the file is shorter than its bundle says, or nobody listens any more
        left -= len(chunk)
        await request.send({"type": "http.response.body", "body": chunk, "more_body": left > 0})
    return True


async def _gone(request: Request) -> None:
    # A server takes what is sent to a closed connection without a word; only this tells.
    while (await request.receive())["type"] != "http.disconnect":
        pass
