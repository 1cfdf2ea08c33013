"""Where things lie in the data folder (`LEADSTONE_DATA`). Names only; nothing is opened here."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The layout of one installation's data. Files under `keys/` have mode 0600."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "leadstone.sqlite3"

    @property
    def journal(self) -> Path:
        return self.root / "journal.sqlite3"

    @property
    def edge_state(self) -> Path:
        return self.root / "edge_state.sqlite3"

    @property
    def bundle(self) -> Path:
        return self.root / "bundle"

    @property
    def blobs(self) -> Path:
        return self.root / "blobs"

    @property
    def lake(self) -> Path:
        """What happened, as Parquet files under pseudonyms: a folder a month. Which of them count is told by the database."""
        return self.root / "lake"

    @property
    def corpus(self) -> Path:
        """Plain texts of the company's own choosing, to compare the files of its magnets with; need not exist."""
        return self.root / "corpus"

    @property
    def mail(self) -> Path:
        """A standard Maildir: every message of an installation without a mail server."""
        return self.root / "mail"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def erasures(self) -> Path:
        """Who was erased or stopped, as keyed hashes; kept outside the backups, for the day on which one is restored."""
        return self.root / "erasures.log"

    @property
    def restoring(self) -> Path:
        """There while a backup is being restored, and left by a restore that was interrupted."""
        return self.root / "restoring"

    @property
    def run(self) -> Path:
        """Process ids, the door key between edge and portal, metrics of each process."""
        return self.root / "run"
