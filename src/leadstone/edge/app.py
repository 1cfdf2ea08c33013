"""The ASGI application: a table of routes, one answer for each, and an honest page when there is none."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic

import structlog

from leadstone.edge import capture, delivery, embed, file_door, kiosk, leave, letters, plain, rating, short_links, static, upkeep
from leadstone.edge.answer import Answer
from leadstone.edge.asgi import Receive, Scope, Send
from leadstone.edge.context import Edge, build_edge
from leadstone.edge.forward import PortalDown
from leadstone.edge.hot import HotPages
from leadstone.edge.request import Refused, Request
from leadstone.edge.settings import EdgeSettings
from leadstone.wire.journal import Connect, JournalUnavailable, connect_sqlite, now_ms

log = structlog.get_logger()

Handler = Callable[..., Awaitable[Answer | None]]  # (edge, request, *parts of the path); None: it has answered by itself

MOST_PATH = 2000
DRAIN_SECONDS = 20
ANSWER_STEP_SECONDS = 0.4  # several times as long as a booking takes


async def forward(edge: Edge, request: Request, *parts: str) -> Answer:
    return await edge.from_portal(request)


async def check_code(edge: Edge, request: Request, *parts: str) -> Answer:
    """The portal's answer, unless one network types too many: every try is a row in the database, for unknown pages too."""
    now = now_ms() // 1000
    if not edge.limits.may_try_code(network=request.network(edge.settings.trusted_proxies), now=now):
        edge.seen["codes_refused"] += 1
        return edge.problem(request, 429, retry_after=edge.limits.wait_seconds(now=now))
    return await forward(edge, request, *parts)


async def book(edge: Edge, request: Request, *parts: str) -> Answer:
    """The portal's answer, unless one network sends too many: the database is written to at once, not when the worker has time.

    Somebody new is more work for it than somebody known, and how long it takes must not tell who is which.
    """
    now, began = now_ms() // 1000, monotonic()
    if not edge.limits.may_book(network=request.network(edge.settings.trusted_proxies), now=now):
        edge.seen["bookings_refused"] += 1
        return edge.problem(request, 429, retry_after=edge.limits.wait_seconds(now=now))
    answer = await forward(edge, request, *parts)
    await asyncio.sleep(until_step(monotonic() - began))
    return answer


def until_step(elapsed: float) -> float:
    """How long an answer waits so that it leaves on a step of `ANSWER_STEP_SECONDS`."""
    return -elapsed % ANSWER_STEP_SECONDS


# The shape of a path: its first word, its third, how many words it has. The others are a slug, a token or a ref.
ROUTES: dict[tuple[str, str, int], dict[str, Handler]] = {
    ("", "", 1): {"GET": capture.index},
    ("m", "", 2): {"GET": capture.show, "POST": capture.receive},
    ("m", "thanks", 4): {"GET": capture.thanks, "POST": check_code},
    ("m", "embed", 3): {"GET": embed.show, "POST": capture.receive},
    ("m", "embed", 4): {"GET": capture.thanks},
    ("m", "letters", 3): {"GET": letters.archive},
    ("m", "letters", 4): {"GET": letters.letter},
    ("m", "feed.xml", 3): {"GET": letters.atom},
    ("c", "", 2): {"GET": delivery.show_confirm, "POST": delivery.confirm},
    ("c", "not-me", 3): {"POST": delivery.not_me},
    ("d", "", 2): {"GET": delivery.show_delivery},
    ("d", "file", 3): {"GET": file_door.serve},
    ("d", "report", 3): {"GET": delivery.report},
    ("d", "again", 3): {"POST": delivery.ask_again},
    ("d", "not-me", 3): {"POST": delivery.not_me},
    ("d", "write-again", 3): {"POST": delivery.write_again},
    ("d", "rate", 3): {"POST": rating.rate_delivery},
    ("d", "letters", 3): {"POST": forward},
    ("d", "undo", 3): {"POST": delivery.undo},
    ("d", "address", 3): {"GET": forward, "POST": forward},
    ("rate", "", 2): {"GET": rating.show, "POST": rating.answer},
    ("u", "", 2): {"GET": leave.show, "POST": leave.leave},
    ("t", "", 2): {"GET": short_links.from_screen},
    ("q", "", 1): {"GET": short_links.type_code},
    ("q", "", 2): {"GET": short_links.from_paper},
    ("kiosk", "", 1): {"GET": kiosk.show},
    ("kiosk", "", 2): {"GET": kiosk.part, "POST": kiosk.take},
    ("s", "", 2): {"GET": static.serve},
}
# Doors of the portal, whatever stands behind their first word.
FORWARDED: dict[str, dict[str, Handler]] = {
    "my": {"GET": forward, "POST": forward},
    "book": {"GET": forward, "POST": book},
}
FIXED: dict[str, Handler] = {
    "/livez": plain.livez,
    "/readyz": plain.readyz,
    "/robots.txt": plain.robots,
    "/.well-known/security.txt": plain.security,
    "/.well-known/gpc.json": plain.privacy_control,
}


@dataclass(frozen=True, slots=True)
class Route:
    """Who answers which method of a path, and the parts of the path that they are given."""

    methods: dict[str, Handler]
    parts: tuple[str, ...] = ()

    @property
    def allowed(self) -> bytes:
        return ", ".join(["GET, HEAD"] * ("GET" in self.methods) + ["POST"] * ("POST" in self.methods)).encode()


@lru_cache(maxsize=1024)
def find_route(path: str) -> Route | None:
    if path in FIXED:
        return Route({"GET": FIXED[path]})
    # "*" is what OPTIONS may ask for instead of a path (RFC 9110, 7.1).
    if len(path) > MOST_PATH or "\0" in path or not path.startswith("/"):
        return None
    words = path.split("/")[1:]
    if words[0] in FORWARDED:
        return Route(FORWARDED[words[0]])
    third = words[2] if len(words) > 2 else ""
    methods = ROUTES.get((words[0], third, len(words)))
    # The variable parts are the second and the fourth word.
    return Route(methods, tuple(words[1::2])) if methods and all(words[1::2]) else None


class EdgeApp:
    """An ASGI 3 application. It opens what it owns at lifespan start-up and journals its counts at shutdown."""

    def __init__(self, settings: EdgeSettings, *, connect: Connect = connect_sqlite) -> None:
        self._settings = settings
        self._connect = connect
        self._upkeep: asyncio.Task[None] | None = None
        self._under_way = 0
        self.edge: Edge
        self.hot: HotPages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self._under_way += 1
            try:
                message = self.hot.answer(scope) if scope["method"] == "GET" else None
                if message is not None:
                    await send(message[0])
                    await send(message[1])
                else:
                    await self._answer(scope, receive, send)
            finally:
                self._under_way -= 1
        elif scope["type"] == "lifespan":
            await self._live(receive, send)

    async def start(self) -> None:
        self.edge = build_edge(self._settings, connect=self._connect)
        self.hot = HotPages(self.edge)
        self._upkeep = asyncio.create_task(upkeep.keep_up(self.edge))

    async def stop(self) -> None:
        """Finish what is under way, journal the counts, close what is open."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DRAIN_SECONDS):
                while self._under_way:
                    await asyncio.sleep(0.02)
        if self._upkeep is not None:
            self._upkeep.cancel()
        await upkeep.finish(self.edge)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self.start()
                await send({"type": "lifespan.startup.complete"})
            else:
                await self.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        try:
            answer = await self._find_answer(request)
        except Refused as refused:
            answer = self.edge.problem(request, refused.status)
            answer.headers += refused.headers
        except (JournalUnavailable, PortalDown) as down:
            self.edge.seen[f"unavailable_{type(down).__name__}"] += 1
            answer = self.edge.problem(request, 503)
        except Exception:
            log.exception("edge.fault", method=request.method, door=request.path.lstrip("/").partition("/")[0])
            answer = self.edge.problem(request, 500)
        if answer is not None:
            if request.framed:
                embed.let_frame(self.edge, answer)
            await answer.send(send, bodyless=request.method == "HEAD")

    def _find_answer(self, request: Request) -> Awaitable[Answer | None]:
        """The handler's own coroutine, so that none stands between it and the server."""
        route = find_route(request.path)
        if route is None:
            raise Refused(404)
        handler = route.methods.get("GET" if request.method == "HEAD" else request.method)
        if handler is None:
            raise Refused(405, headers=[(b"allow", route.allowed)])
        if not self.edge.shelf.ready and request.path not in FIXED:
            raise Refused(503)
        return handler(self.edge, request, *route.parts)
