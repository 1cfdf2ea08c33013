"""A thing to do again and again, which may fail without disturbing the others."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from django.db import connection

log = structlog.get_logger()

FIRST_BACK_OFF_SECONDS = 0.5
LONGEST_BACK_OFF_SECONDS = 30.0


@dataclass(slots=True)
class TaskHealth:
    """What `status` and `doctor` tell about a task."""

    ok_at: datetime | None = None
    failed_at: datetime | None = None
    failures_in_a_row: int = 0


@dataclass(slots=True)
class Task:
    """`run` does one portion and answers whether there was anything to do; then it is called again at once.

    `wakes` is set by others to end the rest early.
    """

    name: str
    run: Callable[[], bool]
    rest_seconds: float
    wakes: threading.Event = field(default_factory=threading.Event)
    health: TaskHealth = field(default_factory=TaskHealth)

    def attempt(self, *, now: datetime) -> float:
        """Run one portion; returns the seconds to rest. Never raises: a failure is logged and backs off."""
        try:
            busy = self.run()
        except Exception:
            self.health.failed_at = now
            self.health.failures_in_a_row += 1
            wait = min(FIRST_BACK_OFF_SECONDS * 2.0 ** min(self.health.failures_in_a_row - 1, 10), LONGEST_BACK_OFF_SECONDS)
            log.exception("task.failed", task=self.name, in_a_row=self.health.failures_in_a_row, again_in_seconds=wait)
            self._leave_connection()
            return wait
        self.health.ok_at, self.health.failures_in_a_row = now, 0
        return 0.0 if busy else self.rest_seconds

    def _leave_connection(self) -> None:
        """A database that went away leaves a dead connection; the next portion opens a new one."""
        if not connection.in_atomic_block:
            connection.close()


class Rota:
    """The tasks that share one thread, each with its own rest."""

    def __init__(self, name: str, tasks: list[Task], *, clock: Callable[[], datetime], monotonic: Callable[[], float]) -> None:
        self.name = name
        self.tasks = tasks
        self._clock = clock
        self._monotonic = monotonic

    def run(self, *, stop: threading.Event, wakes: threading.Event) -> None:
        """Until `stop` is set. `wakes` ends the common rest and makes every task due that was not backing off."""
        due = dict.fromkeys((task.name for task in self.tasks), 0.0)
        while not stop.is_set():
            woken = wakes.is_set()
            wakes.clear()
            for task in self.tasks:
                if stop.is_set():
                    return
                if self._monotonic() >= due[task.name] or (woken and not task.health.failures_in_a_row):
                    due[task.name] = self._monotonic() + task.attempt(now=self._clock())
            if stop.is_set():
                return
            wakes.wait(max(0.0, min(due.values()) - self._monotonic()))
