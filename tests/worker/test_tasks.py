"""Every task on its own: one that fails backs off and disturbs nobody, and the dead are found at once."""

import os
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

from leadstone.worker.presence import BURIED_AFTER_SECONDS, Presence, read_heartbeats
from leadstone.worker.task import LONGEST_BACK_OFF_SECONDS, Rota, Task
from tests.worker.conftest import MONDAY


def test_a_failing_task_backs_off_while_the_others_go_on() -> None:
    runs = {"bad": 0, "good": 0}

    def bad() -> bool:
        runs["bad"] += 1
        raise ZeroDivisionError

    def good() -> bool:
        runs["good"] += 1
        if runs["good"] == 50:
            stop.set()
        return False

    stop = threading.Event()
    tasks = [Task("bad", bad, 0.001), Task("good", good, 0.001)]
    Rota("test", tasks, clock=lambda: MONDAY, monotonic=time.monotonic).run(stop=stop, wakes=threading.Event())

    assert runs["good"] == 50
    assert runs["bad"] < 5
    assert tasks[0].health.failures_in_a_row == runs["bad"]
    assert tasks[1].health.ok_at == MONDAY


def test_the_back_off_grows_to_half_a_minute_and_ends_with_the_trouble() -> None:
    healthy = False

    def run() -> bool:
        if not healthy:
            raise ConnectionError
        return False

    task = Task("t", run, 0.25)
    waits = [task.attempt(now=MONDAY) for _ in range(10)]
    healthy = True

    assert waits[:4] == [0.5, 1.0, 2.0, 4.0]
    assert max(waits) == LONGEST_BACK_OFF_SECONDS
    assert task.attempt(now=MONDAY) == 0.25
    assert task.health.failures_in_a_row == 0


def test_a_wake_ends_the_rest_but_not_the_back_off() -> None:
    ran: list[float] = []

    def run() -> bool:
        ran.append(time.monotonic())
        if len(ran) == 2:
            stop.set()
        return False

    stop, wakes = threading.Event(), threading.Event()
    threading.Timer(0.05, wakes.set).start()
    Rota("test", [Task("t", run, 30)], clock=lambda: MONDAY, monotonic=time.monotonic).run(stop=stop, wakes=wakes)

    assert ran[1] - ran[0] < 5


def test_a_killed_worker_is_known_to_be_dead_at_once_and_a_living_one_is_not(tmp_path: Path) -> None:
    mine = Presence(tmp_path)
    script = (
        "import sys,time;from pathlib import Path;from leadstone.worker.presence import Presence;"
        "p=Presence(Path(sys.argv[1]));print(p.worker,flush=True);time.sleep(60)"
    )
    other = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    name = other.stdout.readline().strip()
    assert mine.gone() == []

    other.kill()
    other.wait()

    assert mine.gone() == [name]
    mine.bury([name], now=MONDAY - timedelta(days=365))
    assert mine.gone() == [name], "its last commit may still be on its way"
    os.utime(tmp_path / f"{name}.worker", (0, 0))
    mine.bury([name], now=MONDAY + timedelta(seconds=BURIED_AFTER_SECONDS))
    assert mine.gone() == []
    mine.leave()
    assert read_heartbeats(tmp_path) == []


def test_a_heartbeat_tells_how_each_task_fares(tmp_path: Path) -> None:
    presence = Presence(tmp_path)
    presence.beat(now=MONDAY, facts={"drain": {"ok_at": None, "failures": 3}})
    presence.beat(now=MONDAY + timedelta(seconds=5), facts={"drain": {"ok_at": None, "failures": 0}})

    (heartbeat,) = read_heartbeats(tmp_path)
    presence.leave()

    assert heartbeat.alive
    assert heartbeat.beat_at == MONDAY + timedelta(seconds=5)
    assert heartbeat.facts["drain"]["failures"] == 0


def test_a_damaged_heartbeat_is_no_fault_of_the_reader(tmp_path: Path) -> None:
    (tmp_path / "abc.worker").write_text('{"beat_at": "yest')

    assert [(h.worker, h.alive, h.beat_at) for h in read_heartbeats(tmp_path)] == [("abc", False, None)]
