"""`leadstone doctor`: is the ground solid that everything stands on? Loads no Django, so that it works when Django cannot."""

import shutil
import socket
import sqlite3
import stat
import sys
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg

from leadstone import __version__
from leadstone.infra.mail.url import BadMailUrl, Security, read_mail_url
from leadstone.kernel.errors import LeadstoneError
from leadstone.project.environment import Environment, environment
from leadstone.project.findings import Finding, Level, show_findings
from leadstone.project.launch import LEAST_FREE_BYTES, prepare_folder
from leadstone.project.migration_stamp import is_migrated
from leadstone.project.ports import refuse_taken_port
from leadstone.project.running import processes

OWNER_ONLY = 0o077
CLOCK_SLACK_SECONDS = 60
MAIL_SECONDS = 5
OLDEST_POSTGRES = 130000


def show() -> int:
    """Look at everything and print one line each; 1 when something would keep Leadstone from working."""
    return show_findings(examine(environment()))


def examine(given: Environment) -> Iterator[Finding]:
    """The findings, in the order in which one would mend them."""
    yield Finding(
        Level.GOOD, "versions", f"Leadstone {__version__}, Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}"
    )
    yield _folder(given)
    yield _disk(given)
    yield _clock(given)
    yield from _ports(given)
    yield _database(given)
    yield from _keys(given)
    yield _mail(given)
    yield _public_address(given)


def _folder(given: Environment) -> Finding:
    try:
        prepare_folder(given.folder)
    except LeadstoneError as mistake:
        return Finding(Level.BAD, "data folder", str(mistake))
    return Finding(Level.GOOD, "data folder", f"{given.folder.root} can be written")


def _disk(given: Environment) -> Finding:
    place = next(path for path in (given.folder.root, *given.folder.root.parents) if path.exists())
    free = shutil.disk_usage(place).free
    level = Level.BAD if free < LEAST_FREE_BYTES else Level.DOUBT if free < 16 * LEAST_FREE_BYTES else Level.GOOD
    return Finding(level, "disk", f"{free / 1024**3:.1f} GB free")


def _clock(given: Environment) -> Finding:
    """A clock that was set back makes links expire late and messages wait; our own files tell."""
    folder = given.folder
    newest = max((path.stat().st_mtime for path in (folder.database, folder.journal, folder.run) if path.exists()), default=0.0)
    ahead = newest - time.time()
    if ahead > CLOCK_SLACK_SECONDS:
        return Finding(Level.BAD, "clock", f"our own files are {ahead:.0f} s in the future; the clock was set back")
    return Finding(Level.GOOD, "clock", time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()))


def _ports(given: Environment) -> Iterator[Finding]:
    ours = {process.name for process in processes(given.folder.run) if process.running}
    for name, port, option in (("edge", given.public_port, "--port"), ("studio", given.studio_port, "--studio-port")):
        what = f"port {port}"
        if name in ours:
            yield Finding(Level.GOOD, what, f"our own {name} answers there")
            continue
        try:
            refuse_taken_port(host=given.host, port=port, option=option)
        except LeadstoneError as mistake:
            yield Finding(Level.BAD, what, str(mistake))
        else:
            yield Finding(Level.GOOD, what, f"free for the {name}")


def _database(given: Environment) -> Finding:
    migrated = is_migrated(given.folder, given.database_url)
    shape = "in this version's shape" if migrated else "to be migrated at the next start"
    if not given.database_url:
        return Finding(Level.GOOD, "database", f"SQLite, {shape}")
    try:
        with psycopg.connect(given.database_url, connect_timeout=MAIL_SECONDS) as connection:
            version = connection.info.server_version
    except psycopg.Error as fault:
        return Finding(Level.BAD, "database", f"PostgreSQL does not answer: {' '.join(str(fault).split())}")
    level = Level.BAD if version < OLDEST_POSTGRES else Level.GOOD
    return Finding(level, "database", f"PostgreSQL {version // 10000}.{version % 10000}, {shape}")


def _keys(given: Environment) -> Iterator[Finding]:
    secrets = [path for path in sorted(given.folder.keys.glob("*")) if path.is_file()]
    if given.secret_key_file:
        secrets.append(given.secret_key_file)
    open_ones = [path for path in secrets if path.exists() and stat.S_IMODE(path.stat().st_mode) & OWNER_ONLY]
    for path in open_ones:
        yield Finding(Level.BAD, "keys", f"{path} can be read by others; run: chmod 600 {path}")
    if not open_ones:
        yield Finding(Level.GOOD, "keys", f"{len(secrets)} files, for their owner alone")


def _mail(given: Environment) -> Finding:
    try:
        server = read_mail_url(given.mail_url)
    except BadMailUrl as mistake:
        return Finding(Level.BAD, "mail", str(mistake))
    if server is None:
        return Finding(Level.GOOD, "mail", f"kept in the local mailbox {given.folder.mail}; nothing leaves this machine")
    try:
        with socket.create_connection((server.host, server.port), timeout=MAIL_SECONDS) as line:
            # A server that begins with TLS greets only inside it; that it answers at all must do here.
            greeting = b"220" if server.security is Security.FROM_START else line.recv(512)
    except OSError as fault:
        return Finding(Level.BAD, "mail", f"{server.host}:{server.port} does not answer: {fault}")
    if not greeting.startswith(b"220"):
        return Finding(Level.BAD, "mail", f"{server.host}:{server.port} is no mail server")
    return Finding(Level.GOOD, "mail", f"{server.host}:{server.port} answers")


def _public_address(given: Environment) -> Finding:
    parts = urlsplit(given.public_url)
    if parts.hostname in {"127.0.0.1", "localhost", "::1"}:
        return Finding(
            Level.DOUBT, "public address", f"{given.public_url} is reached from this machine only (LEADSTONE_PUBLIC_URL)"
        )
    if parts.scheme != "https":
        return Finding(Level.DOUBT, "public address", f"{given.public_url} is not encrypted; people type their addresses there")
    return Finding(Level.GOOD, "public address", given.public_url)
