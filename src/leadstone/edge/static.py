"""Stylesheet, fonts, covers and logo under /s/. What is named by its content, or at random, may be kept for ever."""

import mimetypes
from functools import lru_cache
from pathlib import Path

from leadstone.edge.answer import PLAIN_HEADERS, Answer, Headers
from leadstone.edge.context import Edge
from leadstone.edge.request import Request

FOR_EVER = (b"cache-control", b"public, max-age=31536000, immutable")
A_DAY = (b"cache-control", b"public, max-age=86400")  # fonts and scripts: their names stay when they change


async def serve(edge: Edge, request: Request, name: str) -> Answer:
    """A built asset, or a picture that the bundle shows openly; the gated files of the bundle are neither."""
    pages = edge.now.pages
    if name in pages.made:
        return Answer(200, pages.made[name].encode(), headers(name, lasting=FOR_EVER))
    if name.startswith("."):
        return edge.problem(request, 404)
    shown = name in edge.now.pictures
    path = edge.shelf.file(name) if shown else edge.settings.static / name
    try:
        body = content(path, path.stat().st_mtime_ns)
    except OSError:
        return edge.problem(request, 404)
    return Answer(200, body, headers(name, lasting=FOR_EVER if shown else A_DAY))


@lru_cache(maxsize=64)
def content(path: Path, changed: int) -> bytes:
    """The bytes of a file as of the time it changed."""
    return path.read_bytes()


def headers(name: str, *, lasting: tuple[bytes, bytes]) -> Headers:
    kind = mimetypes.guess_type(name)[0] or "image/png"
    kind = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    # A picture that somebody uploaded may never act as a page of ours.
    return [
        (b"content-type", kind.encode()),
        lasting,
        *PLAIN_HEADERS,
        (b"content-security-policy", b"default-src 'none'; sandbox"),
    ]
