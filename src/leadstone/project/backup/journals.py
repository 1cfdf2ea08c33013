"""The journal of a backup: copied after the database, and proven to hold everything that the database had not taken in yet.

Drained records are trimmed a week later. A worker that starts after a long rest may drain and trim old ones between the two
looks; then they would be in neither.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from leadstone.kernel.errors import LeadstoneError

_EXISTS = "SELECT 1 FROM sqlite_master WHERE name = 'commits'"


class JournalTrimmed(LeadstoneError):
    code = "backup_journal_trimmed"
    sentence = "The journal was trimmed while the backup was taken, so it would not be complete. Take it again."


@dataclass(frozen=True, slots=True)
class Waiting:
    """The commits beyond a cursor that were there before the database was read: how many, up to which sequence."""

    after: int
    through: int
    number: int


class JournalWatch:
    """One moment of the journal, held from before the database's moment until `waiting_after`."""

    def __init__(self, journal: Path) -> None:
        self._connection = sqlite3.connect(f"file:{journal}?mode=rw", uri=True, isolation_level=None)
        self._connection.execute("BEGIN")
        self._is_there = bool(self._connection.execute(_EXISTS).fetchone())

    @property
    def stream(self) -> str:
        """The journal's name; empty before the edge has written its first row."""
        return str(self._connection.execute("SELECT id FROM stream").fetchone()[0]) if self._is_there else ""

    def waiting_after(self, cursor: int) -> Waiting:
        """What had not taken effect by `cursor`; the last question."""
        with closing(self._connection):
            if not self._is_there:
                return Waiting(cursor, cursor, 0)
            asked = "SELECT COALESCE(MAX(sequence), ?), COUNT(*) FROM commits WHERE sequence > ?"
            through, number = self._connection.execute(asked, (cursor, cursor)).fetchone()
            return Waiting(cursor, through, number)


def refuse_trimmed(copy: Path, waiting: Waiting) -> None:
    """Raise `JournalTrimmed` when `copy` lacks one of the commits that waited."""
    if not waiting.number:
        return
    with closing(sqlite3.connect(copy)) as file:
        (number,) = file.execute(
            "SELECT COUNT(*) FROM commits WHERE sequence > ? AND sequence <= ?", (waiting.after, waiting.through)
        ).fetchone()
    if number != waiting.number:
        raise JournalTrimmed
