"""What is in a backup, gathered while it is read: counts, digests, and whether the chains in it are unbroken."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from leadstone.domains.audit import rules as audit
from leadstone.domains.consent.rules import ledger
from leadstone.project.backup.records import FileBegins, FileEnds, Manifest, Piece, Rows, TableBegins, TableEnds, decode_row

LEDGER, AUDIT_LOG = "consent_consentrecord", "audit_auditline"
NAMES = {
    "capture_submission": "submissions",
    "contacts_contact": "contacts",
    "leads_lead": "leads",
    "pipeline_deal": "deals",
    "magnets_magnetversion": "magnet versions",
    "delivery_message": "messages",
    "access_user": "accounts",
}


class Chain:
    """Follows a hash chain whose lines may come a little out of order, as they lie in a table by id."""

    def __init__(self) -> None:
        self._ends: dict[int, str] = {0: "0" * 64}  # sequence → its hash, until its successor comes
        self._beginnings: dict[int, str] = {}  # sequence → the hash it follows, until its predecessor comes
        self.lines = 0
        self._wrong = 0

    def add(self, row: dict[str, Any], *, computed: str) -> None:
        """The next line; `computed` is the hash that its fields give."""
        sequence, previous = row["sequence"], row["previous"]
        self.lines += 1
        if computed != row["hash"]:
            self._wrong = self._wrong or sequence
        before = self._ends.pop(sequence - 1, None)
        if before is None:
            self._beginnings[sequence] = previous
        elif before != previous:
            self._wrong = self._wrong or sequence
        after = self._beginnings.pop(sequence + 1, None)
        if after is None:
            self._ends[sequence] = row["hash"]
        elif after != row["hash"]:
            self._wrong = self._wrong or sequence + 1

    @property
    def problem(self) -> str:
        """What is wrong once every line has come; empty when the chain is whole."""
        if self._wrong:
            return f"line {self._wrong} is not as it was written"
        if self._beginnings:
            return f"a line before line {min(self._beginnings)} is missing"
        return ""


@dataclass
class Inspection:
    """Hears every part of a backup."""

    found: Manifest | None = None
    rows_of: dict[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    ledger: Chain = field(default_factory=Chain)
    audit_log: Chain = field(default_factory=Chain)
    _table: TableBegins | None = None
    _file: str = ""

    def manifest(self, part: Manifest) -> None:
        self.found = part

    def table_begins(self, part: TableBegins) -> None:
        self._table = part

    def rows(self, part: Rows) -> None:
        if self._table is None or self._table.name not in {LEDGER, AUDIT_LOG}:
            return
        for raw in part.rows:
            row = dict(zip(self._table.columns, decode_row(raw), strict=True))
            if self._table.name == LEDGER:
                entry = ledger.Entry(**{name: row[name] for name in ledger.Entry.__dataclass_fields__})
                self.ledger.add(row, computed=ledger.hash_of(entry, previous=row["previous"]))
            elif row["sequence"] is not None:  # else it was not chained yet
                line = audit.Entry(**{name: row[name] for name in audit.Entry.__dataclass_fields__})
                self.audit_log.add(row, computed=audit.hash_of(line, previous=row["previous"]))

    def table_ends(self, part: TableEnds) -> None:
        if self._table:
            self.rows_of[self._table.name] = part.rows

    def file_begins(self, part: FileBegins) -> None:
        self._file = part.path

    def piece(self, part: Piece) -> None:
        """Pieces are counted where they are authenticated."""

    def file_ends(self, part: FileEnds) -> None:
        self.digests[self._file] = part.digest

    def files_in(self, folder: str) -> int:
        return sum(path.startswith(f"{folder}/") for path in self.digests)


def told(taken_at: datetime) -> str:
    return f"{taken_at:%Y-%m-%d %H:%M:%S} UTC"


def settings_line(manifest: Manifest) -> str:
    """The settings that the original ran with, as one would type them; passwords were never in the backup."""
    return " ".join(f"{name}={value}" for name, value in sorted(manifest.settings.items()))
