"""K8 and K4 for an issue: real workers are killed while it leaves, real readers leave while it does."""

import os
import random
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.delivery.servers import smtp_server
from tests.pristine import Migrated
from tests.worker.processes import installation, stop

FULL = os.environ.get("LEADSTONE_FULL") == "1"
READERS = 100_000 if FULL else 2_000
LEAVING = 200 if FULL else 100
MOST_KILLS = 200 if FULL else 5

pytestmark = [pytest.mark.slow, pytest.mark.timeout(7200 if FULL else 600)]


def test_nobody_gets_an_issue_twice_and_nobody_is_skipped_while_workers_die_and_readers_leave(
    tmp_path: Path, migrated: Migrated
) -> None:
    chance = random.Random(5)
    with smtp_server() as (port, sink), installation(tmp_path / "data", mail_port=port, migrated=migrated) as house:
        issue = house.ask("seed_issue", READERS)
        workers = [house.start_worker() for _ in range(2)]
        states: dict[str, str] = {}
        kills = seen = 0
        while (found := house.ask("issue", issue))["state"] not in ("sent", "stopped"):
            assert found.get("adds_up", True), found
            done = found.get("targeted", 0) + found.get("sent", 0)
            if found.get("sent") and not states:
                states = {f"m{n}@home.example": house.ask("leave", n) for n in chance.sample(range(READERS), LEAVING)}
            # One after the other dies, but never before something happened since: a worker needs time to start.
            if done > seen and kills < MOST_KILLS:
                victim = workers.pop(0)
                victim.kill()
                victim.wait()
                kills, seen = kills + 1, done
                workers.append(house.start_worker())
            time.sleep(0.3)
        stop(workers)
        account = house.ask("issue", issue)

    times = Counter(sink.recipients)
    in_time = {to for to, state in states.items() if state in ("queued", "claimed", "excluded", "unreached")}
    assert kills >= 2, "too quick to show anything"
    assert account["adds_up"]
    assert account["pending"] == 0
    assert [to for to, n in times.items() if n > 1] == []
    assert in_time & set(times) == set(), "sent although the withdrawal was committed before"
    # Who left before their row was written reads the topic no more, and is no recipient.
    assert READERS - LEAVING <= account["targeted"] <= READERS
    assert account["unknown"] <= kills * 8
    everybody = {f"m{n}@home.example" for n in range(READERS)}
    assert len(everybody - set(times) - set(states)) <= account["unknown"], "skipped without a word"
