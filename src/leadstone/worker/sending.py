"""Sending what waits: one desk that talks to the database, a few couriers that talk to the mail server.

All couriers that wait at the same moment share one commit, as the journal's writers share one fsync.
"""

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue

import structlog
from django.db import DatabaseError

from leadstone.domains.delivery.rules import Limits, MessageClass, Refusal
from leadstone.domains.delivery.services import gateway
from leadstone.domains.delivery.services.settling import Result
from leadstone.infra.mail.message import BadHeaderValue, Mail, pack
from leadstone.infra.mail.outcome import Fate, Line, Outcome
from leadstone.worker.courier import Asks, Courier, Job, Reports

log = structlog.get_logger()

Compose = Callable[..., Mapping[int, Mail]]  # (message_ids, *, now): a message with nothing to say is absent

CLAIM_AT_ONCE = 100
LONGEST_PAUSE_SECONDS = 60.0
RESULTS_WAIT_SECONDS = 0.05


class Sender:
    """Used from one thread. `compose` turns message ids into mails at the moment of sending."""

    def __init__(
        self,
        *,
        worker: str,
        open_line: Callable[[], Line],
        compose: Compose,
        limits: Limits,
        clock: Callable[[], datetime],
        couriers: int = 4,
    ) -> None:
        self._worker = worker
        self._compose = compose
        self._limits = limits
        self._clock = clock
        self._desk: SimpleQueue[Asks | Reports] = SimpleQueue()
        self._free = [
            # The first one is kept for visitors, so that a slow mailing never makes them wait for a line.
            Courier(open_line=open_line, desk=self._desk, name=f"courier-{n}", urgent_only=n == 0 and couriers > 1)
            for n in range(couriers)
        ]
        self._ready: dict[MessageClass, deque[Job]] = {kind: deque() for kind in MessageClass}
        self._in_hand: dict[int, Job] = {}
        self._asked: list[Job] = []
        self._results: list[Result] = []
        self._first_result_at = 0.0
        self._pause_seconds = 0.0
        self._paused_until = 0.0

    @property
    def idle(self) -> bool:
        """Nothing is in hand and nothing waits to be written down."""
        return not (self._in_hand or self._results or any(self._ready.values()))

    def step(self, *, wait_seconds: float = 0.0) -> bool:
        """One round: hear the couriers, commit, answer, hand out work. Returns whether anything moved.

        A database error is raised after nothing was forgotten: the next step tries again.
        """
        if self._results:
            wait_seconds = min(wait_seconds, RESULTS_WAIT_SECONDS)
        heard = self._hear(wait_seconds if self._in_hand else 0.0)
        if self._must_commit():
            self._commit()
        return self._hand_out() or heard

    def run_until_idle(self, *, seconds: float = 60.0) -> None:
        """Send all that is due now; raises `TimeoutError` when the mail server takes longer than `seconds`."""
        until = time.monotonic() + seconds
        while self.step(wait_seconds=0.2) or not self.idle:
            if time.monotonic() > until:
                raise TimeoutError

    def finish(self, *, seconds: float = 30.0) -> None:
        """Stop gracefully: give back what has not begun, finish what is in hand, close the lines."""
        self._give_back()
        until = time.monotonic() + seconds
        while (self._in_hand or self._results) and time.monotonic() < until:
            self._hear(0.2)
            if self._asked or self._results:
                self._commit()
        for courier in self._free:
            courier.dismiss()

    def _hear(self, wait_seconds: float) -> bool:
        heard = False
        try:
            event = self._desk.get(timeout=wait_seconds) if wait_seconds else self._desk.get_nowait()
            while True:
                heard = True
                self._note(event)
                event = self._desk.get_nowait()
        except Empty:
            return heard

    def _must_commit(self) -> bool:
        """Results travel with the next question, in one commit; but they do not wait for it long."""
        if self._asked or (self._results and not self._in_hand):
            return True
        return bool(self._results) and time.monotonic() - self._first_result_at > RESULTS_WAIT_SECONDS

    def _note(self, event: Asks | Reports) -> None:
        if isinstance(event, Asks):
            self._asked.append(event.job)
            return
        del self._in_hand[event.job.message_id]
        self._free.append(event.courier)
        if not self._results:
            self._first_result_at = time.monotonic()
        self._results.append(Result(event.job.message_id, event.outcome))
        self._mind_the_server(event.outcome)

    def _commit(self) -> None:
        wanted = {job.message_id: job.subject for job in self._asked}
        permitted = gateway.settle_and_permit(self._results, wanted, worker=self._worker, limits=self._limits, now=self._clock())
        self._results.clear()
        for job in self._asked:
            job.permit.put(job.message_id in permitted)
        self._asked.clear()

    def _mind_the_server(self, outcome: Outcome) -> None:
        if outcome.line_down:
            self._pause_seconds = min(max(1.0, self._pause_seconds * 2), LONGEST_PAUSE_SECONDS)
            self._paused_until = time.monotonic() + self._pause_seconds
            log.warning("mail_server.away", because=outcome.because, pause_seconds=self._pause_seconds)
        elif outcome.fate is not Fate.LATER:
            self._pause_seconds = 0.0

    def _hand_out(self) -> bool:
        if time.monotonic() < self._paused_until:
            self._give_back()
            return False
        moved = False
        for message_class in (MessageClass.TRANSACTIONAL, MessageClass.MARKETING):
            able = [c for c in self._free if message_class is MessageClass.TRANSACTIONAL or not c.urgent_only]
            ready = self._ready[message_class]
            if able and len(ready) < len(able):
                moved |= self._prepare(message_class)
            for courier in able[: len(ready)]:
                job = ready.popleft()
                self._free.remove(courier)
                self._in_hand[job.message_id] = job
                courier.take(job)
                moved = True
        return moved

    def _prepare(self, message_class: MessageClass) -> bool:
        """Claim, screen and compose a batch; returns whether there was any."""
        now = self._clock()
        claimed = gateway.claim(message_class=message_class, limit=CLAIM_AT_ONCE, worker=self._worker, now=now)
        if not claimed:
            return False
        try:
            going = gateway.screen(claimed, worker=self._worker, limits=self._limits, now=now)
            mails = self._composed(going, now=now)
            silent = set(going) - mails.keys() - {result.message_id for result in self._results}
            gateway.exclude(silent, because=Refusal.NOTHING_TO_SAY, worker=self._worker, now=now)
        except DatabaseError:
            log.warning("sending.batch_not_prepared", messages=len(claimed))
            raise  # the lease gives them back
        self._ready[message_class].extend(job for pk in going if pk in mails and (job := self._packed(pk, mails[pk])) is not None)
        return True

    def _composed(self, message_ids: Sequence[int], *, now: datetime) -> dict[int, Mail]:
        """One letter that cannot be composed must not hold up its neighbours."""
        try:
            return dict(self._compose(message_ids, now=now))
        except DatabaseError:
            raise
        except Exception:
            if len(message_ids) == 1:
                log.exception("letter.not_composed", message_id=message_ids[0])
                self._results.append(Result(message_ids[0], Outcome(Fate.LATER, "cannot_compose")))
                return {}
            return {pk: mail for one in message_ids for pk, mail in self._composed([one], now=now).items()}

    def _packed(self, message_id: int, mail: Mail) -> Job | None:
        try:
            return Job(message_id, mail.subject, pack(mail))
        except BadHeaderValue:
            log.warning("letter.bad_header", message_id=message_id)
            self._results.append(Result(message_id, Outcome(Fate.FAILED, "bad_header")))
            return None

    def _give_back(self) -> None:
        waiting = [job.message_id for queue in self._ready.values() for job in queue]
        if waiting:
            gateway.release(waiting, worker=self._worker, now=self._clock() + timedelta(seconds=self._pause_seconds))
        for queue in self._ready.values():
            queue.clear()
