"""The supervisor, with small real processes."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from leadstone.project.supervisor import Child, Plan

SLEEPS = "import time; print('here', flush=True); time.sleep(60)"
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    begun: list[subprocess.Popen[str]] = []

    def _start(*programs: str, prefix: bool = True) -> "subprocess.Popen[str]":
        children = [Child(f"child{number}", [sys.executable, "-c", program]) for number, program in enumerate(programs)]
        plan = Plan(
            children,
            banner="all ready after {seconds} s",
            state_file=str(tmp_path / "state"),
            started_at=time.time(),
            prefix=prefix,
        )
        command = [sys.executable, "-m", "leadstone.project.supervisor"]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        assert process.stdin is not None
        process.stdin.write(plan.encode())
        process.stdin.close()
        process.stdin = None
        begun.append(process)
        return process

    yield _start
    for process in begun:
        process.kill()
        process.communicate()


def state(tmp_path: Path) -> list[dict[str, int]]:
    rows: list[dict[str, int]] = json.loads((tmp_path / "state").read_text())["processes"]
    return rows


def read_until(process: "subprocess.Popen[str]", words: str) -> str:
    told = ""
    for line in process.stdout or ():
        told += line
        if words in line:
            return told
    raise AssertionError(f"ended without {words!r}: {told}")


def eventually(question: Callable[[], bool], *, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_it_tells_once_when_everything_is_ready(start: Start) -> None:
    assert "all ready after 1." in read_until(start(SLEEPS, SLEEPS), "all ready")


def test_each_line_names_its_process(start: Start) -> None:
    assert "child0 │ here" in read_until(start(SLEEPS), "here")


def test_machine_readable_lines_are_left_alone(start: Start) -> None:
    assert "│" not in read_until(start(SLEEPS, prefix=False), "here")


def test_a_crashed_child_is_started_again(start: Start, tmp_path: Path) -> None:
    process = start(SLEEPS, SLEEPS)
    read_until(process, "all ready")
    killed, spared = (row["pid"] for row in state(tmp_path))

    os.kill(killed, signal.SIGKILL)

    assert "starting it again in 0.5 s" in read_until(process, "starting it again")
    eventually(lambda: state(tmp_path)[0]["pid"] != killed)
    assert state(tmp_path)[1]["pid"] == spared


def test_a_child_that_never_starts_ends_everything_with_code_1(start: Start) -> None:
    process = start(SLEEPS, "raise SystemExit('no port for me')")
    # The healthy child is ready at once and the broken one is not, so nothing is announced before the third crash.
    told = read_until(process, "does not start")

    assert told.count("no port for me") == 3
    assert process.wait(timeout=60) == 1


@pytest.mark.parametrize("wish", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_wish_to_stop_ends_every_child_and_leaves_no_trace(start: Start, tmp_path: Path, wish: signal.Signals) -> None:
    process = start(SLEEPS, SLEEPS)
    read_until(process, "all ready")
    pids = [row["pid"] for row in state(tmp_path)]

    process.send_signal(wish)

    assert process.wait(timeout=60) == 0
    assert not any(is_alive(pid) for pid in pids)
    assert not (tmp_path / "state").exists()


def test_children_of_a_killed_supervisor_leave_too(start: Start, tmp_path: Path) -> None:
    program = f"from leadstone.project.lifeline import leave_with_parent; leave_with_parent(); {SLEEPS}"
    process = start(program)
    read_until(process, "here")
    (row,) = state(tmp_path)

    process.kill()

    eventually(lambda: not is_alive(row["pid"]))


def test_the_supervisor_is_light(start: Start) -> None:
    program = (
        "import sys, leadstone.project.supervisor; "
        "print([m for m in sys.modules if m.split('.')[0] in {'django', 'pydantic', 'typer', 'rich', 'granian', 'structlog'}])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
