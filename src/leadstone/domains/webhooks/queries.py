"""The only reads of webhooks that others may call."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from leadstone.domains.webhooks.models import Delivery, Endpoint
from leadstone.domains.webhooks.rules import DeliveryFilter, EventKind, State, Stopped
from leadstone.infra.blind_index import blind_index

PAGE_SIZE = 50
MOST_COUNTED = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointFacts:
    """An address of another system, and how it is doing."""

    endpoint_id: int
    key: UUID
    name: str
    url: str
    events: frozenset[EventKind]
    stopped: Stopped | None
    old_secret_until: datetime | None
    removed: bool
    waiting: int = 0
    dead: int = 0
    heard_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFacts:
    """One event on its way to one endpoint."""

    delivery_id: int
    key: UUID
    endpoint_id: int
    endpoint_name: str
    kind: EventKind
    facts: Mapping[str, Any]
    happened_at: datetime
    state: State
    attempts: int
    due_at: datetime
    tried_at: datetime | None
    status: int | None
    because: str
    finished_at: datetime | None

    @property
    def message_id(self) -> str:
        """The `webhook-id`."""
        return f"msg_{self.key.hex}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryPage:
    """One page, the newest first; `count` goes no further than `MOST_COUNTED`."""

    lines: tuple[DeliveryFacts, ...]
    number: int
    has_next: bool
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """All that a request needs but its body. `secrets`: those that are good now, the newest first."""

    delivery_id: int
    endpoint_id: int
    url: str
    message_id: str
    kind: EventKind
    facts: Mapping[str, Any]
    happened_at: datetime
    secrets: tuple[bytes, ...]


def endpoints() -> list[EndpointFacts]:
    """Every endpoint that was not removed, by name, with what waits for it."""
    counted = Endpoint.objects.filter(removed_at=None).annotate(
        waiting=Count("deliveries", filter=Q(deliveries__state__in=[State.WAITING.value, State.SENDING.value])),
        dead=Count("deliveries", filter=Q(deliveries__state=State.DEAD.value)),
        heard_at=Max("deliveries__finished_at", filter=Q(deliveries__state=State.DELIVERED.value)),
    )
    return [_endpoint(row, waiting=row.waiting, dead=row.dead, heard_at=row.heard_at) for row in counted.order_by("name", "pk")]


def endpoint(endpoint_id: int) -> EndpointFacts | None:
    """An endpoint, removed or not."""
    row = Endpoint.objects.filter(pk=endpoint_id).first()
    return _endpoint(row) if row else None


def endpoint_by_key(key: UUID) -> EndpointFacts | None:
    """The endpoint that other things name; None when it was removed or never was here."""
    row = Endpoint.objects.filter(key=key, removed_at=None).first()
    return _endpoint(row) if row else None


def secrets_of(endpoint: Endpoint, *, now: datetime) -> tuple[bytes, ...]:
    """The secrets that are good now, the newest first. Each follows from a key of this installation, and none is stored."""
    generations = [endpoint.generation]
    if endpoint.old_secret_until is not None and now < endpoint.old_secret_until:
        generations.append(endpoint.generation - 1)
    return tuple(bytes.fromhex(blind_index(f"{endpoint.key}:{one}", purpose="webhook secret")) for one in generations)


def secret(endpoint_id: int, *, now: datetime) -> bytes:
    """The newest secret, for whoever sets the other system up."""
    return secrets_of(Endpoint.objects.get(pk=endpoint_id), now=now)[0]


def deliveries_matching(chosen: DeliveryFilter) -> QuerySet[Delivery]:
    """The one query behind list, count and export, the newest first."""
    rows = Delivery.objects.select_related("endpoint").order_by("-queued_at", "-pk")
    if chosen.endpoint_id is not None:
        rows = rows.filter(endpoint_id=chosen.endpoint_id)
    if chosen.state is not None:
        rows = rows.filter(state=chosen.state.value)
    if chosen.kind is not None:
        rows = rows.filter(kind=chosen.kind.value)
    return rows


def delivery_page(chosen: DeliveryFilter, *, page: int = 1, size: int = PAGE_SIZE) -> DeliveryPage:
    """A page beyond the end is empty."""
    number = max(page, 1)
    start = (number - 1) * size
    rows = list(deliveries_matching(chosen)[start : start + size + 1])
    count = deliveries_matching(chosen).order_by().values("pk")[:MOST_COUNTED].count()
    return DeliveryPage(lines=tuple(_delivery(row) for row in rows[:size]), number=number, has_next=len(rows) > size, count=count)


def each_delivery(chosen: DeliveryFilter) -> Iterator[DeliveryFacts]:
    """Every matching delivery for an export, in constant memory."""
    return (_delivery(row) for row in deliveries_matching(chosen).iterator(chunk_size=1000))


def delivery(delivery_id: int) -> DeliveryFacts | None:
    row = Delivery.objects.filter(pk=delivery_id).select_related("endpoint").first()
    return _delivery(row) if row else None


def last_told(*, occasion: str) -> DeliveryFacts | None:
    """What became of telling this occasion, the one that is worst off first."""
    rows = Delivery.objects.filter(occasion=occasion).select_related("endpoint")
    return next((_delivery(row) for row in rows.order_by("finished_at", "pk")), None)


def anything_due(*, now: datetime) -> bool:
    """Whether something waits for a request; looks without a lock."""
    return Delivery.objects.filter(state=State.WAITING.value, due_at__lte=now, endpoint__stopped="").exists()


def parcels(delivery_ids: list[int], *, now: datetime) -> list[Parcel]:
    rows = Delivery.objects.filter(pk__in=delivery_ids).select_related("endpoint").order_by("pk")
    return [
        Parcel(
            delivery_id=row.pk,
            endpoint_id=row.endpoint_id,
            url=row.endpoint.url,
            message_id=f"msg_{row.key.hex}",
            kind=EventKind(row.kind),
            facts=row.facts,
            happened_at=row.happened_at,
            secrets=secrets_of(row.endpoint, now=now),
        )
        for row in rows
    ]


def _endpoint(row: Endpoint, *, waiting: int = 0, dead: int = 0, heard_at: datetime | None = None) -> EndpointFacts:
    return EndpointFacts(
        endpoint_id=row.pk,
        key=row.key,
        name=row.name,
        url=row.url,
        events=frozenset(EventKind(word) for word in row.events if word in set(EventKind)),
        stopped=Stopped(row.stopped) if row.stopped else None,
        old_secret_until=row.old_secret_until,
        removed=row.removed_at is not None,
        waiting=waiting,
        dead=dead,
        heard_at=heard_at,
    )


def _delivery(row: Delivery) -> DeliveryFacts:
    return DeliveryFacts(
        delivery_id=row.pk,
        key=row.key,
        endpoint_id=row.endpoint_id,
        endpoint_name=row.endpoint.name,
        kind=EventKind(row.kind),
        facts=row.facts,
        happened_at=row.happened_at,
        state=State(row.state),
        attempts=row.attempts,
        due_at=row.due_at,
        tried_at=row.tried_at,
        status=row.status,
        because=row.because,
        finished_at=row.finished_at,
    )
