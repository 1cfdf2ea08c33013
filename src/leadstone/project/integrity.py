"""`leadstone check`: is what is stored still what was written?"""

from collections.abc import Iterator

import msgspec
from django.db import connection
from rich.console import Console

from leadstone.domains.audit import queries as audit
from leadstone.domains.brand import queries as brand
from leadstone.domains.consent import queries as consent
from leadstone.domains.insights import queries as insights
from leadstone.domains.insights.queries import BrokenFile
from leadstone.domains.insights.services import Lake, find_broken
from leadstone.domains.magnets import queries as magnets
from leadstone.infra.blobs.store import BlobStore
from leadstone.infra.lake.folder import Fault
from leadstone.project.environment import Environment, environment
from leadstone.project.findings import Finding, Level, show_findings
from leadstone.wire.bundle import Bundle


def show() -> int:
    """Check everything and print one line each; 1 when something is not as it was written."""
    with Console(stderr=True).status("Checking …"):
        return show_findings(examine(environment()))


def examine(given: Environment) -> Iterator[Finding]:
    """The findings, one check at a time."""
    yield _database()
    yield _ledger()
    yield _audit_log()
    yield from _files(given)
    yield from _lake(given)
    yield _bundle(given)


def _database() -> Finding:
    if connection.vendor != "sqlite":
        connection.ensure_connection()
        return Finding(Level.GOOD, "database", "answers; PostgreSQL checks its own pages (data_checksums)")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(20)")
        faults = [row[0] for row in cursor.fetchall() if row[0] != "ok"]
        cursor.execute("PRAGMA foreign_key_check")
        faults += [f"{table} row {row} points at nothing in {parent}" for table, row, parent, _ in cursor.fetchall()]
    if faults:
        return Finding(Level.BAD, "database", "; ".join(faults[:5]))
    return Finding(Level.GOOD, "database", "every page is whole and every reference leads somewhere")


def _ledger() -> Finding:
    verdict = consent.verify_ledger()
    if verdict.intact:
        return Finding(Level.GOOD, "consent ledger", f"{verdict.records:,} records, chain, words and permissions unbroken")
    return Finding(
        Level.BAD,
        "consent ledger",
        f"{verdict.because} at record {verdict.broken_at}; the records before it are as they were written",
    )


def _audit_log() -> Finding:
    state = audit.verify()
    if state.intact:
        waiting = f", {state.waiting:,} newer ones get their place within a minute" if state.waiting else ""
        return Finding(Level.GOOD, "audit log", f"{state.lines:,} lines, chain unbroken{waiting}")
    return Finding(
        Level.BAD, "audit log", f"{state.broken} at line {state.broken_at}; the lines before it are as they were written"
    )


def _files(given: Environment) -> Iterator[Finding]:
    named = magnets.stored_keys() | {key for key in (_logo_key(),) if key}
    store = BlobStore(given.folder.blobs)
    lost = sorted(key for key in named if not store.has(key))
    if lost:
        yield Finding(Level.BAD, "files", f"{len(lost)} of {len(named)} are gone, the first is {lost[0]}")
    else:
        yield Finding(Level.GOOD, "files", f"all {len(named)} are there")
    kept = {path.name for path in given.folder.blobs.glob("*")} if given.folder.blobs.exists() else set()
    orphans = kept - named
    if orphans:
        yield Finding(Level.DOUBT, "orphaned files", f"{len(orphans)} belong to nothing in {given.folder.blobs}")


def _lake(given: Environment) -> Iterator[Finding]:
    broken = find_broken(Lake.at(given.folder.lake))
    yield from (_broken(one, given) for one in broken)
    if not broken:
        files, facts = insights.lake_extent()
        yield Finding(Level.GOOD, "event lake", f"{files} files with {facts:,} facts, each as it was written")


def _broken(one: BrokenFile, given: Environment) -> Finding:
    what = {
        Fault.MISSING: "is not there",
        Fault.CHANGED: "does not hold what was written",
    }
    path = given.folder.lake / one.name
    return Finding(
        Level.BAD,
        "event lake",
        f"{path} {what[one.fault]} ({one.facts:,} facts of {one.month:%Y-%m}). Restore a backup into another folder "
        f"(leadstone restore FILE --data DIR) and copy DIR/lake/{one.name} here; until then the results stand as they were",
    )


def _bundle(given: Environment) -> Finding:
    manifest = given.folder.bundle / "manifest.json"
    if not manifest.exists():
        return Finding(Level.DOUBT, "bundle", "nothing was published yet; the worker does it when it starts")
    try:
        bundle = msgspec.json.decode(manifest.read_bytes(), type=Bundle)
    except msgspec.DecodeError as fault:
        return Finding(Level.BAD, "bundle", f"{manifest} cannot be read: {fault}; the worker writes it anew when it starts")
    if bundle.magnets != magnets.published_magnets() or (brand.brand_facts() or bundle.brand) != bundle.brand:
        return Finding(Level.DOUBT, "bundle", "is older than the database; a running worker mends that within seconds")
    assets = [version.definition.asset for magnet in bundle.magnets for version in magnet.versions]
    lost = [asset.key for asset in assets if asset and not (given.folder.bundle / "files" / asset.key).exists()]
    if lost:
        return Finding(Level.BAD, "bundle", f"{len(lost)} published files are missing in {given.folder.bundle / 'files'}")
    return Finding(
        Level.GOOD, "bundle", f"revision {bundle.revision}, {len(bundle.magnets)} magnets, the same as in the database"
    )


def _logo_key() -> str | None:
    who = brand.brand_facts()
    return who.logo_key if who else None
