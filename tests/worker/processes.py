"""Real worker processes on an installation of their own, and the way to kill them."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.pristine import Migrated

ROOT = Path(__file__).parents[2]


class Installation:
    """A data folder, a database and a mail server's port, for processes that must be able to die."""

    def __init__(self, folder: Path, *, database_url: str, mail_port: int) -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "LEADSTONE_DATA": str(folder),
            "LEADSTONE_DATABASE_URL": database_url,
            "LEADSTONE_MAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "LEADSTONE_LOG_LEVEL": "warning",
        }
        self._witness = subprocess.Popen(
            [sys.executable, "-m", "tests.worker.witness"],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._log = (folder / "workers.log").open("w")

    def ask(self, command: str, *arguments: object) -> Any:
        """What the witness sees now."""
        assert self._witness.stdin
        assert self._witness.stdout
        self._witness.stdin.write(json.dumps([command, *arguments]) + "\n")
        self._witness.stdin.flush()
        line = self._witness.stdout.readline()
        assert line, f"the witness died of {command}"
        return json.loads(line)

    def start_worker(self) -> "subprocess.Popen[bytes]":
        leadstone = Path(sys.executable).with_name("leadstone")
        return subprocess.Popen([leadstone, "worker"], cwd=ROOT, env=self.environment, stdout=self._log, stderr=self._log)

    def close(self) -> None:
        self._witness.kill()
        self._witness.wait()
        self._log.close()


@contextlib.contextmanager
def installation(folder: Path, *, mail_port: int, migrated: Migrated) -> Iterator[Installation]:
    """An empty installation on SQLite, or on a PostgreSQL database of its own when the suite runs there."""
    made = Installation(folder, database_url=migrated(folder), mail_port=mail_port)
    try:
        yield made
    finally:
        made.close()


def stop(workers: "list[subprocess.Popen[bytes]]") -> None:
    """Ask them to stop, and wait until the message in hand is finished."""
    for worker in workers:
        worker.send_signal(signal.SIGTERM)
    for worker in workers:
        worker.wait(timeout=60)
