"""Bringing the database to this version's shape, and refusing one that is already newer."""

from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from rich.console import Console

from leadstone.kernel.errors import LeadstoneError
from leadstone.project.backup.marker import refuse_half_restored
from leadstone.project.environment import environment
from leadstone.project.migration_stamp import is_migrated, note_migrated


class DatabaseUnreachable(LeadstoneError):
    code = "database_unreachable"
    sentence = "The database does not answer: {problem}."


class DatabaseNewer(LeadstoneError):
    code = "database_newer"
    sentence = (
        "The database was made by a newer Leadstone (it knows {migration}). Start that version, or restore an older backup."
    )


class DatabaseNotPrepared(LeadstoneError):
    code = "database_not_prepared"
    sentence = "The database does not have this version's shape yet. Run: leadstone migrate"


def migrate() -> None:
    """Apply what is missing; raises `DatabaseNewer` or `DatabaseUnreachable` and then has changed nothing."""
    given = environment()
    given.folder.root.mkdir(parents=True, exist_ok=True)
    refuse_unreachable()
    refuse_newer()
    with Console(stderr=True).status("Preparing the database …"):
        call_command("migrate", interactive=False, verbosity=0)
    note_migrated(given.folder, given.database_url)


def refuse_unreachable() -> None:
    """Raise `DatabaseUnreachable` in the database's own words, on one line."""
    try:
        connection.ensure_connection()
    except OperationalError as fault:
        problem = " ".join(str(fault).split()).rstrip(".?")
        raise DatabaseUnreachable(problem=problem) from fault


def refuse_unreadable() -> None:
    """Raise what keeps even a backup from reading the database, which may still have an older version's shape."""
    given = environment()
    refuse_half_restored(given.folder)
    if not given.database_url and not given.folder.database.exists():
        raise DatabaseNotPrepared
    refuse_unreachable()
    refuse_newer()
    if not MigrationLoader(connection).applied_migrations:
        raise DatabaseNotPrepared


def refuse_unprepared() -> None:
    """Raise what keeps a command from working on the database: it does not answer, is newer, or was never prepared."""
    given = environment()
    refuse_half_restored(given.folder)
    if not given.database_url and not given.folder.database.exists():
        raise DatabaseNotPrepared
    refuse_unreachable()
    if is_migrated(given.folder, given.database_url):
        return
    refuse_newer()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise DatabaseNotPrepared


def refuse_newer() -> None:
    """Raise `DatabaseNewer` when the database has a migration that this version does not know."""
    loader = MigrationLoader(connection)
    known = set(loader.disk_migrations)
    apps = {app for app, _name in known}
    for app, name in sorted(loader.applied_migrations):
        if app in apps and (app, name) not in known:
            raise DatabaseNewer(migration=f"{app}.{name}")
