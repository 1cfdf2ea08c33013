"""The files of a backup, written into an empty data folder; and the folder made empty again when a restore fails."""

import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from leadstone.project.backup.files import place_of
from leadstone.project.backup.records import FileBegins, FileEnds, Manifest, Piece, Rows, TableBegins, TableEnds
from leadstone.wire.data_folder import DataFolder

NOTE = "A backup is being restored into this folder. If nobody is doing so now, empty the folder and restore again.\n"


@contextmanager
def half_done(folder: DataFolder) -> Iterator[None]:
    """While this lasts, the folder says that it is not ready; whatever fails inside, it is empty again afterwards."""
    folder.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    brought = {folder.erasures} if folder.erasures.exists() else set()
    folder.restoring.write_text(NOTE)
    try:
        yield
    except BaseException:
        _empty(folder, but=brought)
        raise
    folder.restoring.unlink()


def _empty(folder: DataFolder, *, but: Collection[Path]) -> None:
    for path in folder.root.iterdir():
        if path in but:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


class Unpacking:
    """Hears every part of a backup and writes its files; the tables are somebody else's."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self._file: BinaryIO | None = None

    def manifest(self, part: Manifest) -> None:
        """Only the files matter here."""

    def table_begins(self, part: TableBegins) -> None:
        """Only the files matter here."""

    def rows(self, part: Rows) -> None:
        """Only the files matter here."""

    def table_ends(self, part: TableEnds) -> None:
        """Only the files matter here."""

    def file_begins(self, part: FileBegins) -> None:
        path = place_of(part.path, folder=self._folder)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, part.mode & 0o660), "wb")

    def piece(self, part: Piece) -> None:
        if self._file:
            self._file.write(part.data)

    def file_ends(self, part: FileEnds) -> None:
        if self._file:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._file = None
