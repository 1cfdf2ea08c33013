"""Backups as a test looks at them: restored through the command line, compared row by row."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from leadstone.project.backup.reading import opened, read
from leadstone.project.backup.records import FileBegins, FileEnds, Manifest, Piece, Rows, TableBegins, TableEnds, decode_row
from tests.project.test_command_line import leadstone

GENERATIONS = Path(__file__).parent / "generations"
# The database of this small installation has the shape of commit 7e8741f, before there were stages and activities.
EARLIEST = GENERATIONS / "7e8741f.backup"

_sorted = msgspec.msgpack.Encoder(order="sorted")  # PostgreSQL keeps the keys of JSON in an order of its own


@dataclass
class Contents:
    """Hears a whole backup: table → row by id, file → bytes."""

    tables: dict[str, dict[Any, bytes]] = field(default_factory=dict)
    last_ids: dict[str, int | None] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    migrations: list[tuple[str, str]] = field(default_factory=list)
    _table: TableBegins | None = None
    _file: str = ""

    def manifest(self, part: Manifest) -> None:
        self.migrations = part.migrations

    def table_begins(self, part: TableBegins) -> None:
        self._table, self.tables[part.name] = part, {}

    def rows(self, part: Rows) -> None:
        assert self._table is not None
        for raw in part.rows:
            row = dict(zip(self._table.columns, decode_row(raw), strict=True))
            self.tables[self._table.name][next(iter(row.values()))] = _sorted.encode(row)

    def table_ends(self, part: TableEnds) -> None:
        assert self._table is not None
        self.last_ids[self._table.name] = part.last_id

    def file_begins(self, part: FileBegins) -> None:
        self._file, self.files[part.path] = part.path, b""

    def piece(self, part: Piece) -> None:
        self.files[self._file] += part.data

    def file_ends(self, part: FileEnds) -> None:
        assert len(self.files[self._file]) == part.size

    def decoded(self, table: str) -> list[dict[str, Any]]:
        return [msgspec.msgpack.decode(row) for row in self.tables[table].values()]

    def counts(self) -> dict[str, int]:
        return {table: len(rows) for table, rows in self.tables.items()}


def contents_of(backup: Path) -> Contents:
    contents = Contents()
    read(opened(backup, key_file=None, passphrase_file=None), contents, version="test")
    return contents


@dataclass(frozen=True)
class Installation:
    """A data folder and its database, spoken to through the command line."""

    data: Path
    database_url: str = ""

    def tell(self, *words: str, typed: str = "") -> str:
        """Run a command that must succeed; what it printed."""
        done = leadstone(*words, data=self.data, typed=typed, LEADSTONE_DATABASE_URL=self.database_url)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def refusal(self, *words: str) -> str:
        """Run a command that must be refused; its one sentence."""
        done = leadstone(*words, data=self.data, LEADSTONE_DATABASE_URL=self.database_url)
        assert done.returncode == 1, done.stdout + done.stderr
        (line,) = done.stderr.strip().splitlines()
        return line.removeprefix("leadstone: ")

    def status(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.tell("status", "--json"))
        return told


def restored(into: Path, new_database: Callable[[], str], *, backup: Path = EARLIEST) -> Installation:
    """An installation made of `backup` in the folder `into`, on the suite's database."""
    installation = Installation(into, new_database())
    installation.tell("restore", str(backup), "--no-erasures")
    return installation
