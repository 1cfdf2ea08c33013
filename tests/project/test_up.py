"""`leadstone up` as its keeper sees it: two addresses, figures to watch, a crash survived, a clean end."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from leadstone.project.running import Process, processes
from tests.project.test_command_line import leadstone

READY_SECONDS = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Installation:
    """One running installation."""

    data: Path
    port: int
    studio_port: int
    process: "subprocess.Popen[str]"
    told: str

    @property
    def public(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def studio(self) -> str:
        return f"http://127.0.0.1:{self.studio_port}"

    def of(self, name: str) -> Process:
        return next(process for process in processes(self.data / "run") if process.name == name)


def start(data: Path) -> Installation:
    port, studio_port = free_port(), free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LEADSTONE_")}
    command = [
        sys.executable,
        "-m",
        "leadstone",
        "up",
        "--port",
        str(port),
        "--studio-port",
        str(studio_port),
        "--data",
        str(data),
    ]
    process = subprocess.Popen(command, env=kept, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    told, deadline = "", time.monotonic() + READY_SECONDS
    for line in process.stdout or ():
        told += line
        if "Ctrl-C" in line or time.monotonic() > deadline:
            break
    assert "is ready" in told, told
    return Installation(data, port, studio_port, process, told)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    installation = start(tmp_path_factory.mktemp("up"))
    yield installation
    installation.process.terminate()
    installation.process.communicate(timeout=30)


def answer(url: str) -> int:
    """The status, once somebody answers at all."""
    deadline = time.monotonic() + READY_SECONDS
    while True:
        try:
            return httpx.get(url, timeout=5).status_code
        except httpx.TransportError:
            assert time.monotonic() < deadline, f"{url} never answered"
            time.sleep(0.1)


def test_it_prints_both_addresses_and_the_key_of_the_first_start(running: Installation) -> None:
    assert f"{running.public}/" in running.told
    assert f"{running.studio}/" in running.told
    assert re.search(r"/setup and type this key: [a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}", running.told)


def test_both_doors_answer(running: Installation) -> None:
    assert answer(f"{running.public}/readyz") == 200
    assert httpx.get(f"{running.studio}/", follow_redirects=True).status_code == 200


def test_the_metrics_tell_counts_and_processes(running: Installation) -> None:
    told = httpx.get(f"{running.studio}/metrics").text
    assert "leadstone_journal_backlog 0.0" in told
    assert 'leadstone_process_up{process="worker"} 1.0' in told


def test_the_metrics_are_hidden_from_whoever_comes_through_a_proxy(running: Installation) -> None:
    assert httpx.get(f"{running.studio}/metrics", headers={"X-Forwarded-For": "198.51.100.7"}).status_code == 404


def test_a_second_start_on_the_same_folder_is_refused(running: Installation) -> None:
    done = leadstone("up", "--port", str(free_port()), "--studio-port", str(free_port()), data=running.data)
    assert done.returncode == 1
    assert f"Leadstone already runs on the data folder {running.data}" in done.stderr


def test_a_killed_edge_comes_back_on_its_port(running: Installation) -> None:
    before = running.of("edge").pid

    os.kill(before, signal.SIGKILL)

    deadline = time.monotonic() + READY_SECONDS
    while running.of("edge").pid == before:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert answer(f"{running.public}/readyz") == 200


def test_everything_ends_in_good_order(tmp_path: Path) -> None:
    installation = start(tmp_path)
    pids = [process.pid for process in processes(tmp_path / "run")]

    installation.process.send_signal(signal.SIGINT)

    installation.process.communicate(timeout=30)
    assert installation.process.returncode == 0
    assert [pid for pid in pids if Path(f"/proc/{pid}").exists()] == []
    assert not (tmp_path / "run" / "processes.json").exists()
