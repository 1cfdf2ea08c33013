"""The tables of a backup, loaded into an empty database as the schema that they come from, then migrated forward."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from leadstone import __version__
from leadstone.project import migrating
from leadstone.project.backup import tables
from leadstone.project.backup.reading import Opened, read
from leadstone.project.backup.records import (
    FileBegins,
    FileEnds,
    Manifest,
    Piece,
    Rows,
    TableBegins,
    TableEnds,
    decode_row,
)


@contextmanager
def empty_again_on_failure() -> Iterator[None]:
    """Whatever fails inside, the database has no table afterwards, as before."""
    try:
        yield
    except BaseException:
        tables.drop_all()
        raise


def load(backup: Opened, manifest: Manifest) -> None:
    """Fill the empty database and bring it to this version's shape; all rows come in one transaction."""
    migrating.refuse_unreachable()
    tables.refuse_newer(manifest.migrations)
    tables.migrate_to(manifest.migrations)
    shapes = tables.shapes_at(manifest.migrations)
    with transaction.atomic():
        tables.clear(shapes)
        listener = _Tables(shapes)
        read(backup, listener, version=__version__)
        tables.reset_sequences(shapes)
        for shape, last in listener.last_ids:
            tables.go_on_after(shape, last)
    migrating.migrate()


class _Tables:
    """Hears every part of a backup and writes its rows; the files are written already."""

    def __init__(self, shapes: list[tables.Shape]) -> None:
        self._shapes = {shape.table: shape for shape in shapes}
        self._shape: tables.Shape | None = None
        self._loader: tables.Loader | None = None
        self.last_ids: list[tuple[tables.Shape, int]] = []

    def manifest(self, part: Manifest) -> None:
        """Known already."""

    def table_begins(self, part: TableBegins) -> None:
        self._shape = self._loader = None
        if part.name in tables.LEFT_OUT:
            return
        if part.name not in self._shapes:
            raise tables.TableUnknown(what=part.name)
        self._shape = self._shapes[part.name]
        self._loader = tables.Loader(self._shape, part.columns)

    def rows(self, part: Rows) -> None:
        if self._loader:
            self._loader.add(decode_row(row) for row in part.rows)

    def table_ends(self, part: TableEnds) -> None:
        if self._shape and part.last_id:
            self.last_ids.append((self._shape, part.last_id))

    def file_begins(self, part: FileBegins) -> None:
        """Written already."""

    def piece(self, part: Piece) -> None:
        """Written already."""

    def file_ends(self, part: FileEnds) -> None:
        """Written already."""
