"""`leadstone restore FILE`: an installation made of a backup, in an empty folder and an empty database.

The whole backup is read and verified before anything is written. Django comes last, because its settings need the keys.
"""

from pathlib import Path

from rich.console import Console

from leadstone import __version__
from leadstone.kernel.errors import LeadstoneError
from leadstone.project.backup import erasing
from leadstone.project.backup.emptiness import refuse_used
from leadstone.project.backup.inspection import Inspection, settings_line, told
from leadstone.project.backup.migrations import refuse_newer
from leadstone.project.backup.reading import Opened, opened, read
from leadstone.project.backup.records import Closing, Manifest
from leadstone.project.backup.unpacking import Unpacking, half_done
from leadstone.project.cli.lazy import load_with_django
from leadstone.project.environment import Environment, environment
from leadstone.wire.data_folder import DataFolder


class LedgerBroken(LeadstoneError):
    code = "backup_ledger_broken"
    sentence = "The consent ledger in this backup is broken: {problem}. Nothing was changed."


def restore(path: Path, *, key_file: Path | None, passphrase_file: Path | None, erasures: Path | None, no_erasures: bool) -> None:
    """Restore and say what became of it. Raises the mistake that stands in the way, and then has changed nothing."""
    given = environment()
    refuse_used(given)
    backup = opened(path, key_file=key_file, passphrase_file=passphrase_file)
    with Console(stderr=True).status("Reading the backup …"):
        manifest, closing, inspection = _inspected(backup)
    logs = [] if no_erasures else _find_logs(erasures, backup, manifest, inspection, given=given)
    with half_done(given.folder):
        with Console(stderr=True).status("Writing files …"):
            read(backup, Unpacking(given.folder), version=__version__)
            erasing.carried_over(logs, given.folder)
        loading = load_with_django("backup.loading")
        with Console(stderr=True).status("Writing the database …"), loading.empty_again_on_failure():
            loading.load(backup, manifest)
            after = load_with_django("backup.aftermath").settle(given, ended_at=closing.ended_at)
    print(f"Restored the backup of {told(manifest.taken_at)}: {sum(inspection.rows_of.values()):,} rows.")
    for line in after:
        print(line)
    if manifest.settings:
        print(f"The original ran with (without passwords): {settings_line(manifest)}")
    print("No mail leaves from here until somebody lets it: leadstone quarantine lift")


def _inspected(backup: Opened) -> tuple[Manifest, Closing, Inspection]:
    inspection = Inspection()
    manifest, closing = read(backup, inspection, version=__version__)
    refuse_newer(manifest.migrations)
    if inspection.ledger.problem:
        raise LedgerBroken(problem=inspection.ledger.problem)
    return manifest, closing, inspection


def _find_logs(
    named: Path | None, backup: Opened, manifest: Manifest, inspection: Inspection, *, given: Environment
) -> list[Path]:
    return erasing.find_logs(
        given=named,
        backup=backup.path,
        target=given.folder,
        original=DataFolder(Path(manifest.folder)),
        digests=inspection.digests,
        taken_at=manifest.taken_at,
    )
