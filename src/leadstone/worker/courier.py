"""One thread with one line to the mail server. It knows no database: it asks before a text travels, and reports after."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

import structlog

from leadstone.infra.mail.message import Parcel
from leadstone.infra.mail.outcome import Fate, Line, Outcome

log = structlog.get_logger()

IDLE_SECONDS = 30  # then the line is closed; servers close theirs after a few minutes anyway


@dataclass(slots=True)
class Job:
    """A parcel in hand. `permit` receives the answer to "may it travel now?"."""

    message_id: int
    subject: str
    parcel: Parcel
    permit: "SimpleQueue[bool]" = field(default_factory=SimpleQueue)


@dataclass(frozen=True, slots=True)
class Asks:
    """The envelope was accepted; the courier waits for the permit of `job`."""

    job: Job


@dataclass(frozen=True, slots=True)
class Reports:
    """The courier is free again."""

    courier: "Courier"
    job: Job
    outcome: Outcome


class Courier:
    """Carries one job at a time; `urgent_only` ones are kept for what visitors wait for."""

    def __init__(
        self, *, open_line: Callable[[], Line], desk: "SimpleQueue[Asks | Reports]", name: str, urgent_only: bool
    ) -> None:
        self.urgent_only = urgent_only
        self._open_line = open_line
        self._desk = desk
        self._inbox: SimpleQueue[Job | None] = SimpleQueue()
        # A daemon: a server that never answers must not keep a process alive that was told twice to stop.
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._started = False

    def take(self, job: Job) -> None:
        if not self._started:
            self._thread.start()
            self._started = True
        self._inbox.put(job)

    def dismiss(self) -> None:
        """Finish the job in hand, close the line, end the thread."""
        self._inbox.put(None)
        if self._started:
            self._thread.join(timeout=5)

    def _run(self) -> None:
        line = self._open_line()
        while True:
            job = self._next(line)
            if job is None:
                line.close()
                return
            self._desk.put(Reports(self, job, self._carry(line, job)))

    def _next(self, line: Line) -> Job | None:
        try:
            return self._inbox.get(timeout=IDLE_SECONDS)
        except Empty:
            line.close()
            return self._inbox.get()  # without a clock: an idle courier costs nothing

    def _carry(self, line: Line, job: Job) -> Outcome:
        asked = False

        def may_send() -> bool:
            nonlocal asked
            asked = True
            self._desk.put(Asks(job))
            return job.permit.get()

        try:
            return line.hand_over(job.parcel, may_send=may_send)
        except Exception:
            # A fault of ours. Once it was permitted, nobody knows how far it came.
            log.exception("courier.fault", message_id=job.message_id)
            line.close()
            return Outcome(Fate.UNKNOWN if asked else Fate.LATER, "fault")
