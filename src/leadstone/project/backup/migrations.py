"""Which migrations this version brings, told from their files, without Django."""

from collections.abc import Iterable
from pathlib import Path

from leadstone.kernel.errors import LeadstoneError

PACKAGE = Path(__file__).resolve().parents[2]
# Apps of the libraries; whether their migrations are known is asked of Django, when it has started.
LIBRARIES = frozenset({"account", "auth", "contenttypes", "mfa", "sessions", "usersessions"})


class BackupNewer(LeadstoneError):
    code = "backup_newer"
    sentence = "The backup was taken by a newer Leadstone (it knows {migration}). Restore it with that version."


def refuse_newer(migrations: Iterable[tuple[str, str]]) -> None:
    """Raise `BackupNewer` when one of `migrations` is neither ours nor a library's."""
    ours = {(path.parent.parent.name, path.stem) for path in PACKAGE.glob("*/*/migrations/[0-9]*.py")}
    for app, name in migrations:
        if app not in LIBRARIES and (app, name) not in ours:
            raise BackupNewer(migration=f"{app}.{name}")
