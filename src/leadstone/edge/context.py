"""What every answer of the edge may draw on, put together once."""

import asyncio
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import structlog

from leadstone.edge.answer import FRESH, NEVER_STORED, NOT_INDEXED, Answer
from leadstone.edge.arms import Arms
from leadstone.edge.asked import Asked, Paces
from leadstone.edge.file_stream import Coverage
from leadstone.edge.forward import Portal
from leadstone.edge.ledger import Ledger
from leadstone.edge.limits import Limits
from leadstone.edge.proof_of_work import ProofOfWork
from leadstone.edge.published import Published, Shelf
from leadstone.edge.randomness import Randomness
from leadstone.edge.request import Request
from leadstone.edge.settings import EdgeSettings
from leadstone.edge.state import EdgeState
from leadstone.edge.tracked import Followed
from leadstone.edge.views import Views
from leadstone.kernel.language import Language, language_or
from leadstone.wire.form_token import FormTokens
from leadstone.wire.journal import Connect, connect_sqlite, now_ms
from leadstone.wire.pages import Pages
from leadstone.wire.secret_files import load_or_create_secret

log = structlog.get_logger()

RETRY_SECONDS = 5
CLOSED_SECONDS = 90 * 86_400  # far longer than a worker is away that has to publish the revocation


@dataclass(slots=True, kw_only=True)
class Edge:
    """The parts of one edge process."""

    settings: EdgeSettings
    shelf: Shelf
    ledger: Ledger
    state: EdgeState
    limits: Limits
    proofs: ProofOfWork
    forms: FormTokens
    randomness: Randomness
    views: Views
    arms: Arms
    followed: Followed
    asked: Asked
    paces: Paces
    portal: Portal
    seen: Counter[str]  # what happened how often, for the metrics
    own_host: str
    covered: dict[bytes, Coverage] = field(default_factory=dict)  # which bytes of a file went out, by use key
    untold: list[tuple[bytes, str]] = field(default_factory=list)  # first deliveries to journal: use key, grant key

    @property
    def now(self) -> Published:
        return self.shelf.current

    def pages(self, request: Request) -> Pages:
        """What draws the answer: a page of our own, or one within somebody else's."""
        return self.now.frames if request.framed else self.now.pages

    def language(self, request: Request) -> Language:
        return request.language(language_or(self.now.bundle.brand.language, Language.ENGLISH))

    async def end_now(self, grant_key: str) -> None:
        """Close a grant's links at once, also over a restart; the core will publish the revocation that lasts."""
        self.state.close_link(self._link(grant_key), expires=now_ms() // 1000 + CLOSED_SECONDS)
        try:
            await asyncio.to_thread(self.state.flush)
        except sqlite3.Error:
            # Closed all the same, and tried again with the next commit: what was asked for is in the journal already.
            log.exception("edge.state_unwritten")

    def is_revoked(self, grant_key: str) -> bool:
        return grant_key in self.shelf.revoked or self.state.is_closed(self._link(grant_key))

    def _link(self, grant_key: str) -> bytes:
        return self.state.hashed("grant " + grant_key)

    def page(self, html: str | bytes, *, status: int = 200) -> Answer:
        """A page that anybody may see and search engines may list."""
        return Answer(status, html.encode() if isinstance(html, str) else html, [*self.now.headers, FRESH])

    def private_page(self, html: str, *, status: int = 200) -> Answer:
        """A page behind a token: not stored, not indexed."""
        return Answer(status, html.encode(), [*self.now.headers, NEVER_STORED, NOT_INDEXED])

    async def from_portal(self, request: Request) -> Answer:
        """The portal's page; where it refuses without one, ours says why in the visitor's language. Raises `PortalDown`."""
        network = request.network(self.settings.trusted_proxies)
        answer = await self.portal.forward(request, network=network, public_url=self.settings.public_url)
        is_page = any(name == b"content-type" and value.startswith(b"text/html") for name, value in answer.headers)
        return answer if answer.status < 400 or (is_page and answer.body) else self.problem(request, answer.status)

    def problem(self, request: Request, status: int, *, retry_after: int | None = None) -> Answer:
        """Why this cannot be answered, in the visitor's language."""
        html = self.pages(request).problem(status, language=self.language(request))
        answer = self.private_page(html, status=status)
        if status in {429, 503}:
            answer.headers.append((b"retry-after", str(retry_after or RETRY_SECONDS).encode()))
        return answer


def build_edge(settings: EdgeSettings, *, connect: Connect = connect_sqlite) -> Edge:
    """Open what the edge owns. Call it inside the running loop: the journal answers there."""
    folder = settings.folder
    folder.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = bytes.fromhex(load_or_create_secret(folder.keys / "edge.key"))
    randomness = Randomness()
    state = EdgeState(folder.edge_state, key=key)
    ledger = Ledger(settings.journal, after_commit=state.flush, connect=connect)
    shelf = Shelf(folder.bundle, settings.static, settings.public_url, on_change=lambda published: _adopt(published, ledger))
    shelf.look()
    return Edge(
        settings=settings,
        shelf=shelf,
        ledger=ledger,
        state=state,
        limits=Limits(state, settings.limits),
        proofs=ProofOfWork(state, key=key),
        forms=FormTokens(key, random_bytes=randomness.take),
        randomness=randomness,
        views=Views(),
        arms=Arms(key),
        followed=Followed(),
        asked=Asked(),
        paces=Paces(key),
        portal=Portal(settings.portal_url, door_key=folder.keys / "door.key"),
        seen=Counter(),
        own_host=urlsplit(settings.public_url).hostname or "",
    )


def _adopt(published: Published, ledger: Ledger) -> None:
    if published.bundle.journal_public_key:
        ledger.seal_for(published.bundle.journal_public_key)
