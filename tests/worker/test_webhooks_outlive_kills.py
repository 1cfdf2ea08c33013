"""S6 with real processes that are killed while the other side listens: each message arrives, and a repeat is known by its id."""

import os
import socket
import subprocess
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.outbound.receiver import Answer, Heard, receiver, says
from tests.pristine import Migrated
from tests.worker.processes import installation, stop

MESSAGES = 60 if os.environ.get("LEADSTONE_FULL") == "1" else 9
EVERY = 3  # so many requests from one kill to the next

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


class Killer:
    """Answers every request with 200; at some it first kills the worker that waits for the answer."""

    def __init__(self) -> None:
        self.worker: subprocess.Popen[bytes] | None = None
        self.victims: list[str] = []  # the message at which each worker was killed

    def answer(self, heard: Heard, before: int) -> Answer:
        kills = before % EVERY == 0 and len(self.victims) < MESSAGES // EVERY

        def write(connection: socket.socket, over: threading.Event) -> None:
            if kills and self.worker is not None:
                self.victims.append(heard.headers["webhook-id"])
                self.worker.kill()
                self.worker.wait()
            says(200)(connection, over)

        return write


def test_what_a_killed_worker_sent_and_could_not_note_comes_again_under_its_id_and_nothing_is_lost(
    tmp_path: Path, migrated: Migrated
) -> None:
    killer = Killer()
    with receiver(killer.answer) as server, installation(tmp_path / "data", mail_port=9, migrated=migrated) as house:
        house.environment["LEADSTONE_OUTBOUND_NETWORKS"] = "127.0.0.0/8"
        house.ask("seed_hooks", server.url, MESSAGES)
        killer.worker = house.start_worker()
        while set((states := house.ask("hooks")).values()) != {"delivered"}:
            if killer.worker.poll() is not None:
                killer.worker = house.start_worker()
            time.sleep(0.1)
        stop([killer.worker])

    times = Counter(heard.headers["webhook-id"] for heard in server.heard)
    assert len(states) == MESSAGES
    assert set(times) == set(states), "each was heard, and nothing else was"
    assert len(killer.victims) == MESSAGES // EVERY, "too quick to show anything"
    assert {message for message, heard in times.items() if heard > 1} == set(killer.victims)
    assert sum(heard - 1 for heard in times.values()) == len(killer.victims), "one repeat for each kill"
