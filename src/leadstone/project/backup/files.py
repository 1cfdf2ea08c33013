"""The files of the data folder that a backup holds: journal, the edge's memory, what lies behind magnets, lake, keys, mail.

What can be made anew (the bundle) and what belongs to running processes (`run/`) is left out.
"""

import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from leadstone.infra.blobs.store import KEY
from leadstone.infra.lake.folder import LakeFolder
from leadstone.kernel.errors import LeadstoneError
from leadstone.project.environment import Environment
from leadstone.wire.data_folder import DataFolder
from leadstone.wire.journal import journal_file

PIECE_BYTES = 256 * 1024
JOURNAL = "journal.sqlite3"
EDGE_STATE = "edge_state.sqlite3"
SECRET_KEY = "keys/secret.key"
# The folders that a backup may write into, beside the two files above.
FOLDERS = frozenset({"keys", "blobs", "lake", "mail"})
OWNER_ONLY, GROUP_READS = 0o600, 0o640


class StrangePath(LeadstoneError):
    code = "backup_strange_path"
    sentence = "The backup names a file {path}, which has no place in a data folder. Nothing was written."


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file to back up: `path` is its name in the backup, `source` where it lies."""

    path: str
    source: Path
    mode: int


def files_of(given: Environment) -> Iterator[KeptFile]:
    """The immutable files, in the order in which they are written; one that was deleted meanwhile may be named."""
    folder = given.folder
    for path in _names(folder.blobs):
        if KEY.fullmatch(path.name):
            yield KeptFile(f"blobs/{path.name}", path, GROUP_READS)
    lake = LakeFolder(folder.lake)
    # A file that a larger one has replaced stays for days: what the snapshot knows of is still there.
    for name in lake.names():
        yield KeptFile(f"lake/{name}", lake.path(name), GROUP_READS)
    for path in _names(folder.keys):
        if not path.name.startswith("."):
            yield KeptFile(f"keys/{path.name}", path, OWNER_ONLY)
    if given.secret_key_file and given.secret_key_file.resolve() != (folder.keys / "secret.key").resolve():
        yield KeptFile(SECRET_KEY, given.secret_key_file, OWNER_ONLY)
    yield from _mails(folder)


def sqlite_files(given: Environment) -> Iterator[tuple[str, Path]]:
    """The databases beside the database: name in the backup, where it lies; only those that exist."""
    journal = journal_file(given.journal_url, default=given.folder.journal)
    for name, path in ((JOURNAL, journal), (EDGE_STATE, given.folder.edge_state)):
        if path.exists():
            yield name, path


def copied_sqlite(source: Path, *, into: Path) -> Path:
    """A consistent copy of an SQLite file that others write to, as one file in the folder `into`; the caller removes it."""
    handle, name = tempfile.mkstemp(prefix=".leadstone-", suffix=".sqlite3", dir=into)
    os.close(handle)
    copy = Path(name)
    try:
        with closing(sqlite3.connect(f"file:{source}?mode=rw", uri=True)) as original, closing(sqlite3.connect(copy)) as target:
            original.backup(target)
            # Else whoever opens the copy would need the log beside it.
            target.execute("PRAGMA journal_mode=DELETE")
    except BaseException:
        copy.unlink(missing_ok=True)
        raise
    return copy


def pieces_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            yield piece


def file_digest() -> "hashlib.blake2b":
    return hashlib.blake2b(digest_size=32)


def place_of(path: str, *, folder: DataFolder) -> Path:
    """Where a file of a backup belongs; raises `StrangePath` for anything that leads elsewhere."""
    parts = PurePosixPath(path).parts
    ordinary = all(part not in {"", ".", ".."} and "\0" not in part for part in parts) and not path.startswith("/")
    if ordinary and (path in {JOURNAL, EDGE_STATE} or (len(parts) > 1 and parts[0] in FOLDERS)):
        return folder.root.joinpath(*parts)
    raise StrangePath(path=path)


def _mails(folder: DataFolder) -> Iterator[KeptFile]:
    seen: set[str] = set()
    # A mail reader moves a message from new/ to cur/: in this order none is missed, and none counts twice.
    for part in ("new", "cur"):
        for path in _names(folder.mail / part):
            base = path.name.partition(":")[0]
            if base not in seen:
                seen.add(base)
                yield KeptFile(f"mail/{part}/{path.name}", path, OWNER_ONLY)


def _names(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (
            Path(entry.path) for entry in sorted(os.scandir(folder), key=lambda e: e.name) if entry.is_file(follow_symlinks=False)
        )
