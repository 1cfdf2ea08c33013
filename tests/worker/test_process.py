"""The worker as a process: quick, quiet when idle, graceful at the end, and back when the database is."""

import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from tests.delivery.servers import TAKE, smtp_server
from tests.pristine import Migrated
from tests.worker.processes import Installation, installation, stop

pytestmark = pytest.mark.slow


def until(condition: Callable[[], bool], *, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def test_a_stop_finishes_the_message_in_hand_and_gives_back_the_rest(tmp_path: Path, migrated: Migrated) -> None:
    def slowly(_to: str, _count: int) -> str:
        time.sleep(0.3)
        return TAKE

    with smtp_server(on_data=slowly) as (port, sink), installation(tmp_path / "data", mail_port=port, migrated=migrated) as house:
        mailing = house.ask("seed", 200, 0)
        worker = house.start_worker()
        until(lambda: len(sink.accepted) >= 3)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=60) == 0
        account = house.ask("account", mailing)

    assert account["adds_up"]
    assert account["sent"] == len(sink.accepted), "what was in hand is written down"
    assert account["unknown"] == 0
    assert account["pending"] == 200 - account["sent"] > 0


@contextmanager
def database_away(house: Installation) -> Iterator[None]:
    """Nobody can use the database: SQLite's file is locked, PostgreSQL throws everybody out and lets nobody in."""
    url = house.environment["LEADSTONE_DATABASE_URL"]
    if not url:
        holder = sqlite3.connect(house.folder / "leadstone.sqlite3", isolation_level=None)
        holder.execute("BEGIN EXCLUSIVE")
        yield
        holder.execute("ROLLBACK")
        holder.close()
        return
    name = urlsplit(url).path.lstrip("/")
    with psycopg.connect(urlunsplit(urlsplit(url)._replace(path="/postgres")), autocommit=True) as keeper:
        closed = sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS {}")
        keeper.execute(closed.format(sql.Identifier(name), sql.SQL("false")))
        keeper.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        yield
        keeper.execute(closed.format(sql.Identifier(name), sql.SQL("true")))


def test_a_database_that_is_away_is_waited_for(tmp_path: Path, migrated: Migrated) -> None:
    with smtp_server() as (port, sink), installation(tmp_path / "data", mail_port=port, migrated=migrated) as house:
        worker = house.start_worker()
        until(lambda: any((tmp_path / "data" / "run" / "workers").glob("*.worker")))
        house.ask("seed", 0, 1)
        with database_away(house):
            time.sleep(7)  # longer than anybody waits for a lock
        until(lambda: len(sink.accepted) == 1)
        assert worker.poll() is None
        stop([worker])


def test_an_idle_worker_costs_next_to_nothing(tmp_path: Path, migrated: Migrated) -> None:
    with smtp_server() as (port, _), installation(tmp_path / "data", mail_port=port, migrated=migrated) as house:
        worker = house.start_worker()
        _settle(house, worker.pid)
        before = _cpu_seconds(worker.pid)
        time.sleep(5)
        used = _cpu_seconds(worker.pid) - before
        stop([worker])

    assert used < 0.25, f"{used / 5:.1%} of a core for doing nothing"


def _settle(house: Installation, pid: int) -> None:
    until(lambda: any((house.folder / "run" / "workers").glob("*.worker")))
    last = -1.0
    while (now := _cpu_seconds(pid)) - last > 0.05:
        last = now
        time.sleep(0.5)


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
