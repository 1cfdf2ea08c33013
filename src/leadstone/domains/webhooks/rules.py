"""What other systems are told, how it is signed, and when it is tried again (Standard Webhooks 1.0)."""

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class EventKind(StrEnum):
    """What may be told. The names never change: they are in other people's programs."""

    TRIAL_STARTED = "trial.started"
    TRIAL_ENDING = "trial.ending"
    TRIAL_ENDED = "trial.ended"
    LEAD_QUALIFIED = "lead.qualified"
    DEAL_WON = "deal.won"
    CONSENT_WITHDRAWN = "consent.withdrawn"  # so that other systems stop too
    CONTACT_FORGOTTEN = "contact.forgotten"  # so that other systems forget too
    TEST = "test"  # only by hand


CHOSEN = tuple(kind for kind in EventKind if kind is not EventKind.TEST)


class State(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"  # leased by a worker
    DELIVERED = "delivered"
    DEAD = "dead"  # given up; a person may send it again
    DROPPED = "dropped"  # there was nothing left to say, or the copy that it waited in was let out


MOVES: Mapping[State, frozenset[State]] = {
    State.WAITING: frozenset({State.SENDING, State.DROPPED}),
    State.SENDING: frozenset({State.WAITING, State.DELIVERED, State.DEAD, State.DROPPED}),
    State.DEAD: frozenset({State.WAITING}),
    State.DELIVERED: frozenset({State.WAITING}),
}


def origins_of(to: State) -> list[str]:
    """From where a delivery may come to a state."""
    return [state.value for state, targets in MOVES.items() if to in targets]


# The first attempt is at once; then these waits, of 75 hours in all (Standard Webhooks, "Deliverability and reliability").
RETRY_WAITS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
MOST_ENDPOINTS = 20
LONGEST_NAME = 80
# For whoever verifies: how long the secret before a rotation signs too.
OLD_SECRET_LASTS = timedelta(hours=24)
ENDPOINT_BACK_WITHIN = timedelta(minutes=10)


class Stopped(StrEnum):
    """Why an endpoint is not told anything."""

    BY_HAND = "by_hand"
    GONE = "gone"  # it answered 410


@dataclass(frozen=True, slots=True)
class Attempt:
    """What became of one request: the status of its answer, or why there was none. `wait`: what the other side asked for."""

    status: int | None
    because: str = ""
    wait: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What happens to a delivery after an attempt; `due_at` only for WAITING. `gone`: the endpoint wants no more at all."""

    state: State
    due_at: datetime | None = None
    gone: bool = False


def after_attempt(attempt: Attempt, *, attempts: int, now: datetime) -> Verdict:
    """What follows from the answer to the attempt of this number (from 1). Any 2xx is heard; a redirect is not followed."""
    status = attempt.status
    if status is not None and 200 <= status < 300:
        return Verdict(State.DELIVERED)
    if status == 410:
        return Verdict(State.DEAD, gone=True)
    if attempts > len(RETRY_WAITS):
        return Verdict(State.DEAD)
    planned = RETRY_WAITS[attempts - 1]
    asked = min(attempt.wait, RETRY_WAITS[-1]) if attempt.wait else timedelta()
    return Verdict(State.WAITING, now + max(planned, asked))


def shown_secret(secret: bytes) -> str:
    """A secret as Standard Webhooks writes it."""
    return f"whsec_{base64.b64encode(secret).decode()}"


def signatures(secrets: Sequence[bytes], *, message_id: str, timestamp: int, body: bytes) -> str:
    """The `webhook-signature` header: one signature (v1, HMAC-SHA256) for each secret that is good now."""
    signed = b".".join([message_id.encode(), str(timestamp).encode(), body])
    return " ".join(f"v1,{base64.b64encode(hmac.digest(secret, signed, hashlib.sha256)).decode()}" for secret in secrets)


@dataclass(frozen=True, slots=True)
class DeliveryFilter:
    """Which deliveries a list shows."""

    endpoint_id: int | None = None
    state: State | None = None
    kind: EventKind | None = None
