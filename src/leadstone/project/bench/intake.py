"""From the journal to the lead: submissions a second on one worker, with every effect, the event and the message that it queues.

Each database is measured in a process of its own, on data of its own that goes away afterwards. PostgreSQL is measured when
`LEADSTONE_BENCH_POSTGRES_URL` (or else `LEADSTONE_DATABASE_URL`) names a server on which a database may be created.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit, urlunsplit

import psycopg

PER_SECOND = 2500  # how many submissions are prepared for each second that may be spent
POSTGRES_URL = "LEADSTONE_BENCH_POSTGRES_URL"


@dataclass(frozen=True, slots=True)
class IntakeResult:
    """What one run took in. `leads` and `messages` show that the effects are there."""

    submissions: int
    seconds: float
    submissions_per_s: int
    leads: int
    messages: int


def measure(*, seconds: float) -> dict[str, object]:
    """Figures of SQLite, and of PostgreSQL when there is a server."""
    count = max(2000, int(seconds * PER_SECOND))
    figures: dict[str, object] = {}
    slowest: int | None = None
    for name, server in (("sqlite", ""), ("postgresql", _postgres_server())):
        if name == "postgresql" and not server:
            figures["postgresql"] = f"not measured: {POSTGRES_URL} names no server"
            continue
        result = run(count=count, database=server)
        figures |= {f"{name}_{key}": value for key, value in asdict(result).items()}
        slowest = result.submissions_per_s if slowest is None else min(slowest, result.submissions_per_s)
    return {"submissions_per_s": slowest} | figures


def run(*, count: int, database: str) -> IntakeResult:
    """Take `count` submissions in, on a fresh SQLite file (empty `database`) or a fresh database of the server that it names."""
    with tempfile.TemporaryDirectory(prefix="leadstone-bench-") as folder, _fresh_database(database) as url:
        surroundings = os.environ | {
            "LEADSTONE_DATA": folder,
            "LEADSTONE_DATABASE_URL": url,
            "LEADSTONE_JOURNAL_URL": "",
            "DJANGO_SETTINGS_MODULE": "leadstone.project.settings",
        }
        # Models can be imported only once Django is set up.
        program = f"import django; django.setup(); from leadstone.project.bench.intake_run import main; main({count})"
        command = [sys.executable, "-c", program]
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True)
    return IntakeResult(**json.loads(done.stdout.splitlines()[-1]))


def _postgres_server() -> str:
    given = os.environ.get(POSTGRES_URL) or os.environ.get("LEADSTONE_DATABASE_URL", "")
    return given if given.startswith("postgres") else ""


@contextmanager
def _fresh_database(server: str) -> Iterator[str]:
    if not server:
        yield ""
        return
    name = f"leadstone_bench_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
