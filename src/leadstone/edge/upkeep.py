"""What the edge does by the clock: look for a new bundle, journal the counts, write its figures down."""

import asyncio
import os
import time

import msgspec
import structlog

from leadstone.edge.context import Edge
from leadstone.edge.stopped import Told
from leadstone.wire.journal import JournalUnavailable, now_ms
from leadstone.wire.records import FileServed, LinksFollowed, PagesViewed, QuestionsAsked

log = structlog.get_logger()

LOOK_SECONDS = 0.5
COUNTS_SECONDS = 10.0


async def keep_up(edge: Edge) -> None:
    """Run until cancelled. A fault in one round is logged and the next round comes all the same."""
    counted_at = time.monotonic()
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        try:
            edge.shelf.look()
            if time.monotonic() - counted_at >= COUNTS_SECONDS:
                counted_at = time.monotonic()
                await write_counts(edge)
        except Exception:
            log.exception("edge.upkeep_failed")


async def finish(edge: Edge) -> None:
    """The last counts, then close what is open."""
    await write_counts(edge, ending=True)
    await edge.ledger.close()
    await edge.portal.close()
    edge.state.close()


async def write_counts(edge: Edge, *, ending: bool = False) -> None:
    """Journal the totals and what the journal missed; a journal that is down gets them at the next round.

    `ending`: this process remembers nothing afterwards.
    """
    views, followed, asked = edge.views.take(), edge.followed.take(), edge.asked.take()
    runs = edge.asked.runs.take(now=now_ms(), all_of_them=ending)
    try:
        if views:
            await edge.ledger.append(PagesViewed(at=now_ms(), counts=views))
            views = ()
        if followed:
            await edge.ledger.append(LinksFollowed(at=now_ms(), counts=followed))
            followed = ()
        if asked or any(runs):
            record = QuestionsAsked(at=now_ms(), counts=asked, stopped=runs.stopped, finished=runs.finished)
            await edge.ledger.append(record)
            asked, runs = (), Told()
        await tell_served(edge)
    except JournalUnavailable as down:
        log.warning("edge.counts_wait", because=str(down))
    finally:
        edge.views.put_back(views)
        edge.followed.put_back(followed)
        edge.asked.put_back(asked)
        edge.asked.runs.put_back(runs)
    await asyncio.to_thread(edge.state.flush)
    await asyncio.to_thread(edge.state.forget_old, now=now_ms() // 1000)
    await asyncio.to_thread(_write_figures, edge)


async def tell_served(edge: Edge) -> None:
    """Journal each first delivery that is not journaled yet."""
    while edge.untold:
        # Taken out before the wait: several downloads may end at once, and each of them comes by here.
        waiting = uses_key, grant_key = edge.untold.pop(0)
        try:
            await edge.ledger.append(FileServed(at=now_ms(), grant_key=grant_key))
        except BaseException:
            edge.untold.insert(0, waiting)
            raise
        uses, _ = edge.state.uses(uses_key)
        edge.state.set_uses(uses_key, uses, told=True)


def _write_figures(edge: Edge) -> None:
    """`run/edge.json`: the counters that the studio's /metrics shows."""
    folder = edge.settings.folder.run
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f".edge.{os.getpid()}"
    figures = {"at": now_ms(), "revision": edge.now.bundle.revision, **edge.ledger.figures, **edge.seen}
    draft.write_bytes(msgspec.json.encode(figures))
    draft.replace(folder / "edge.json")
