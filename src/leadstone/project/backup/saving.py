"""`leadstone backup FILE`: everything that this installation keeps, in one encrypted file, while it goes on working.

The database is read as of one moment. The journal is copied after that moment: so every form that was acknowledged is either
in the snapshot's effects or in the journal, beyond the snapshot's cursor.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import msgspec
from django.conf import settings
from django.db import connection
from rich.console import Console

from leadstone import __version__
from leadstone.domains.audit import services as audit
from leadstone.domains.audit.rules import Action, Subject
from leadstone.infra.blobs.store import sync_folder
from leadstone.kernel.errors import LeadstoneError
from leadstone.project.backup import files, tables
from leadstone.project.backup.journals import JournalWatch, refuse_trimmed
from leadstone.project.backup.locks import Lock, key_path_of, passphrase_lock, random_lock, write_key
from leadstone.project.backup.records import (
    AnyPart,
    Closing,
    FileBegins,
    FileEnds,
    Manifest,
    Piece,
    Rows,
    TableBegins,
    TableEnds,
    encode,
)
from leadstone.project.backup.vault import VaultWriter
from leadstone.project.environment import Environment, environment
from leadstone.project.migration_stamp import is_migrated


class FileExists(LeadstoneError):
    code = "backup_exists"
    sentence = "{path} is already there. Choose another name: a backup never replaces anything."


class NoSuchFolder(LeadstoneError):
    code = "backup_no_folder"
    sentence = "There is no folder {path} to write the backup into."


@dataclass(frozen=True, slots=True)
class Saved:
    """What went into the file."""

    size_bytes: int
    tables: int
    rows: int
    files: int
    key: Path | None  # where the random key was written; None when a passphrase opens the file


def show(target: Path, *, passphrase_file: Path | None) -> None:
    """Take the backup and say what is in it and where its key lies."""
    given = environment()
    with Console(stderr=True).status("Taking the backup …"):
        saved = save(target, passphrase_file=passphrase_file, given=given, clock=lambda: datetime.now(UTC))
    if is_migrated(given.folder, given.database_url):
        # A database that still has an earlier shape may not know this log yet.
        facts = {"rows": saved.rows, "files": saved.files}
        audit.note(actor_id=None, action=Action.BACKUP_MADE, subject=Subject.INSTALLATION, facts=facts, now=datetime.now(UTC))
    print(f"{target}: {saved.size_bytes / 1e6:,.1f} MB, {saved.rows:,} rows of {saved.tables} tables, {saved.files:,} files.")
    if saved.key:
        print(f"Its key is {saved.key}: keep it apart from the backup, for whoever has both reads everything.")
    else:
        print("It opens with the passphrase only; nobody can recover it without.")


def save(target: Path, *, passphrase_file: Path | None, given: Environment, clock: Callable[[], datetime]) -> Saved:
    """Write the backup to `target`, mode 0600. Whatever fails, nothing is left behind: neither half a file nor a key."""
    key_path = None if passphrase_file else key_path_of(target)
    _refuse_taken(target, key_path)
    lock = passphrase_lock(passphrase_file) if passphrase_file else random_lock()
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    left_behind = [draft]
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            closing_part = _write(file, lock, scratch=target.parent, given=given, clock=clock)
            file.flush()
            os.fsync(file.fileno())
        if key_path:
            write_key(key_path, lock)
            left_behind.append(key_path)
        draft.rename(target)
    except BaseException:
        for path in left_behind:
            path.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)
    return Saved(target.stat().st_size, closing_part.tables, closing_part.rows, closing_part.files, key_path)


def _refuse_taken(target: Path, key_path: Path | None) -> None:
    if not target.parent.is_dir():
        raise NoSuchFolder(path=target.parent)
    for path in (target, key_path):
        if path is not None and os.path.lexists(path):
            raise FileExists(path=path)


def _write(file: BinaryIO, lock: Lock, *, scratch: Path, given: Environment, clock: Callable[[], datetime]) -> Closing:
    writer = _PartWriter(VaultWriter(file, lock))
    journal = dict(files.sqlite_files(given)).get(files.JOURNAL)
    watch = JournalWatch(journal) if journal else None
    waiting = None
    with tables.snapshot():
        migrations = tables.applied_migrations()
        writer.put(_manifest(migrations, given=given, taken_at=clock()))
        if watch:
            waiting = watch.waiting_after(tables.journal_cursor(watch.stream))
        for shape in tables.shapes_at(migrations):
            writer.table(shape)
    for name, source in files.sqlite_files(given):
        copy = files.copied_sqlite(source, into=scratch)
        try:
            if name == files.JOURNAL and waiting:
                refuse_trimmed(copy, waiting)
            writer.file(name, copy, mode=files.GROUP_READS)
        finally:
            copy.unlink()
    ended_at = clock()
    for kept in files.files_of(given):
        writer.file(kept.path, kept.source, mode=kept.mode)
    return writer.close(ended_at=ended_at)


def _manifest(migrations: list[tuple[str, str]], *, given: Environment, taken_at: datetime) -> Manifest:
    return Manifest(
        taken_at=taken_at,
        version=__version__,
        database=connection.vendor,
        migrations=migrations,
        folder=str(given.folder.root),
        settings={name: value for name, value, _ in settings.INSTALLATION if name in os.environ and name != "LEADSTONE_DATA"},
    )


class _PartWriter:
    """Writes parts and counts them."""

    def __init__(self, vault: VaultWriter) -> None:
        self._vault = vault
        self._tables = self._rows = self._files = 0

    def put(self, part: AnyPart) -> None:
        self._vault.put(encode(part), last=isinstance(part, Closing))

    def table(self, shape: tables.Shape) -> None:
        self.put(TableBegins(shape.table, shape.columns))
        digest, count = tables.row_digest(), 0
        for portion in tables.in_portions(tables.rows_of(shape)):
            for row in portion:
                digest.update(row)
            count += len(portion)
            self.put(Rows([msgspec.Raw(row) for row in portion]))
        self.put(TableEnds(count, digest.hexdigest(), tables.last_id(shape)))
        self._tables += 1
        self._rows += count

    def file(self, path: str, source: Path, *, mode: int) -> None:
        """A file that is gone by now is left out: the database has forgotten it too, or its mail was read and moved."""
        try:
            pieces = files.pieces_of(source)
            piece = next(pieces, b"")
        except FileNotFoundError:
            return
        self.put(FileBegins(path, mode))
        digest, size = files.file_digest(), 0
        while piece:
            digest.update(piece)
            size += len(piece)
            self.put(Piece(piece))
            piece = next(pieces, b"")
        self.put(FileEnds(size, digest.hexdigest()))
        self._files += 1

    def close(self, *, ended_at: datetime) -> Closing:
        part = Closing(self._tables, self._rows, self._files, ended_at)
        self.put(part)
        return part
