"""Webhooks leave: one request at a time for each endpoint, all endpoints side by side.

From a copy of an installation nothing leaves until a person lets it, as with mail.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from leadstone.domains.delivery import queries as delivery
from leadstone.domains.webhooks import queries as webhooks
from leadstone.domains.webhooks import services
from leadstone.domains.webhooks.rules import Attempt, State, signatures
from leadstone.flows.hooks import body_of
from leadstone.infra.host import this_host
from leadstone.infra.outbound import Answered, Caps, Failed, Outbound, Refused

log = structlog.get_logger()

CAPS = Caps(seconds=15, answer_bytes=1024)
_SECONDS = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A request that is ready to go."""

    delivery_id: int
    endpoint_id: int
    url: str
    headers: dict[str, str]
    body: bytes


def claim_hooks(*, worker: str, busy: Collection[int], limit: int, now: datetime) -> list[int]:
    """Deliveries of which this worker now makes the request; none on a copy that nobody has let out."""
    if not webhooks.anything_due(now=now) or delivery.standing(this_host()).quarantine:
        return []
    return services.claim(worker=worker, busy=busy, limit=limit, now=now)


def seal(delivery_ids: Collection[int], *, now: datetime) -> list[Sealed]:
    """The requests of claimed deliveries; those that have nothing to say any more are dropped."""
    sealed, silent = [], []
    timestamp = int(now.timestamp())
    for parcel in webhooks.parcels(list(delivery_ids), now=now):
        body = body_of(parcel)
        if body is None:
            silent.append(parcel.delivery_id)
            continue
        signature = signatures(parcel.secrets, message_id=parcel.message_id, timestamp=timestamp, body=body)
        headers = {
            "content-type": "application/json",
            "webhook-id": parcel.message_id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": signature,
        }
        sealed.append(
            Sealed(delivery_id=parcel.delivery_id, endpoint_id=parcel.endpoint_id, url=parcel.url, headers=headers, body=body)
        )
    services.drop(silent, because="nothing_to_say", now=now)
    return sealed


def send(sealed: Sealed, outbound: Outbound) -> Attempt:
    """Make the request; touches no database, so that many wait side by side."""
    match outbound.send("POST", sealed.url, headers=sealed.headers, body=sealed.body, caps=CAPS):
        case Answered() as answer:
            return Attempt(answer.status, wait=_wait(answer.headers.get("retry-after", "")))
        case Refused(because):
            return Attempt(None, f"refused_{because.value}")
        case Failed(because):
            return Attempt(None, because.value)


def note_attempt(delivery_id: int, attempt: Attempt, *, worker: str, now: datetime) -> None:
    verdict = services.settle(delivery_id, attempt, worker=worker, now=now)
    if verdict is not None:
        level = log.info if verdict.state is State.DELIVERED else log.warning
        level("hook.tried", delivery_id=delivery_id, status=attempt.status, because=attempt.because, state=verdict.state.value)


def _wait(asked: str) -> timedelta | None:
    """Retry-After in seconds; a date is not worth reading."""
    return timedelta(seconds=int(asked)) if _SECONDS.fullmatch(asked) else None
