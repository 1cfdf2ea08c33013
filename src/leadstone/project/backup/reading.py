"""Reading a backup: every part authenticated, in its order, and counted against what the backup says of itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NoReturn, Protocol

import msgspec

from leadstone.kernel.errors import LeadstoneError
from leadstone.project.backup.files import file_digest
from leadstone.project.backup.locks import find_key, key_path_of
from leadstone.project.backup.records import (
    FORMAT,
    AnyPart,
    Closing,
    FileBegins,
    FileEnds,
    Manifest,
    Piece,
    Rows,
    TableBegins,
    TableEnds,
    decode,
)
from leadstone.project.backup.vault import BackupDamaged, NoBackup, frames, read_lock_facts


class FormatNewer(LeadstoneError):
    code = "backup_format_newer"
    sentence = "{file} was written by a newer Leadstone, in a form that this version ({version}) does not know."


@dataclass(frozen=True, slots=True)
class Opened:
    """A backup and what opens it."""

    path: Path
    key: bytes

    @property
    def name(self) -> str:
        return str(self.path)


class Listener(Protocol):
    """What hears of every part of a backup, in its order."""

    def manifest(self, part: Manifest) -> None: ...

    def table_begins(self, part: TableBegins) -> None: ...

    def rows(self, part: Rows) -> None: ...

    def table_ends(self, part: TableEnds) -> None: ...

    def file_begins(self, part: FileBegins) -> None: ...

    def piece(self, part: Piece) -> None: ...

    def file_ends(self, part: FileEnds) -> None: ...


def opened(path: Path, *, key_file: Path | None, passphrase_file: Path | None) -> Opened:
    """The backup with its key; raises the mistake that says what is missing."""
    with _file(path) as file:
        facts = read_lock_facts(file, name=str(path))
    return Opened(path, find_key(facts, key_file=key_file or key_path_of(path), passphrase_file=passphrase_file))


def read(backup: Opened, listener: Listener, *, version: str) -> tuple[Manifest, Closing]:
    """Tell `listener` of everything, and return once the end has proven that it was all.

    Raises `BackupDamaged` at the first part that is not as it was written; `listener` has heard only what came before.
    """
    counts = _Counts(backup.name)
    with _file(backup.path) as file:
        parts = (_decoded(frame, name=backup.name) for frame in frames(file, backup.key, name=backup.name))
        first = next(parts)
        if not isinstance(first, Manifest):
            counts.wrong("it does not begin with its manifest")
        if first.format > FORMAT:
            raise FormatNewer(file=backup.name, version=version)
        listener.manifest(first)
        last: AnyPart = first
        for last in parts:
            counts.add(last)
            _tell(listener, last)
    if not isinstance(last, Closing) or (last.tables, last.rows, last.files) != counts.seen:
        counts.wrong("it does not hold what it says at its end")
    return first, last


def _tell(listener: Listener, part: AnyPart) -> None:
    match part:
        case TableBegins():
            listener.table_begins(part)
        case Rows():
            listener.rows(part)
        case TableEnds():
            listener.table_ends(part)
        case FileBegins():
            listener.file_begins(part)
        case Piece():
            listener.piece(part)
        case FileEnds():
            listener.file_ends(part)


class _Counts:
    """Checks the digest and number of each table and file while they pass by."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._what = ""
        self._digest = file_digest()
        self._number = 0
        self._tables = self._rows = self._files = 0

    @property
    def seen(self) -> tuple[int, int, int]:
        return self._tables, self._rows, self._files

    def add(self, part: AnyPart) -> None:
        match part:
            case TableBegins(name=what) | FileBegins(path=what):
                self._what, self._digest, self._number = what, file_digest(), 0
            case Rows(rows=rows):
                for row in rows:
                    self._digest.update(row)
                self._number += len(rows)
            case Piece(data=data):
                self._digest.update(data)
                self._number += len(data)
            case TableEnds(rows=number, digest=digest):
                self._end(number, digest)
                self._tables += 1
                self._rows += number
            case FileEnds(size=number, digest=digest):
                self._end(number, digest)
                self._files += 1
            case Manifest():
                self.wrong("it begins twice")

    def _end(self, number: int, digest: str) -> None:
        if (number, digest) != (self._number, self._digest.hexdigest()):
            self.wrong(f"{self._what} is not what was written")

    def wrong(self, problem: str) -> NoReturn:
        raise BackupDamaged(file=self._name, problem=problem)


@contextmanager
def _file(path: Path) -> Iterator[BinaryIO]:
    try:
        file = path.open("rb")
    except (FileNotFoundError, IsADirectoryError) as missing:
        raise NoBackup(file=path) from missing
    with file:
        yield file


def _decoded(frame: bytes, *, name: str) -> AnyPart:
    try:
        return decode(frame)
    except msgspec.DecodeError as unknown:
        raise BackupDamaged(file=name, problem="a part of it cannot be read by this version") from unknown
