"""The only writes of webhooks: endpoints, what is queued for them, and what became of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from leadstone.domains.webhooks.models import Delivery, Endpoint
from leadstone.domains.webhooks.rules import (
    ENDPOINT_BACK_WITHIN,
    LONGEST_NAME,
    MOST_ENDPOINTS,
    OLD_SECRET_LASTS,
    Attempt,
    EventKind,
    State,
    Stopped,
    Verdict,
    after_attempt,
    origins_of,
)
from leadstone.infra.bulk import insert_rows
from leadstone.infra.outbound import Networks, Refusal, read_target
from leadstone.kernel.errors import LeadstoneError
from leadstone.kernel.ids import new_key

PUBLIC = Networks()
LEASE = timedelta(minutes=1)  # longer than the longest request
FINISHED_KEPT = timedelta(days=90)


class BadEndpointAddress(LeadstoneError):
    code = "bad_endpoint_address"
    sentence = "This is not an address that we may ask."

    def __init__(self, because: Refusal) -> None:
        self.because = because
        super().__init__()


class TooManyEndpoints(LeadstoneError):
    code = "too_many_endpoints"
    sentence = "There are as many endpoints as we can serve side by side; remove one first."


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Something to tell. `key` names it: however often it is queued, each endpoint hears it as one message.

    `facts` are ids only. `only_to`: one endpoint, whatever it chose to hear; else every one that chose this kind.
    """

    kind: EventKind
    key: str
    at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    only_to: UUID | None = None


@transaction.atomic
def add_endpoint(
    *, name: str, url: str, events: Collection[EventKind], by: int | None, now: datetime, networks: Networks = PUBLIC
) -> int:
    """A new endpoint; returns its id. Raises `BadEndpointAddress` or `TooManyEndpoints`."""
    _refuse_odd(url, networks)
    if Endpoint.objects.filter(removed_at=None).count() >= MOST_ENDPOINTS:
        raise TooManyEndpoints
    row = Endpoint.objects.create(
        key=new_key(), name=_one_line(name), url=url, events=sorted(events), created_at=now, created_by_id=by
    )
    return row.pk


@transaction.atomic
def change_endpoint(*, endpoint_id: int, name: str, url: str, events: Collection[EventKind], networks: Networks = PUBLIC) -> None:
    """What waits goes to the new address. Raises `BadEndpointAddress`."""
    _refuse_odd(url, networks)
    Endpoint.objects.filter(pk=endpoint_id).update(name=_one_line(name), url=url, events=sorted(events))


@transaction.atomic
def stop_endpoint(*, endpoint_id: int) -> None:
    """Tell it nothing for now; what waits, waits."""
    Endpoint.objects.filter(pk=endpoint_id, stopped="").update(stopped=Stopped.BY_HAND.value)


@transaction.atomic
def resume_endpoint(*, endpoint_id: int, now: datetime) -> None:
    """Tell it again, beginning with what waited."""
    if Endpoint.objects.filter(pk=endpoint_id).exclude(stopped="").update(stopped=""):
        Delivery.objects.filter(endpoint_id=endpoint_id, state=State.WAITING.value).update(due_at=now)


@transaction.atomic
def rotate_secret(*, endpoint_id: int, now: datetime) -> None:
    """A new secret; the one before goes on signing beside it for a day, so that nothing is missed meanwhile."""
    Endpoint.objects.filter(pk=endpoint_id).update(generation=F("generation") + 1, old_secret_until=now + OLD_SECRET_LASTS)


@transaction.atomic
def remove_endpoint(*, endpoint_id: int, now: datetime) -> bool:
    return Endpoint.objects.filter(pk=endpoint_id, removed_at=None).update(removed_at=now) > 0


@transaction.atomic
def bring_endpoint_back(*, endpoint_id: int, now: datetime) -> bool:
    """Undo a removal a moment after it."""
    return Endpoint.objects.filter(pk=endpoint_id, removed_at__gt=now - ENDPOINT_BACK_WITHIN).update(removed_at=None) > 0


@transaction.atomic
def queue(occasions: Sequence[Occasion], *, now: datetime) -> int:
    """Write down what is to be told, before anything is sent; returns how many deliveries are new."""
    standing = list(Endpoint.objects.filter(removed_at=None).order_by("pk"))
    wanted = {(row.pk, each.key): each for each in occasions for row in standing if _hears(row, each)}
    known = set(Delivery.objects.filter(occasion__in={key for _pk, key in wanted}).values_list("endpoint_id", "occasion"))
    fresh = insert_rows(
        Delivery(
            key=new_key(),
            endpoint_id=endpoint_id,
            kind=each.kind.value,
            occasion=key,
            facts=dict(each.facts),
            happened_at=each.at,
            queued_at=now,
            due_at=now,
        )
        for (endpoint_id, key), each in wanted.items()
        if (endpoint_id, key) not in known
    )
    return len(fresh)


@transaction.atomic
def claim(*, worker: str, busy: Collection[int], limit: int, now: datetime) -> list[int]:
    """Lease the oldest due delivery of each endpoint that is not busy: one at a time, so that none waits for another's.

    `busy`: endpoints that this worker is asking now; those that another worker asks are left out too.
    """
    asked = Delivery.objects.filter(endpoint=OuterRef("pk"), state=State.SENDING.value, lease_until__gt=now)
    free = Endpoint.objects.filter(removed_at=None, stopped="").exclude(pk__in=busy).exclude(Exists(asked))
    claimed = []
    for endpoint_id in list(free.values_list("pk", flat=True))[:limit]:
        due = Delivery.objects.filter(endpoint_id=endpoint_id, state=State.WAITING.value, due_at__lte=now)
        oldest = due.order_by("due_at", "pk").values_list("pk", flat=True).first()
        waiting = Delivery.objects.filter(pk=oldest or 0, state=State.WAITING.value)
        if waiting.update(state=State.SENDING.value, claimed_by=worker, lease_until=now + LEASE):
            claimed.append(oldest or 0)
    return claimed


@transaction.atomic
def settle(delivery_id: int, attempt: Attempt, *, worker: str, now: datetime) -> Verdict | None:
    """Write down what became of a request; None when the delivery is not this worker's any more."""
    row = Delivery.objects.select_for_update().filter(pk=delivery_id, state=State.SENDING.value, claimed_by=worker).first()
    if row is None:
        return None
    row.attempts += 1
    verdict = after_attempt(attempt, attempts=row.attempts, now=now)
    row.state, row.status, row.because, row.tried_at = verdict.state.value, attempt.status, attempt.because[:24], now
    row.due_at = verdict.due_at or row.due_at
    row.finished_at = None if verdict.state is State.WAITING else now
    row.claimed_by, row.lease_until = "", None
    row.save()
    if verdict.gone:
        Endpoint.objects.filter(pk=row.endpoint_id).update(stopped=Stopped.GONE.value)
    return verdict


@transaction.atomic
def drop(delivery_ids: Iterable[int], *, because: str, now: datetime) -> int:
    """There is nothing left to say: whom it was about is gone."""
    rows = Delivery.objects.filter(pk__in=list(delivery_ids), state__in=origins_of(State.DROPPED))
    return rows.update(state=State.DROPPED.value, because=because, claimed_by="", lease_until=None, finished_at=now)


@transaction.atomic
def drop_waiting(*, before: datetime, now: datetime) -> int:
    """What was queued before then is not sent: the original of this copy may have sent it."""
    rows = Delivery.objects.filter(queued_at__lt=before, state__in=origins_of(State.DROPPED))
    return rows.update(state=State.DROPPED.value, because="restored", claimed_by="", lease_until=None, finished_at=now)


@transaction.atomic
def reclaim(*, gone: Collection[str], now: datetime) -> int:
    """Take back what dead workers had in hand, and what was leased too long: it is sent again under the same webhook-id."""
    held = Delivery.objects.filter(state=State.SENDING.value)
    lost = held.filter(claimed_by__in=gone) | held.filter(lease_until__lte=now)
    return lost.update(state=State.WAITING.value, claimed_by="", lease_until=None, due_at=now)


@transaction.atomic
def send_again(delivery_ids: Collection[int], *, now: datetime) -> int:
    """Send what is dead (or was delivered) once more, from the first attempt on; returns how many. The webhook-id stays."""
    rows = Delivery.objects.filter(pk__in=delivery_ids, state__in=[State.DEAD.value, State.DELIVERED.value])
    return rows.update(state=State.WAITING.value, attempts=0, due_at=now, finished_at=None, status=None, because="")


@transaction.atomic
def forget_finished(*, now: datetime, limit: int = 5000) -> int:
    """Delete what was delivered or dropped long ago; dead letters too, after the same time."""
    old = Delivery.objects.filter(finished_at__lt=now - FINISHED_KEPT).order_by("pk").values_list("pk", flat=True)[:limit]
    return Delivery.objects.filter(pk__in=list(old)).delete()[0]


def _hears(endpoint: Endpoint, occasion: Occasion) -> bool:
    if occasion.only_to is not None:
        return endpoint.key == occasion.only_to
    return occasion.kind.value in endpoint.events


def _refuse_odd(url: str, networks: Networks) -> None:
    """What can be said before the name is looked up; the rest is decided at each request. Ids and addresses of people do not
    travel unsealed, except to a machine of our own that is named by its number."""
    target = read_target(url)
    if isinstance(target, Refusal):
        raise BadEndpointAddress(target)
    owned = target.literal is not None and networks.owns(target.literal)
    if target.literal is not None and not networks.may_reach(target.literal):
        raise BadEndpointAddress(Refusal.PRIVATE)
    if target.scheme != "https" and not owned:
        raise BadEndpointAddress(Refusal.SCHEME)
    # A name may turn out to be ours; where nothing is ours it cannot.
    if target.port not in networks.ports and not owned and (target.literal is not None or not networks.own):
        raise BadEndpointAddress(Refusal.PORT)


def _one_line(name: str) -> str:
    return " ".join(name.split())[:LONGEST_NAME]
