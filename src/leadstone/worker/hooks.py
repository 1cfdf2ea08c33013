"""Telling other systems: a desk that talks to the database, and one messenger for each endpoint that is asked at the moment."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from queue import Empty, SimpleQueue

from leadstone.domains.webhooks.rules import MOST_ENDPOINTS, Attempt
from leadstone.flows.hooks_sent import Sealed, claim_hooks, note_attempt, seal, send
from leadstone.infra.outbound import Outbound


@dataclass(frozen=True, slots=True)
class _Report:
    sealed: Sealed
    attempt: Attempt


class Messengers:
    """Used from one thread. A slow endpoint keeps its own messenger waiting and nobody else's."""

    def __init__(self, *, worker: str, outbound: Outbound | None, clock: Callable[[], datetime]) -> None:
        self._worker = worker
        self._outbound = outbound
        self._clock = clock
        self._reports: SimpleQueue[_Report] = SimpleQueue()
        self._in_hand: dict[int, int] = {}  # delivery → endpoint

    def step(self, *, wait_seconds: float = 0.0) -> bool:
        """Write down what came back, and send out who is free. Returns whether anything moved."""
        if self._outbound is None:
            return False
        heard = self._hear(wait_seconds if self._in_hand else 0.0)
        now = self._clock()
        free = MOST_ENDPOINTS - len(self._in_hand)
        claimed = claim_hooks(worker=self._worker, busy=set(self._in_hand.values()), limit=free, now=now) if free else []
        for sealed in seal(claimed, now=now):
            self._in_hand[sealed.delivery_id] = sealed.endpoint_id
            threading.Thread(target=self._run, args=(sealed, self._outbound), name="messenger", daemon=True).start()
        return heard or bool(claimed)

    @property
    def idle(self) -> bool:
        return not self._in_hand

    def run_until_idle(self) -> None:
        """Everything that is due now."""
        while self.step(wait_seconds=0.2) or not self.idle:
            continue

    def finish(self) -> None:
        """Hear whoever is still out; each comes back by the time that a request may take."""
        while self._in_hand:
            self._hear(0.2)

    def _run(self, sealed: Sealed, outbound: Outbound) -> None:
        attempt = Attempt(None, "fault")
        try:
            attempt = send(sealed, outbound)
        finally:
            self._reports.put(_Report(sealed, attempt))

    def _hear(self, wait_seconds: float) -> bool:
        try:
            report = self._reports.get(timeout=wait_seconds) if wait_seconds else self._reports.get_nowait()
        except Empty:
            return False
        while True:
            del self._in_hand[report.sealed.delivery_id]
            note_attempt(report.sealed.delivery_id, report.attempt, worker=self._worker, now=self._clock())
            try:
                report = self._reports.get_nowait()
            except Empty:
                return True
