"""What a signed token opens: the confirm page, the delivery page, and what is said about it.

Only a POST acts. The edge decides by signature, expiry, revocation and uses; everything else the core makes of the records.
"""

import asyncio
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple

import structlog

from leadstone.domains.magnets.kind import decode_finding
from leadstone.domains.magnets.kinds import KINDS
from leadstone.edge import upkeep
from leadstone.edge.answer import Answer, see_other
from leadstone.edge.context import Edge
from leadstone.edge.request import Request
from leadstone.kernel.language import Language, language_or
from leadstone.wire.bundle import PublishedVersion
from leadstone.wire.definition import availability_of
from leadstone.wire.journal import JournalUnavailable, now_ms
from leadstone.wire.pages.result_view import ResultView
from leadstone.wire.records import ExchangeUndone, LinkAskedAgain, MailboxProven, MailsWelcome, NotMe
from leadstone.wire.tokens import Token, TokenPurpose, read_token

log = structlog.get_logger()

READS_MAIL_FOR_OTHERS = frozenset({"scanner", "prefetch"})


class Closed(StrEnum):
    """Why a link opens nothing; `wire.pages` has the words."""

    UNKNOWN = "unknown"  # not minted by us, or cut short on its way
    EXPIRED = "expired"
    REVOKED = "revoked"  # undone, not wanted, or replaced
    USED_UP = "used_up"
    MISSING = "missing"  # the version or its file is not published any more


class Opened(NamedTuple):
    """A token that opens something now."""

    token: Token
    slug: str
    version: PublishedVersion


async def show_confirm(edge: Edge, request: Request, token: str) -> Answer:
    opened = open_with(edge, request, token, TokenPurpose.CONFIRM)
    if isinstance(opened, Answer):
        return opened
    html = edge.now.pages.confirm(opened.version, opened.slug, token, language=language_of(request, opened.version))
    return edge.private_page(html)


async def confirm(edge: Edge, request: Request, token: str) -> Answer:
    """The button proves the mailbox: durable first, then on to the file."""
    opened = open_with(edge, request, token, TokenPurpose.CONFIRM)
    if isinstance(opened, Answer):
        return opened
    found = opened.token
    record = MailboxProven(at=now_ms(), grant_key=str(found.key), agent=presser_of(request), form=found.form.hex())
    await edge.ledger.append(record)
    edge.seen["mailbox_proven"] += 1
    query = f"?lang={language_of(request, opened.version).value}" if "lang" in request.query else ""
    return see_other(f"/d/{opened.token.opens}{query}")


async def show_delivery(edge: Edge, request: Request, token: str) -> Answer | None:
    """The page with what was promised. A result is delivered by this very page; a file has a door of its own."""
    opened = open_with(edge, request, token, TokenPurpose.DELIVER)
    if isinstance(opened, Answer):
        return opened
    if waits_for_place(edge, opened):
        return await edge.from_portal(request)
    page = await edge.from_portal(request) if holds(opened.version) else delivery_page(edge, request, token, opened)
    if opened.version.definition.asset or page.status != 200 or request.method == "HEAD" or presser_of(request) != "person":
        return page
    await page.send(request.send)
    await note_delivered(edge, opened.token, uses=0)
    return None


async def report(edge: Edge, request: Request, token: str) -> Answer:
    """The result as a PDF: this door judges the link, the portal sets the page, which this process is too light for."""
    opened = open_with(edge, request, token, TokenPurpose.DELIVER)
    if isinstance(opened, Answer):
        return opened
    if result_of(opened.token, opened.version) is None:
        return closed(edge, request, Closed.MISSING)
    return await edge.from_portal(request)


async def ask_again(edge: Edge, request: Request, token: str) -> Answer:
    """A new link for whoever holds a link that was once good, also an expired one."""
    found = read(edge, token, TokenPurpose.DELIVER)
    if found is None:
        return closed(edge, request, Closed.UNKNOWN)
    await edge.ledger.append(LinkAskedAgain(at=now_ms(), grant_key=str(found.key)))
    return edge.private_page(edge.now.pages.link_on_its_way(language=edge.language(request)))


async def not_me(edge: Edge, request: Request, token: str) -> Answer:
    """The owner of the mailbox never asked: closed here at once, and for good by the core."""
    found = read(edge, token, TokenPurpose.DELIVER) or read(edge, token, TokenPurpose.CONFIRM)
    if found is None:
        return closed(edge, request, Closed.UNKNOWN)
    await edge.ledger.append(NotMe(at=now_ms(), grant_key=str(found.key)))
    await edge.end_now(str(found.key))
    return edge.private_page(edge.now.pages.not_me(found.opens or token, language=edge.language(request)))


async def write_again(edge: Edge, request: Request, token: str) -> Answer:
    """What was said by "not me" is taken back by whoever has its mail, however old.

    Every other proof of the mailbox would need a mail from us.
    """
    found = read(edge, token, TokenPurpose.DELIVER)
    if found is None:
        return closed(edge, request, Closed.UNKNOWN)
    await edge.ledger.append(MailsWelcome(at=now_ms(), grant_key=str(found.key), agent=presser_of(request)))
    return edge.private_page(edge.now.pages.mails_welcome(language=edge.language(request)))


async def undo(edge: Edge, request: Request, token: str) -> Answer:
    """Undo the exchange: closed here at once, erased by the core."""
    found = read(edge, token, TokenPurpose.DELIVER)
    if found is None:
        return closed(edge, request, Closed.UNKNOWN)
    await edge.ledger.append(ExchangeUndone(at=now_ms(), grant_key=str(found.key)))
    await edge.end_now(str(found.key))
    return edge.private_page(edge.now.pages.undone(language=edge.language(request)))


def open_with(edge: Edge, request: Request, token: str, purpose: TokenPurpose) -> Opened | Answer:
    """What `token` opens, or the page that says why it opens nothing and offers what still helps."""
    found = read(edge, token, purpose)
    if found is None:
        return closed(edge, request, Closed.UNKNOWN)
    magnet, version = edge.now.versions.get(found.version_id, (None, None))
    slug = magnet.slug if magnet and magnet.live else ""
    # "Send me the link again" takes the deliver token, which a confirm token carries.
    deliver = found.opens or token
    if edge.is_revoked(str(found.key)):
        return closed(edge, request, Closed.REVOKED, token=deliver, slug=slug)
    if found.expired:
        return closed(edge, request, Closed.EXPIRED, token=deliver, slug=slug)
    if magnet is None or version is None or not _gives(found, version):
        return closed(edge, request, Closed.MISSING, token=deliver)
    if purpose is TokenPurpose.DELIVER and uses_left(edge, found, version) <= 0:
        return closed(edge, request, Closed.USED_UP, token=deliver, slug=slug)
    return Opened(found, magnet.slug, version)


def waits_for_place(edge: Edge, opened: Opened) -> bool:
    """Whether a link of a limited magnet has no place yet, as far as the core has told: then only the portal can say more."""
    limits = availability_of(opened.version.definition)
    return limits.cap is not None and str(opened.token.key) not in edge.shelf.counters.placed


def _gives(found: Token, version: PublishedVersion) -> bool:
    """Whether this version still has what the link leads to."""
    return holds(version) or version.definition.asset is not None or result_of(found, version) is not None


def holds(version: PublishedVersion) -> bool:
    """Whether what is given lives in the database, so that only the portal can show it."""
    kind = KINDS.get(version.definition.kind)
    return kind is not None and kind.held is not None


async def note_delivered(edge: Edge, found: Token, *, uses: int) -> None:
    """What was promised went out completely; the journal is told of the first time. `uses` of the link are used up by it."""
    key = uses_key(edge, found)
    used, told = edge.state.uses(key)
    edge.state.set_uses(key, used + uses, told=told)
    await asyncio.to_thread(edge.state.flush)
    if told or any(waiting == key for waiting, _ in edge.untold):
        return
    edge.untold.append((key, str(found.key)))
    try:
        await upkeep.tell_served(edge)
    except JournalUnavailable as down:
        log.warning("delivery.untold", because=str(down))


def result_of(found: Token, version: PublishedVersion) -> ResultView | None:
    """What the answers came to, where the link says it and the version has words for it."""
    kind = KINDS.get(version.definition.kind)
    finding = decode_finding(found.result) if found.result and kind and kind.asking else None
    if finding is None or kind is None or kind.asking is None:
        return None
    outcome = kind.asking.outcome(version.definition, finding)
    if outcome is None:
        return None
    return ResultView(
        title=outcome.title,
        text=outcome.text,
        advice=outcome.advice,
        basis=outcome.basis,
        points=tuple((each.name, each.points, each.most) for each in outcome.points),
    )


def presser_of(request: Request) -> str:
    """Who pressed a button in a mail: "person", or why it was a machine.

    A mail scanner may press buttons too; an odd name alone is no sign of one, and the link came out of the mailbox.
    """
    machine = request.machine_because
    return f"machine:{machine}" if machine in READS_MAIL_FOR_OTHERS else "person"


def closed(edge: Edge, request: Request, because: Closed, *, token: str = "", slug: str = "") -> Answer:
    html = edge.now.pages.closed(because, language=edge.language(request), token=token, slug=slug)
    edge.seen[f"closed_{because.value}"] += 1
    return edge.private_page(html, status=404 if because is Closed.UNKNOWN else 410)


def read(edge: Edge, token: str, purpose: TokenPurpose) -> Token | None:
    if edge.now.verifier is None:
        return None
    return read_token(token, purpose, verify_key=edge.now.verifier, now=datetime.now(UTC))


def uses_key(edge: Edge, found: Token) -> bytes:
    """Names one link in the edge's state. A new link of the same grant has its own uses."""
    return edge.state.hashed(f"uses {found.key} {int(found.expires_at.timestamp())}")


def uses_left(edge: Edge, found: Token, version: PublishedVersion) -> int:
    uses, _ = edge.state.uses(uses_key(edge, found))
    return version.definition.link_uses - uses


def language_of(request: Request, version: PublishedVersion) -> Language:
    """`?lang=`, else the language of the magnet, as on its page."""
    return language_or(request.query.get("lang"), language_or(version.definition.language, Language.ENGLISH))


def delivery_page(
    edge: Edge, request: Request, token: str, opened: Opened, *, rated: str = "", words: str = "", error: str = ""
) -> Answer:
    """The page of a file or a result. `rated`: what was just answered; `words`: what was added, with what is wrong with it."""
    html = edge.now.pages.delivery(
        opened.version,
        opened.slug,
        token,
        language=language_of(request, opened.version),
        expires_at=opened.token.expires_at,
        uses_left=uses_left(edge, opened.token, opened.version),
        rated=rated,
        words=words,
        error=error,
        result=result_of(opened.token, opened.version),
    )
    return edge.private_page(html)
