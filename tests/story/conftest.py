"""A whole installation of its own: `leadstone up` in a new folder, with every process real."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.pristine import Migrated

PATIENCE_SECONDS = 60


@dataclass
class Installation:
    """One running `leadstone up`."""

    data: Path
    public: str
    studio: str
    environment: dict[str, str]
    process: "subprocess.Popen[str] | None" = None
    told: list[str] = field(default_factory=list)

    def start(self) -> None:
        ports = ["--port", str(urlsplit(self.public).port), "--studio-port", str(urlsplit(self.studio).port)]
        self.told.clear()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "leadstone", "up", "--data", str(self.data), *ports],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        threading.Thread(target=self._listen, args=(self.process,), daemon=True).start()
        self.eventually_tells("Ctrl-C stops everything")

    def _listen(self, process: "subprocess.Popen[str]") -> None:
        self.told.extend(process.stdout or ())

    def eventually_tells(self, words: str) -> str:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            everything = "".join(list(self.told))
            if words in everything:
                return everything
            if self.process is not None and self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError(f"never told {words!r}:\n" + "".join(self.told))

    @property
    def setup_key(self) -> str:
        found = re.search(r"type this key: (\S+)", self.eventually_tells("type this key"))
        assert found is not None
        return found[1]

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=PATIENCE_SECONDS)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def database_url() -> Iterator[str]:
    """An empty database of its own: "" for SQLite in the data folder, else on the server that the suite runs on."""
    server = os.environ.get("LEADSTONE_TEST_DATABASE_URL", "")
    if not server:
        yield ""
        return
    name = f"story_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def begun(data: Path, database_url: str) -> Iterator[Installation]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LEADSTONE_", "DJANGO_"))}
    one = Installation(
        data=data,
        public=f"http://127.0.0.1:{free_port()}",
        studio=f"http://127.0.0.1:{free_port()}",
        environment={**kept, "LEADSTONE_DATABASE_URL": database_url},
    )
    one.start()
    yield one
    one.stop()


@pytest.fixture
def installation(tmp_path: Path, migrated: Migrated) -> Iterator[Installation]:
    """Started for the first time, with a database that is migrated already."""
    yield from begun(tmp_path / "data", migrated(tmp_path / "data"))


@pytest.fixture
def installation_of_nothing(tmp_path: Path, database_url: str) -> Iterator[Installation]:
    """Started for the first time, in an empty folder, with an empty database."""
    yield from begun(tmp_path / "data", database_url)
