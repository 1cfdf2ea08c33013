"""Whether the database was already brought to this version's shape, told from a file without opening the database."""

import hashlib
from importlib.metadata import version
from pathlib import Path

from leadstone.wire.data_folder import DataFolder

PACKAGE = Path(__file__).resolve().parent.parent
# Libraries that bring migrations of their own.
LIBRARIES = ("django", "django-allauth")


def fingerprint(database_url: str) -> str:
    """What has to be equal for the last `migrate` to be still enough."""
    ours = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.glob("*/*/migrations/[0-9]*.py"))
    parts = [database_url, *ours, *(f"{name} {version(name)}" for name in LIBRARIES)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def stamp_of(folder: DataFolder) -> Path:
    return folder.run / "migrated"


def is_migrated(folder: DataFolder, database_url: str) -> bool:
    """True when `migrate` ran with these migrations on this database, and an SQLite file is still there."""
    stamp = stamp_of(folder)
    if not database_url and not folder.database.exists():
        return False
    return stamp.exists() and stamp.read_text() == fingerprint(database_url)


def note_migrated(folder: DataFolder, database_url: str) -> None:
    """Keep that `migrate` has just succeeded."""
    folder.run.mkdir(parents=True, exist_ok=True)
    stamp_of(folder).write_text(fingerprint(database_url))
