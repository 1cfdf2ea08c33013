"""`leadstone restore --check FILE`: is this backup whole, and what is in it? Writes nothing anywhere."""

from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from leadstone import __version__
from leadstone.project.backup.inspection import NAMES, Inspection, settings_line, told
from leadstone.project.backup.migrations import refuse_newer
from leadstone.project.backup.reading import opened, read
from leadstone.project.backup.records import Closing, Manifest
from leadstone.project.findings import Finding, Level, show_findings


def show(path: Path, *, key_file: Path | None, passphrase_file: Path | None) -> int:
    """Read and verify everything, print what is in it; 1 when its ledger is broken. Raises what makes it unusable."""
    backup = opened(path, key_file=key_file, passphrase_file=passphrase_file)
    inspection = Inspection()
    with Console(stderr=True).status("Reading the backup …"):
        manifest, closing = read(backup, inspection, version=__version__)
        refuse_newer(manifest.migrations)
    return show_findings(_findings(manifest, closing, inspection))


def _findings(manifest: Manifest, closing: Closing, inspection: Inspection) -> Iterator[Finding]:
    yield Finding(Level.GOOD, "taken", f"{told(manifest.taken_at)} by Leadstone {manifest.version} in {manifest.folder}")
    yield Finding(Level.GOOD, "database", f"{closing.rows:,} rows of {closing.tables} tables, from {manifest.database}")
    counts = [f"{inspection.rows_of[table]:,} {name}" for table, name in NAMES.items() if table in inspection.rows_of]
    yield Finding(Level.GOOD, "of them", ", ".join(counts))
    folders = [f"{inspection.files_in(folder):,} in {folder}/" for folder in ("blobs", "keys", "mail")]
    alone = [path for path in inspection.digests if "/" not in path]
    yield Finding(Level.GOOD, "files", ", ".join([*folders, *alone]) + "; every digest is right")
    for what, chain in (("consent ledger", inspection.ledger), ("audit log", inspection.audit_log)):
        if chain.problem:
            yield Finding(Level.BAD, what, chain.problem)
        else:
            yield Finding(Level.GOOD, what, f"{chain.lines:,} lines, the chain is unbroken")
    if manifest.settings:
        yield Finding(Level.GOOD, "settings", settings_line(manifest))
