"""Moving messages on: what became of them, and what was held back. Every move is checked against the table of states."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import structlog
from django.db import connection
from django.db.models import F, QuerySet

from leadstone.domains.delivery.events import MessageFailed, MessageHandedOver
from leadstone.domains.delivery.models import Message
from leadstone.domains.delivery.rules import (
    POSTPONED_FOR,
    POSTPONING,
    MessageClass,
    State,
    after_unclear_end,
    origins_of,
    retry_wait,
)
from leadstone.infra.mail.outcome import Fate, Outcome
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.decision import Decision

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Result:
    """What a courier brought back for a message."""

    message_id: int
    outcome: Outcome


def rows_of(ids: Collection[int], *, worker: str, states: tuple[State, ...]) -> list[Message]:
    """Those of `ids` that `worker` holds in one of `states`, locked, longest due first."""
    rows: QuerySet[Message] = Message.objects.filter(pk__in=ids, state__in=states, claimed_by=worker).order_by("due_at", "pk")
    return list(rows.select_for_update() if connection.features.has_select_for_update else rows)


def hold_back(rows: Sequence[Message], decisions: Mapping[int, Decision], *, now: datetime) -> None:
    """Exclude or postpone each of `rows` whose decision is a refusal."""
    by_reason: dict[StrEnum | None, list[Message]] = {}
    for row in rows:
        if not decisions[row.pk]:
            by_reason.setdefault(decisions[row.pk].because, []).append(row)
    for because, held in by_reason.items():
        these = Message.objects.filter(pk__in=[row.pk for row in held])
        if because in POSTPONING:
            these.update(state=State.QUEUED, because=str(because), claimed_by="", lease_until=None, due_at=now + POSTPONED_FOR)
        else:
            these.update(state=State.EXCLUDED, because=str(because), claimed_by="", lease_until=None, finished_at=now)
            for row in held:
                row.because = str(because)
            tell_failed(held, now=now)
        log.info("message.held_back", because=str(because), messages=len(held), first_message=held[0].pk)


def settle(results: Sequence[Result], *, worker: str, now: datetime) -> None:
    """Write down what became of messages that `worker` holds; part of the caller's transaction."""
    outcomes = {result.message_id: result.outcome for result in results if result.outcome.fate is not Fate.WITHHELD}
    sent = [pk for pk, outcome in outcomes.items() if outcome.fate is Fate.SENT]
    others = outcomes.keys() - set(sent)
    settled = _settle_sent(sent, worker=worker, now=now) if sent else 0
    if others:
        rows = rows_of(others, worker=worker, states=(State.CLAIMED, State.SENDING, State.UNKNOWN))
        moved = [row for row in rows if _apply(row, outcomes[row.pk], now=now)]
        Message.objects.bulk_update(
            moved, ["state", "because", "attempts", "repeats", "due_at", "finished_at", "claimed_by", "lease_until"]
        )
        tell_failed([row for row in moved if row.state in (State.FAILED, State.UNKNOWN)], now=now)
        settled += len(moved)
    if settled < len(outcomes):
        log.warning("message.outcome_came_too_late", messages=len(outcomes) - settled)


def _settle_sent(ids: Sequence[int], *, worker: str, now: datetime) -> int:
    """The common case in one update, however many."""
    held = Message.objects.filter(pk__in=ids, claimed_by=worker)
    settled = held.filter(state__in=origins_of(State.SENT)).update(
        state=State.SENT, because="", attempts=F("attempts") + 1, lease_until=None, finished_at=now
    )
    asked_for = held.filter(state=State.SENT, message_class=MessageClass.TRANSACTIONAL).order_by("pk")
    for pk in (handed_over := list(asked_for.values_list("pk", flat=True))):
        log.info("message.sent", message_id=pk)
    outbox.record(*(MessageHandedOver(message_id=pk) for pk in handed_over), at=now)
    return settled


def _apply(row: Message, outcome: Outcome, *, now: datetime) -> bool:
    """Move `row` by what the courier saw; False when its state allows no such move."""
    to = _next_state(row, outcome, now=now)
    if State(row.state) not in origins_of(to):
        return False
    row.state, row.because, row.attempts = to, outcome.because[:60], row.attempts + 1
    row.lease_until = None
    if to is State.QUEUED:
        wait = retry_wait(attempts=row.attempts, waited=now - row.queued_at, server_away=outcome.line_down)
        row.due_at, row.claimed_by = now + (wait or timedelta(0)), ""
        row.repeats += outcome.fate is Fate.UNKNOWN
    else:
        row.finished_at = now
    log.info("message.settled", message_id=row.pk, state=row.state, because=row.because, attempts=row.attempts)
    return True


def _next_state(row: Message, outcome: Outcome, *, now: datetime) -> State:
    match outcome.fate:
        case Fate.FAILED:
            return State.FAILED
        case Fate.UNKNOWN:
            return after_unclear_end(MessageClass(row.message_class), repeats=row.repeats)
        case _:
            goes_on = retry_wait(attempts=row.attempts + 1, waited=now - row.queued_at)
            return State.QUEUED if goes_on else State.FAILED


def tell_failed(rows: Sequence[Message], *, now: datetime) -> None:
    """Record that asked-for messages among `rows` will not arrive."""
    asked_for = [row for row in rows if row.message_class == MessageClass.TRANSACTIONAL]
    outbox.record(*(MessageFailed(message_id=row.pk, because=row.because) for row in asked_for), at=now)
