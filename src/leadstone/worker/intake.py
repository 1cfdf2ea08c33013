"""From the journal to the leads, and from events to what answers them."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from leadstone.flows.journal_drained import drain
from leadstone.flows.reactions import REACTIONS
from leadstone.infra.outbox import queries as outbox_queries
from leadstone.infra.outbox import services as outbox
from leadstone.wire.journal import JournalReader

DRAIN_AT_ONCE = 200  # records; small enough that nothing else waits for long
FULL_LOOK_EVERY = 20  # rests, after which the journal is read although its file looks untouched


class Intake:
    """Used from one thread. `on_reacted` is called when reactions may have queued something."""

    def __init__(self, *, journal: Path, private_key: str, clock: Callable[[], datetime], on_reacted: Callable[[], None]) -> None:
        self._journal = journal
        self._private_key = private_key
        self._clock = clock
        self._on_reacted = on_reacted
        self._reader: JournalReader | None = None
        self._seen: tuple[object, ...] = ()
        self._rests = 0

    def drain(self) -> bool:
        """Take the next records in; returns whether there were any. An untouched file costs one look at its times."""
        seen = self._signature()
        self._rests += 1
        if seen == self._seen and self._rests % FULL_LOOK_EVERY:
            return False
        if drain(self._open(), now=self._clock(), limit=DRAIN_AT_ONCE):
            return True
        # Only an empty look proves that everything up to `seen` was read.
        self._seen = seen
        return False

    def react(self) -> bool:
        """Answer waiting events; returns whether there were any."""
        now = self._clock()
        if not outbox_queries.anything_due(now=now):
            return False
        finished = outbox.react(REACTIONS, now=now)
        self._on_reacted()
        return finished > 0

    def reader(self) -> JournalReader:
        return self._open()

    def close(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def _open(self) -> JournalReader:
        if self._reader is not None and self._reader.replaced:
            self.close()
        if self._reader is None:
            self._reader = JournalReader(self._journal, self._private_key)
        return self._reader

    def _signature(self) -> tuple[object, ...]:
        """Changes with every commit: on a SQLite file in WAL mode either the file or its log grows or is rewritten."""
        return tuple(_stamp(path) for path in (self._journal, self._journal.with_name(self._journal.name + "-wal")))


def _stamp(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return (0, 0)
    return (stat.st_mtime_ns, stat.st_size)
