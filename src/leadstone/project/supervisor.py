"""Keep the processes of one machine alive: start them together, restart what crashes, stop them in good order.

Runs as `python -m leadstone.project.supervisor`, a process of its own that imports the standard library alone, so that
watching costs a few megabytes. `launch.py` makes the plan, which comes on standard input.
"""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 30.0
STEADY_SECONDS = 60.0  # having run this long, a child's earlier crashes are forgotten
GRACE_SECONDS = 15.0
LOOK_SECONDS = 0.1
ALIVE_SECONDS = 1.0  # a child without an address to ask counts as ready when it has lived this long
CRASHES_BEFORE_GIVING_UP = 3  # counted only until everything was ready once


@dataclass(frozen=True)
class Child:
    """One process to keep alive. It is ready when `ready_url` answers below 500."""

    name: str
    command: list[str]
    ready_url: str = ""


@dataclass(frozen=True)
class Plan:
    """Everything the supervisor needs to know."""

    children: list[Child]
    banner: str  # printed once, with {seconds} filled in, when all are ready
    state_file: str  # who runs, as JSON, for `leadstone status`
    started_at: float  # Unix time at which the person pressed return
    prefix: bool = True  # put the process's name before each line; off for JSON logs, which carry it

    def encode(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def decode(cls, text: str) -> "Plan":
        given = json.loads(text)
        return cls(**{**given, "children": [Child(**child) for child in given["children"]]})


@dataclass
class Running:
    """A child and its present process."""

    child: Child
    process: subprocess.Popen[str]
    started: float
    crashes: int = 0
    ready: bool = False
    restart_at: float | None = None


@dataclass
class Supervisor:
    """Starts the children of a plan and stays until it is told to stop."""

    plan: Plan
    running: list[Running] = field(default_factory=list)
    announced: bool = False
    stop_asked: threading.Event = field(default_factory=threading.Event)

    def run(self) -> int:
        """Keep everything alive; returns the exit code after the last child has gone."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)
        self.running = [Running(child, self._start(child), time.monotonic()) for child in self.plan.children]
        self._write_state()
        code = 0
        while not self.stop_asked.is_set():
            for one in self.running:
                self._look_after(one)
            if not self.announced and any(one.crashes >= CRASHES_BEFORE_GIVING_UP for one in self.running):
                failed = next(one.child.name for one in self.running if one.crashes >= CRASHES_BEFORE_GIVING_UP)
                self._say(f"leadstone: {failed} does not start; see its lines above.")
                code = 1
                break
            self._announce_when_ready()
            self.stop_asked.wait(LOOK_SECONDS)
        self._stop_all()
        return code

    def _start(self, child: Child) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            child.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,  # Ctrl-C reaches us alone, so that children stop in good order
        )
        threading.Thread(target=self._relay, args=(child.name, process), daemon=True).start()
        return process

    def _relay(self, name: str, process: subprocess.Popen[str]) -> None:
        prefix = f"{name:<7}│ " if self.plan.prefix else ""
        for line in process.stdout or ():
            self._say(prefix + line.rstrip("\n"))

    def _look_after(self, one: Running) -> None:
        now = time.monotonic()
        if one.restart_at is not None:
            if now >= one.restart_at:
                one.process, one.started, one.restart_at = self._start(one.child), now, None
                self._write_state()
        elif one.process.poll() is not None:
            one.crashes = 1 if now - one.started > STEADY_SECONDS else one.crashes + 1
            wait = min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** (one.crashes - 1))
            one.restart_at = now + wait
            self._say(f"leadstone: {one.child.name} ended with code {one.process.returncode}; starting it again in {wait:g} s.")
        elif not one.ready:
            one.ready = _answers(one.child.ready_url) if one.child.ready_url else now - one.started > ALIVE_SECONDS

    def _announce_when_ready(self) -> None:
        if not self.announced and all(one.ready for one in self.running):
            self.announced = True
            self._say(self.plan.banner.replace("{seconds}", f"{time.time() - self.plan.started_at:.1f}"))

    def _stop_all(self) -> None:
        alive = [one.process for one in self.running if one.process.poll() is None]
        for process in alive:
            process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for process in alive:
            try:
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        Path(self.plan.state_file).unlink(missing_ok=True)

    def _asked_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        if self.stop_asked.is_set():  # asked twice: somebody is in a hurry
            for one in self.running:
                with suppress(ProcessLookupError):
                    os.killpg(one.process.pid, signal.SIGKILL)
        self.stop_asked.set()

    def _write_state(self) -> None:
        rows = [{"name": one.child.name, "pid": one.process.pid, "crashes": one.crashes} for one in self.running]
        file = Path(self.plan.state_file)
        draft = file.with_suffix(".new")
        draft.write_text(json.dumps({"supervisor": os.getpid(), "processes": rows}))
        draft.replace(file)

    @staticmethod
    def _say(line: str) -> None:
        with suppress(BrokenPipeError):
            print(line, flush=True)


def _answers(url: str) -> bool:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "127.0.0.1", parts.port or 80, timeout=2)
    try:
        connection.request("GET", parts.path or "/")
        return connection.getresponse().status < http.client.INTERNAL_SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    raise SystemExit(Supervisor(Plan.decode(sys.stdin.read())).run())
