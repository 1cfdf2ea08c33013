"""What is in a backup, gathered while it is read: counts, digests, and whether the chains in it are unbroken."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from leadstone.domains.consent.rules.ledger import BEGINNING, Entry, hash_of
from leadstone.project.backup.records import FileBegins, FileEnds, Manifest, Piece, Rows, TableBegins, TableEnds, decode_row

LEDGER = "consent_consentrecord"
NAMES = {
    "capture_submission": "submissions",
    "contacts_contact": "contacts",
    "leads_lead": "leads",
    "pipeline_deal": "deals",
    "magnets_magnetversion": "magnet versions",
    "delivery_message": "messages",
    "access_user": "accounts",
}


@dataclass
class Inspection:
    """Hears every part of a backup. `broken_ledger`: what is wrong with the consent ledger, empty when nothing is."""

    found: Manifest | None = None
    rows_of: dict[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    bytes_of: dict[str, int] = field(default_factory=dict)
    broken_ledger: str = ""
    _table: TableBegins | None = None
    _file: str = ""
    _previous: str = BEGINNING
    _records: int = 0

    def manifest(self, part: Manifest) -> None:
        self.found = part

    def table_begins(self, part: TableBegins) -> None:
        self._table = part

    def rows(self, part: Rows) -> None:
        if self._table and self._table.name == LEDGER and not self.broken_ledger:
            for raw in part.rows:
                self._follow(dict(zip(self._table.columns, decode_row(raw), strict=True)))

    def table_ends(self, part: TableEnds) -> None:
        if self._table:
            self.rows_of[self._table.name] = part.rows

    def file_begins(self, part: FileBegins) -> None:
        self._file = part.path

    def piece(self, part: Piece) -> None:
        """Pieces are counted where they are authenticated."""

    def file_ends(self, part: FileEnds) -> None:
        self.digests[self._file] = part.digest
        self.bytes_of[self._file] = part.size

    def files_in(self, folder: str) -> int:
        return sum(path.startswith(f"{folder}/") for path in self.digests)

    def _follow(self, row: dict[str, Any]) -> None:
        """The next record of the ledger, which is written in the order of its sequence."""
        self._records += 1
        if self.broken_ledger or row["sequence"] != self._records or row["previous"] != self._previous:
            self.broken_ledger = self.broken_ledger or f"record {self._records} does not follow the one before it"
            return
        entry = Entry(**{name: row[name] for name in Entry.__dataclass_fields__})
        if hash_of(entry, previous=self._previous) != row["hash"]:
            self.broken_ledger = f"record {self._records} was changed"
        self._previous = row["hash"]


def told(taken_at: datetime) -> str:
    return f"{taken_at:%Y-%m-%d %H:%M:%S} UTC"


def settings_line(manifest: Manifest) -> str:
    """The settings that the original ran with, as one would type them; passwords were never in the backup."""
    return " ".join(f"{name}={value}" for name, value in sorted(manifest.settings.items()))
