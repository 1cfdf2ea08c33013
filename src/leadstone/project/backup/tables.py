"""Every table of the database as rows of Python values, and back: the same on SQLite and PostgreSQL.

Which tables there are and what is in them is asked of the migrations that the database has, never of today's code: so a
backup of an earlier version is loaded as what it is and then migrated forward.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from leadstone.kernel.errors import LeadstoneError
from leadstone.project.backup.migrations import BackupNewer
from leadstone.project.backup.records import encode_row

# Whoever was signed in signs in again: a backup in wrong hands must not open the studio.
LEFT_OUT = frozenset({"django_session", "usersessions_usersession", "django_migrations"})
ROWS_AT_ONCE = 1000
BYTES_AT_ONCE = 512 * 1024

Migrations = Sequence[tuple[str, str]]


class TableUnknown(LeadstoneError):
    code = "backup_table_unknown"
    sentence = "The backup holds {what}, which its own migrations do not know."


@dataclass(frozen=True, slots=True)
class Shape:
    """One table as the migrations describe it."""

    model: type[models.Model]
    fields: tuple["models.Field[Any, Any]", ...]

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def columns(self) -> list[str]:
        return [field.column or field.attname for field in self.fields]


@contextmanager
def snapshot() -> Iterator[None]:
    """One moment of the database, however long it takes to read it; nobody who writes has to wait."""
    if connection.vendor == "sqlite":
        # Not `atomic`: our transactions begin IMMEDIATE and would hold the one place of a writer.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")  # the moment begins with the first reading
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


def journal_cursor(stream: str) -> int:
    """How far the journal called `stream` had taken effect; read without today's model, for the table may be an earlier one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequence FROM capture_journalcursor WHERE stream = %s", [stream])
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def applied_migrations() -> list[tuple[str, str]]:
    """The migrations that the database has, sorted."""
    return sorted(MigrationLoader(connection).applied_migrations)


def refuse_newer(migrations: Migrations) -> None:
    """Raise `BackupNewer` when this version lacks one of `migrations`."""
    known = MigrationLoader(connection).disk_migrations
    for app, name in migrations:
        if (app, name) not in known:
            raise BackupNewer(migration=f"{app}.{name}")


def migrate_to(migrations: Migrations) -> None:
    """Give an empty database exactly the schema of `migrations`."""
    executor = MigrationExecutor(connection)
    executor.migrate(_ends(executor.loader, migrations))


def shapes_at(migrations: Migrations) -> list[Shape]:
    """The tables of the schema of `migrations` that a backup holds, in the order of their names."""
    loader = MigrationLoader(connection)
    apps = loader.project_state(_ends(loader, migrations)).apps
    found = {
        model._meta.db_table: Shape(
            model, tuple(f for f in model._meta.local_concrete_fields if not getattr(f, "generated", False))
        )
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    # A swapped model (Django's own user) leaves tables in the state that nobody has made.
    made = set(connection.introspection.table_names())
    return [found[name] for name in sorted(found.keys() & made - LEFT_OUT)]


def rows_of(shape: Shape) -> Iterator[bytes]:
    """Every row of a table, encoded, by primary key; in constant memory."""
    names = [field.attname for field in shape.fields]
    for row in shape.model._base_manager.order_by("pk").values_list(*names).iterator(chunk_size=ROWS_AT_ONCE):
        yield encode_row(row)


def in_portions(rows: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Rows gathered to about `BYTES_AT_ONCE`."""
    portion: list[bytes] = []
    size = 0
    for row in rows:
        portion.append(row)
        size += len(row)
        if size > BYTES_AT_ONCE or len(portion) >= ROWS_AT_ONCE:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def row_digest() -> "hashlib.blake2b":
    return hashlib.blake2b(digest_size=32)


def clear(shapes: Iterable[Shape]) -> None:
    """Remove what migrations put into their tables themselves: the backup has its own."""
    with connection.cursor() as cursor:
        for shape in shapes:
            if shape.model._base_manager.exists():
                cursor.execute(f"DELETE FROM {_quoted(shape.table)}")  # noqa: S608 - a name of our own models


class Loader:
    """Writes decoded rows into one table; part of the caller's transaction, whose end checks the references."""

    def __init__(self, shape: Shape, columns: Sequence[str]) -> None:
        by_column = dict(zip(shape.columns, shape.fields, strict=True))
        unknown = [column for column in columns if column not in by_column]
        if unknown:
            raise TableUnknown(what=f"{shape.table}.{unknown[0]}")
        self._fields = [by_column[column] for column in columns]
        places = ", ".join(["%s"] * len(columns))
        names = ", ".join(_quoted(column) for column in columns)
        self._insert = f"INSERT INTO {_quoted(shape.table)} ({names}) VALUES ({places})"  # noqa: S608 - names of our own models

    def add(self, rows: Iterable[list[Any]]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(self._insert, [self._prepared(row) for row in rows])

    def _prepared(self, row: list[Any]) -> list[Any]:
        return [
            None if value is None else field.get_db_prep_save(field.to_python(value), connection=connection)
            for field, value in zip(self._fields, row, strict=True)
        ]


def last_id(shape: Shape) -> int | None:
    """The highest id that the table ever gave out, also when its row is gone; None when it gives out none or gave none yet."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [shape.table])
        elif (sequence := _sequence_of(shape)) is None:
            return None
        else:
            cursor.execute(f"SELECT last_value FROM {sequence} WHERE is_called")  # noqa: S608 - the database's own name
        found = cursor.fetchone()
    return int(found[0]) if found and found[0] else None


def go_on_after(shape: Shape, last: int) -> None:
    """Give out no id up to `last` again."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [shape.table])
            cursor.execute("INSERT INTO sqlite_sequence(name, seq) VALUES (%s, %s)", [shape.table, last])
        elif sequence := _sequence_of(shape):
            cursor.execute("SELECT setval(%s, %s)", [sequence, last])


def drop_all() -> None:
    """Take all tables and functions of triggers out of a database that had none before; an SQLite file goes with its folder."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE IF EXISTS {_quoted(table)} CASCADE")
        cursor.execute(
            "SELECT oid::regprocedure::text FROM pg_proc f WHERE prorettype = 'trigger'::regtype"
            " AND pronamespace = ANY(SELECT oid FROM pg_namespace WHERE nspname = ANY(current_schemas(false)))"
            " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = f.oid AND d.deptype = 'e')"
        )
        for (function,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION {function}")


def reset_sequences(shapes: Sequence[Shape]) -> None:
    """Let new rows follow the loaded ones (PostgreSQL; SQLite does so by itself)."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [shape.model for shape in shapes]):
            cursor.execute(statement)


def _sequence_of(shape: Shape) -> str | None:
    key = shape.model._meta.pk
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [_quoted(shape.table), key.column])
        found = cursor.fetchone()
    return found[0] if found else None


def _ends(loader: MigrationLoader, migrations: Migrations) -> list[tuple[str, str]]:
    """The last of `migrations` in each app. The others come with them; named too, they would be taken back."""
    known = {key for key in migrations if key in loader.disk_migrations}
    return sorted(key for key in known if not any(child[0] == key[0] and child in known for child in _children(loader, key)))


def _children(loader: MigrationLoader, key: tuple[str, str]) -> Iterator[tuple[str, str]]:
    return (node.key for node in loader.graph.node_map[key].children)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
