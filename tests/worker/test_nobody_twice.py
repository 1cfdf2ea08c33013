"""K8 and K4 with real processes that are killed: nobody gets the same message twice, nobody is skipped silently."""

import os
import random
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.delivery.servers import DROP, TAKE, smtp_server
from tests.pristine import Migrated
from tests.worker.processes import installation, stop

FULL = os.environ.get("LEADSTONE_FULL") == "1"
RECIPIENTS = 100_000 if FULL else 2_000
ASKED_FOR = 500 if FULL else 100
RACES = 1_000 if FULL else 100
WORKERS = 4
COURIERS = 4
MOST_KILLS = 1_000 if FULL else 5
LIVES_SECONDS = 2 if FULL else 0.3

pytestmark = [pytest.mark.slow, pytest.mark.timeout(7200 if FULL else 600)]


def test_nobody_gets_a_mailing_twice_while_workers_are_killed_and_the_server_misbehaves(
    tmp_path: Path, migrated: Migrated
) -> None:
    chance = random.Random(8)
    fates = {f"m{n}@home.example": _fate(chance) for n in range(RECIPIENTS)}

    def answer(to: str, _count: int) -> str:
        return fates.get(to, TAKE)

    with smtp_server(on_data=answer) as (port, sink), installation(tmp_path / "data", mail_port=port, migrated=migrated) as house:
        mailing = house.ask("seed", RECIPIENTS, ASKED_FOR)
        workers = [house.start_worker() for _ in range(WORKERS)]
        kills = seen = 0
        while (account := house.ask("account", mailing))["pending"] or account["asked_for_pending"]:
            assert account["adds_up"], account
            # One after the other dies, but never before something happened since: a worker needs time to start.
            done = RECIPIENTS - account["pending"]
            if done > seen and kills < MOST_KILLS:
                victim = workers.pop(0)
                victim.kill()
                victim.wait()
                kills, seen = kills + 1, done
                workers.append(house.start_worker())
            time.sleep(LIVES_SECONDS)
        stop(workers)
        account = house.ask("account", mailing)

    to_people = Counter(to for to in sink.recipients if to.startswith("m"))
    assert account["adds_up"]
    assert account["targeted"] == RECIPIENTS
    assert kills >= 3, "too quick to show anything"
    assert [to for to, times in to_people.items() if times > 1] == []
    refused = sum(fate.startswith("554") for fate in fates.values())
    dropped = sum(fate == DROP for fate in fates.values())
    assert refused - kills * COURIERS <= account["failed"] <= refused
    assert account["unknown"] <= dropped + kills * COURIERS
    assert len(to_people) >= account["sent"] >= RECIPIENTS - refused - account["unknown"]
    _asked_for_letters_came_with_few_repeats(sink.messages(), kills=kills)


def _fate(chance: random.Random) -> str:
    number = chance.random()
    if number < 0.01:
        return "554 5.7.1 no"
    return DROP if number < 0.015 else TAKE


def _asked_for_letters_came_with_few_repeats(messages: list[object], *, kills: int) -> None:
    ids: dict[str, list[str]] = {}
    for message in messages:
        to = str(message["To"])  # type: ignore[index]
        if to.startswith("t"):
            ids.setdefault(to, []).append(str(message["Message-ID"]))  # type: ignore[index]
    assert len(ids) == ASKED_FOR, "everybody got what was asked for"
    assert sum(len(seen) - 1 for seen in ids.values()) <= kills * COURIERS
    assert all(len(set(seen)) == 1 for seen in ids.values()), "a repeat has the same Message-ID"


def test_who_leaves_while_a_batch_runs_gets_nothing_that_had_not_begun(tmp_path: Path, migrated: Migrated) -> None:
    with smtp_server() as (port, sink), installation(tmp_path / "data", mail_port=port, migrated=migrated) as house:
        mailing = house.ask("seed", RACES * 10, 0)
        workers = [house.start_worker() for _ in range(2)]
        while house.ask("account", mailing)["sent"] == 0:
            time.sleep(0.05)
        chance = random.Random(4)
        leaving = chance.sample(range(RACES * 10), RACES)
        states = {f"m{n}@home.example": house.ask("leave", n) for n in leaving}
        while house.ask("account", mailing)["pending"]:
            time.sleep(0.2)
        stop(workers)
        account = house.ask("account", mailing)

    in_time = {to for to, state in states.items() if state in ("queued", "claimed", "excluded")}
    assert in_time & set(sink.recipients) == set(), "sent although the withdrawal was committed before"
    assert len(in_time) > RACES // 10, "too few races were won to show anything"
    assert account["adds_up"]
    # Some had begun when they left, and were stopped by the last look before the text travelled.
    assert account["excluded"] == len(set(states) - set(sink.recipients))
