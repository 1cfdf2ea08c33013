"""The edge's one way to the journal: opened once the bundle names the key to seal for."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from leadstone.wire.journal import Connect, JournalUnavailable, connect_sqlite
from leadstone.wire.journal_writer import JournalWriter
from leadstone.wire.records import AnyRecord


class Ledger:
    """A `JournalSink` that outlives a change of key, and refuses clearly while there is none."""

    def __init__(self, path: Path, *, after_commit: Callable[[], None], connect: Connect = connect_sqlite) -> None:
        self._path = path
        self._after_commit = after_commit
        self._connect = connect
        self._key = ""
        self._writer: JournalWriter | None = None
        self._old: list[JournalWriter] = []

    def seal_for(self, public_key: str) -> None:
        """Seal for the holder of this key from now on."""
        if public_key == self._key:
            return
        if self._writer is not None:
            self._old.append(self._writer)
        self._key = public_key
        self._writer = JournalWriter(self._path, public_key, connect=self._connect, after_commit=self._after_commit)

    def append(self, record: AnyRecord) -> Awaitable[None]:
        return self._open().append(record)

    async def probe(self) -> None:
        await self._open().probe()

    async def close(self) -> None:
        for writer in (*self._old, self._writer):
            if writer is not None:
                await writer.close()

    @property
    def figures(self) -> dict[str, int]:
        """What was written since the start, for the metrics."""
        writers = [writer for writer in (*self._old, self._writer) if writer is not None]
        return {
            "journal_records_written": sum(writer.records_written for writer in writers),
            "journal_commits": sum(writer.commits_written for writer in writers),
            "journal_commits_failed": sum(writer.commits_failed for writer in writers),
        }

    def _open(self) -> JournalWriter:
        if self._writer is None:
            raise JournalUnavailable(reason="nothing was published yet, so there is no key to seal for")
        return self._writer
