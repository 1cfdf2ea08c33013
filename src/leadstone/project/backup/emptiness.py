"""A backup is restored into nothing: an empty data folder and an empty database."""

from pathlib import Path

import psycopg

from leadstone.kernel.errors import LeadstoneError
from leadstone.project.backup.marker import refuse_half_restored
from leadstone.project.environment import Environment

CONNECT_SECONDS = 5


class FolderNotEmpty(LeadstoneError):
    code = "restore_folder_not_empty"
    sentence = "The data folder {path} is not empty (it holds {name}). Name an empty one with --data; nothing was changed."


class DatabaseNotEmpty(LeadstoneError):
    code = "restore_database_not_empty"
    sentence = "The database of LEADSTONE_DATABASE_URL is not empty (it holds {name}). Make an empty one; nothing was changed."


class DatabaseSilent(LeadstoneError):
    code = "restore_database_silent"
    sentence = "The database does not answer: {problem}. Nothing was changed."


def refuse_used(given: Environment) -> None:
    """Raise what is in the way; only the list of erasures may lie in the folder already."""
    refuse_half_restored(given.folder)
    in_the_way = sorted(path.name for path in _entries(given.folder.root) if path != given.folder.erasures)
    if in_the_way:
        raise FolderNotEmpty(path=given.folder.root, name=in_the_way[0])
    if given.database_url:
        _refuse_used_database(given.database_url)


def _entries(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _refuse_used_database(url: str) -> None:
    try:
        with psycopg.connect(url, connect_timeout=CONNECT_SECONDS) as connection:
            found = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = ANY(current_schemas(false)) ORDER BY tablename LIMIT 1"
            ).fetchone()
    except psycopg.Error as fault:
        raise DatabaseSilent(problem=" ".join(str(fault).split()).rstrip(".?")) from fault
    if found:
        raise DatabaseNotEmpty(name=found[0])
