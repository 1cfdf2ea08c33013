"""The journal: what the edge appends before it answers, and what the worker reads back.

On SQLite: WAL with `synchronous=FULL`, one row per group commit, each row a sealed box. `NORMAL` would lose acknowledged rows
in a power cut. Another engine (`LEADSTONE_JOURNAL_URL`) is another class with the shape of `JournalSink` and `JournalSource`.
"""

import secrets
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from leadstone.kernel.errors import LeadstoneError
from leadstone.wire.records import AnyRecord
from leadstone.wire.sealing import Opener, UnreadableRecord

LOCK_WAIT_MS = 2000

SCHEMA = (
    "CREATE TABLE IF NOT EXISTS stream (one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL, probed_at INTEGER NOT NULL)",
    # AUTOINCREMENT: a sequence is never used twice, also after the last rows were trimmed; see `leave_behind`, too.
    "CREATE TABLE IF NOT EXISTS commits (sequence INTEGER PRIMARY KEY AUTOINCREMENT,"
    " at INTEGER NOT NULL, records INTEGER NOT NULL, sealed BLOB NOT NULL)",
)


class JournalUnavailable(LeadstoneError):
    """Nothing was recorded; trying again later is safe and sensible."""

    code = "journal_unavailable"
    sentence = "The journal cannot be written: {reason}."


class BadJournalUrl(LeadstoneError):
    code = "bad_journal_url"
    sentence = "LEADSTONE_JOURNAL_URL: {url} is not of the form sqlite:///path."


class Connection(Protocol):
    """What the journal needs of a database connection in autocommit mode: `sqlite3` and `apsw` both have it."""

    def execute(self, sql: str, parameters: tuple[Any, ...] = ..., /) -> Iterable[Any]: ...

    def close(self) -> None: ...


Connect = Callable[[Path], Connection]


@dataclass(frozen=True, slots=True)
class Commit:
    """One group commit. A record is named by (stream, sequence, its position in `records`)."""

    stream: str
    sequence: int
    at: int  # milliseconds since the epoch
    records: tuple[AnyRecord | UnreadableRecord, ...]


class JournalSink(Protocol):
    """The edge's end."""

    def append(self, record: AnyRecord) -> Awaitable[None]:
        """Await it: done once `record` is durable; raises `JournalUnavailable`, at once or when awaited, when it is not."""

    async def probe(self) -> None:
        """Return when a commit succeeded within the last second; raise `JournalUnavailable` otherwise."""

    async def close(self) -> None:
        """Finish what is waiting, then take no more."""


class JournalSource(Protocol):
    """The worker's end. Any number may be open; none is seen by the edge."""

    @property
    def stream(self) -> str:
        """Names this journal for ever; a new file is a new stream whose sequence begins again."""

    def read(self, *, after: int, limit: int) -> list[Commit]:
        """The next commits past sequence `after`, oldest first, until they hold `limit` records or there are no more."""

    def backlog(self, *, after: int) -> int:
        """How many records (not commits) lie past sequence `after`."""

    def leave_behind(self, sequence: int) -> bool:
        """Give nothing from now on a sequence up to this one; returns whether something could have got one.

        Then this journal is an older copy of itself, put back under a database that had drained more of it.
        """

    def trim(self, *, through: int, before: int) -> int:
        """Delete commits up to sequence `through` that are older than `before` (milliseconds); returns how many."""


def journal_file(url: str, *, default: Path) -> Path:
    """The file that `LEADSTONE_JOURNAL_URL` names; raises `BadJournalUrl` for what this version cannot write to."""
    if not url:
        return default
    parts = urlsplit(url)
    if parts.scheme != "sqlite" or parts.netloc or len(parts.path) < 2:
        raise BadJournalUrl(url=url)
    # As elsewhere, three slashes are a relative path and four an absolute one.
    return Path(unquote(parts.path[1:]))


def connect_sqlite(path: Path) -> Connection:
    """A plain connection in autocommit mode; whoever holds it uses it from one thread at a time."""
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False)


def open_journal(path: Path, *, connect: Connect, synchronous: str = "FULL") -> tuple[Connection, str]:
    """An open journal, made if it was missing, and the name of its stream."""
    connection = connect(path)
    try:
        for pragma in (
            f"busy_timeout={LOCK_WAIT_MS}",
            "journal_mode=WAL",
            f"synchronous={synchronous}",
            "secure_delete=ON",
        ):
            list(connection.execute(f"PRAGMA {pragma}"))
        return connection, _stream_of(connection)
    except BaseException:
        connection.close()
        raise


def _stream_of(connection: Connection) -> str:
    if list(connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'commits'")):
        found = list(connection.execute("SELECT id FROM stream"))
        if found:
            return str(found[0][0])
    connection.execute("BEGIN IMMEDIATE")
    try:
        for table in SCHEMA:
            connection.execute(table)
        # Two processes may make the journal at once: the first name stays.
        connection.execute("INSERT OR IGNORE INTO stream VALUES (1, ?, 0)", (secrets.token_hex(16),))
        connection.execute("COMMIT")
    except BaseException:
        roll_back(connection)
        raise
    return str(next(iter(connection.execute("SELECT id FROM stream")))[0])


def leave_behind(connection: Connection, sequence: int) -> bool:
    """Let the next commit come after `sequence`; returns whether it would not have."""
    last = next(iter(connection.execute("SELECT COALESCE(MAX(seq), -1) FROM sqlite_sequence WHERE name = 'commits'")))[0]
    if last >= sequence:
        return False
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Both, because the table has no row before the first commit; SQLite lets it be written (sqlite.org/autoinc.html).
        connection.execute(
            "INSERT INTO sqlite_sequence (name, seq)"
            " SELECT 'commits', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'commits')"
        )
        connection.execute("UPDATE sqlite_sequence SET seq = MAX(seq, ?) WHERE name = 'commits'", (sequence,))
        connection.execute("COMMIT")
    except BaseException:
        roll_back(connection)
        raise
    return True


def roll_back(connection: Connection) -> None:
    """End a transaction that failed; SQLite has already ended it after some errors (full disk), which is as good."""
    try:
        connection.execute("ROLLBACK")
    except Exception as error:
        if "no transaction is active" not in str(error):
            raise


def file_at(path: Path) -> tuple[int, int] | None:
    """Names the file that lies at `path` now, whatever is in it; None when there is none."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return stat.st_dev, stat.st_ino


def now_ms() -> int:
    return time.time_ns() // 1_000_000


class JournalReader:
    """A `JournalSource` on a SQLite file; `private_key` is the hex in `keys/journal.key`."""

    def __init__(self, path: Path, private_key: str, *, connect: Connect = connect_sqlite) -> None:
        self._path = path
        self._opener = Opener(private_key)
        self._connection, self._stream = open_journal(path, connect=connect)
        self._file = file_at(path)

    @property
    def stream(self) -> str:
        return self._stream

    @property
    def replaced(self) -> bool:
        """Whether another file lies at the path by now: nobody writes to this one any more."""
        return file_at(self._path) != self._file

    def read(self, *, after: int, limit: int) -> list[Commit]:
        found: list[Commit] = []
        room = limit
        rows = self._connection.execute("SELECT sequence, at, sealed FROM commits WHERE sequence > ? ORDER BY sequence", (after,))
        for sequence, at, sealed in rows:
            commit = Commit(self._stream, sequence, at, self._opener.open(sealed))
            found.append(commit)
            room -= len(commit.records)
            if room <= 0:
                break
        return found

    def backlog(self, *, after: int) -> int:
        total = self._connection.execute("SELECT COALESCE(SUM(records), 0) FROM commits WHERE sequence > ?", (after,))
        return int(next(iter(total))[0])

    def leave_behind(self, sequence: int) -> bool:
        return leave_behind(self._connection, sequence)

    def trim(self, *, through: int, before: int) -> int:
        trimmed = self._connection.execute(
            "DELETE FROM commits WHERE sequence <= ? AND at < ? RETURNING sequence", (through, before)
        )
        return len(list(trimmed))

    def close(self) -> None:
        self._connection.close()
