"""Group commit: every record that waits shares one seal and one fsync, and none is acknowledged before it."""

import asyncio
import contextlib
import queue
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import structlog

from leadstone.wire.journal import (
    Connect,
    Connection,
    JournalUnavailable,
    connect_sqlite,
    file_at,
    leave_behind,
    now_ms,
    open_journal,
)
from leadstone.wire.records import AnyRecord
from leadstone.wire.sealing import Sealer

log = structlog.get_logger()

ENOUGH_FOR_A_COMMIT = 512
MOST_WAITING = 8192  # beyond this an honest "later" is better than a long wait
PROBE_EVERY_SECONDS = 1.0
# Once so many come together, each waits a moment for more of them, as with PostgreSQL's commit_siblings and commit_delay: the
# two threads then hand the interpreter over less often, which takes more time than the millisecond does.
CROWD = 8
GATHER_SECONDS = 0.001

Waiter = tuple[AnyRecord | None, "asyncio.Future[None]"]  # None: a probe, which only wants a commit


class JournalWriter:
    """A `JournalSink` on a SQLite file, with one writer thread of its own.

    A commit that fails fails all who wait for it and nobody else: the file is opened anew for the next ones, so the writer
    recovers by itself once there is space, or the lock is gone. `after_commit` runs in the writer thread after each commit
    and before the acknowledgement.
    """

    def __init__(
        self,
        path: Path,
        public_key: str,
        *,
        connect: Connect = connect_sqlite,
        after_commit: Callable[[], None] | None = None,
        synchronous: str = "FULL",  # anything else loses acknowledged records; tests show it
    ) -> None:
        self._path = path
        self._sealer = Sealer(public_key)
        self._connect = connect
        self._after_commit = after_commit
        self._synchronous = synchronous
        self._coming: list[Waiter] = []  # from this turn of the loop
        self._waiting: queue.SimpleQueue[list[Waiter] | None] = queue.SimpleQueue()
        self._waiting_count = 0
        self._connection: Connection | None = None
        self._file: tuple[int, int] | None = None
        self._committed_at = -PROBE_EVERY_SECONDS  # monotonic
        self._closed = False
        self.records_written = 0
        self.commits_written = 0
        self.commits_failed = 0
        self._loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._run, name="journal-writer", daemon=True)
        self._thread.start()

    def append(self, record: AnyRecord) -> Awaitable[None]:
        # The future itself and no coroutine around it: every frame between it and the door is walked again for each record.
        return self._wait_for(record)

    async def probe(self) -> None:
        if time.monotonic() - self._committed_at >= PROBE_EVERY_SECONDS:
            await self._wait_for(None)

    async def close(self) -> None:
        if not self._closed:
            self._closed = True
            self._hand_over()
            self._waiting.put(None)
        await asyncio.to_thread(self._thread.join)

    def _wait_for(self, record: AnyRecord | None) -> "asyncio.Future[None]":
        if self._closed:
            raise JournalUnavailable(reason="the edge is stopping")
        if self._waiting_count >= MOST_WAITING:
            raise JournalUnavailable(reason="too much is waiting")
        future: asyncio.Future[None] = self._loop.create_future()
        self._waiting_count += 1
        if not self._coming:
            # All who come in one turn of the loop go over together: waking the writer for each would only make the two
            # threads quarrel over the interpreter.
            self._loop.call_soon(self._hand_over)
        self._coming.append((record, future))
        return future

    def _hand_over(self) -> None:
        if self._coming:
            self._waiting.put(self._coming)
            self._coming = []

    def _run(self) -> None:
        while (group := self._next_group()) is not None:
            error = self._try_to_commit([record for record, _ in group if record is not None])
            futures = [future for _, future in group]
            # A loop that was closed has nobody left to tell.
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._resolve, futures, error)
        if self._connection is not None:
            self._connection.close()

    def _next_group(self) -> list[Waiter] | None:
        group = self._waiting.get()
        if group is not None and self._waiting_count >= CROWD and not self._closed:
            time.sleep(GATHER_SECONDS)
        while group is not None and len(group) < ENOUGH_FOR_A_COMMIT:
            try:
                more = self._waiting.get_nowait()
            except queue.Empty:
                break
            if more is None:
                self._waiting.put(None)  # closing: this group first, then the end
                break
            group += more
        return group

    def _resolve(self, futures: "list[asyncio.Future[None]]", error: JournalUnavailable | None) -> None:
        self._waiting_count -= len(futures)
        for future in futures:
            if future.done():  # its client went away
                continue
            if error is None:
                future.set_result(None)
            else:
                future.set_exception(error)

    def _try_to_commit(self, records: list[AnyRecord]) -> JournalUnavailable | None:
        try:
            if records or time.monotonic() - self._committed_at >= PROBE_EVERY_SECONDS:
                self._commit(records)
        except Exception as fault:
            self.commits_failed += 1
            log.error("journal.commit_failed", because=_reason(fault), records=len(records))
            self._forget_connection()
            refusal = JournalUnavailable(reason=_reason(fault))
            refusal.__cause__ = fault
            return refusal
        self._notify()
        return None

    def _commit(self, records: list[AnyRecord]) -> None:
        if self._connection is not None and file_at(self._path) != self._file:
            # Somebody moved or deleted the file: what is written into the open one, nobody would ever read.
            log.error("journal.replaced")
            self._forget_connection()
        if self._connection is None:
            self._connection, _ = open_journal(self._path, connect=self._connect, synchronous=self._synchronous)
            self._file = file_at(self._path)
            # The file may be an older copy of itself. Its numbers then end below what the worker has drained, and what came next
            # would pass for drained; no journal ever had as many commits as microseconds have passed, so those are free.
            leave_behind(self._connection, time.time_ns() // 1000)
        at = now_ms()
        connection = self._connection
        # One statement is one transaction, and the interpreter is let go of once instead of three times.
        if records:
            connection.execute(
                "INSERT INTO commits (at, records, sealed) VALUES (?, ?, ?)", (at, len(records), self._sealer.seal(records))
            )
        else:
            connection.execute("UPDATE stream SET probed_at = ?", (at,))
        self._committed_at = time.monotonic()
        self.records_written += len(records)
        self.commits_written += 1

    def _forget_connection(self) -> None:
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            connection.close()  # ends the open transaction, too
        except Exception as fault:
            log.error("journal.close_failed", because=_reason(fault))

    def _notify(self) -> None:
        if self._after_commit is None:
            return
        try:
            self._after_commit()
        except Exception:
            # What runs beside the journal (counters) must never cost a record its acknowledgement.
            log.exception("journal.after_commit_failed")


def _reason(fault: Exception) -> str:
    """What a person can act on; SQLite's two libraries word these alike."""
    text = str(fault)
    if "full" in text:
        return "the disk is full"
    if "locked" in text or "busy" in text:
        return "another program holds it locked"
    if "unable to open" in text or "readonly" in text:
        return f"{type(fault).__name__}, check that its folder exists and may be written"
    return f"{type(fault).__name__}: {text}"
