"""The only reads of kiosks that others may call."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, F, Max, Q, QuerySet

from leadstone.domains.kiosks.models import Kiosk, KioskEntry
from leadstone.domains.kiosks.rules import BACK_WITHIN, EntryKind, EntryState, Standing, standing_of
from leadstone.wire.kiosk import KioskDevice

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class KioskFacts:
    """One device with its figures. `taken`: people, not ratings."""

    kiosk_id: int
    key: str
    name: str
    campaign: str
    campaign_id: int | None
    campaign_key: str
    channel: str  # of the campaign; empty without one
    magnet_id: int
    magnet_title: str
    language: str
    collector_id: int | None
    collector: str
    standing: Standing
    made_at: datetime
    paired_at: datetime | None
    pairing_until: datetime | None
    seen_at: datetime | None
    waiting: int
    revoked_at: datetime | None
    taken: int = 0
    held: int = 0
    unreadable: int = 0
    last_at: datetime | None = None  # when the last person was collected


class Order(StrEnum):
    NEWEST = "newest"
    NAME = "name"
    SEEN = "seen"
    TAKEN = "taken"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class KioskFilter:
    """What a list of devices shows."""

    search: str = ""
    campaign_id: int | None = None
    magnet_id: int | None = None
    revoked: bool | None = None
    order: Order = Order.NEWEST


@dataclass(frozen=True, slots=True)
class KioskPage:
    rows: list[KioskFacts]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An entry that is kept sealed, as it arrived."""

    entry_id: int
    kiosk_id: int
    key: str
    state: EntryState
    sealed: bytes = field(repr=False)
    clock: int
    arrived_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """An entry as a list shows it."""

    kind: EntryKind | None
    state: EntryState
    because: str
    collected_at: datetime | None
    device_at: datetime | None
    arrived_at: datetime
    lead_id: int | None


_ORDERS: Mapping[Order, tuple[str, ...]] = {
    Order.NEWEST: ("-made_at", "-pk"),
    Order.NAME: ("name", "-pk"),
    Order.TAKEN: ("-taken", "-pk"),
    Order.WAITING: ("-waiting", "-pk"),
}


def kiosk_page(chosen: KioskFilter, *, page: int = 1, now: datetime) -> KioskPage:
    """One page of the devices; a page beyond the last shows the last."""
    rows = _matching(chosen)
    total = rows.count()
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, page), pages)
    first = (page - 1) * PAGE_SIZE
    return KioskPage([_facts(row, now=now) for row in rows[first : first + PAGE_SIZE]], total, page, pages)


def each_kiosk(chosen: KioskFilter, *, now: datetime) -> list[KioskFacts]:
    """All devices that match, for a file."""
    return [_facts(row, now=now) for row in _matching(chosen)]


def kiosk(kiosk_id: int, *, now: datetime) -> KioskFacts | None:
    row = _with_figures(Kiosk.objects.filter(pk=kiosk_id)).first()
    return _facts(row, now=now) if row else None


def kiosks_by_key(keys: set[str], *, now: datetime) -> dict[str, KioskFacts]:
    return {row.key: _facts(row, now=now) for row in _with_figures(Kiosk.objects.filter(key__in=keys))}


def devices() -> dict[str, KioskDevice]:
    """Every device that was ever paired, as the edge is told; a revoked one may still hand over what it holds."""
    rows = Kiosk.objects.exclude(public_key="").select_related("campaign").order_by("pk")
    return {
        row.key: KioskDevice(
            public_key=row.public_key,
            magnet_id=row.magnet_id,
            name=row.name,
            campaign=row.campaign.name if row.campaign else "",
            language=row.language,
            revoked=row.revoked_at is not None,
        )
        for row in rows
    }


def came(kiosk_id: int, keys: set[str]) -> set[str]:
    """Those of these entries that have arrived before."""
    return set(KioskEntry.objects.filter(kiosk_id=kiosk_id, key__in=keys).values_list("key", flat=True))


def lead_of_visit(kiosk_id: int, key: str) -> int | None:
    """The lead that a visit became; None when the visit has not arrived, or became none."""
    rows = KioskEntry.objects.filter(kiosk_id=kiosk_id, key=key, kind=EntryKind.VISIT.value, state=EntryState.TAKEN.value)
    return rows.values_list("lead_id", flat=True).first()


def kept(kiosk_id: int, *, state: EntryState) -> list[Kept]:
    """What is kept sealed of a device in one state, in the order of arrival."""
    rows = KioskEntry.objects.filter(kiosk_id=kiosk_id, state=state.value).order_by("arrived_at", "pk")
    return [
        Kept(
            entry_id=row.pk,
            kiosk_id=row.kiosk_id,
            key=row.key,
            state=EntryState(row.state),
            sealed=bytes(row.sealed),
            clock=row.clock,
            arrived_at=row.arrived_at,
        )
        for row in rows
    ]


def latest_entries(kiosk_id: int, *, limit: int) -> list[EntryLine]:
    """What arrived last from a device."""
    rows = KioskEntry.objects.filter(kiosk_id=kiosk_id).defer("sealed").order_by("-arrived_at", "-pk")[:limit]
    return [
        EntryLine(
            kind=EntryKind(row.kind) if row.kind else None,
            state=EntryState(row.state),
            because=row.because,
            collected_at=row.collected_at,
            device_at=row.device_at,
            arrived_at=row.arrived_at,
            lead_id=row.lead_id,
        )
        for row in rows
    ]


def can_go_back(kiosk_id: int, *, now: datetime) -> bool:
    """Whether a revocation is young enough to be undone."""
    return Kiosk.objects.filter(pk=kiosk_id, revoked_at__gt=now - BACK_WITHIN).exclude(public_key="").exists()


def _matching(chosen: KioskFilter) -> QuerySet[Kiosk]:
    rows = Kiosk.objects.all()
    if chosen.search:
        rows = rows.filter(Q(name__icontains=chosen.search) | Q(campaign__name__icontains=chosen.search))
    if chosen.campaign_id is not None:
        rows = rows.filter(campaign_id=chosen.campaign_id)
    if chosen.magnet_id is not None:
        rows = rows.filter(magnet_id=chosen.magnet_id)
    if chosen.revoked is not None:
        rows = rows.filter(revoked_at__isnull=not chosen.revoked)
    rows = _with_figures(rows)
    if chosen.order is Order.SEEN:
        return rows.order_by(F("seen_at").desc(nulls_last=True), "-pk")
    return rows.order_by(*_ORDERS[chosen.order])


def _with_figures(rows: QuerySet[Kiosk]) -> QuerySet[Kiosk]:
    people = Q(entries__state=EntryState.TAKEN.value) & ~Q(entries__kind=EntryKind.RATING.value)
    return rows.select_related("campaign", "magnet", "collector").annotate(
        taken=Count("entries", filter=people),
        held=Count("entries", filter=Q(entries__state=EntryState.HELD.value)),
        unreadable=Count("entries", filter=Q(entries__state=EntryState.UNREADABLE.value)),
        last_at=Max("entries__collected_at", filter=people),
    )


def _facts(row: Kiosk, *, now: datetime) -> KioskFacts:
    figures = vars(row)
    return KioskFacts(
        kiosk_id=row.pk,
        key=row.key,
        name=row.name,
        campaign=row.campaign.name if row.campaign else "",
        campaign_id=row.campaign_id,
        campaign_key=row.campaign.key if row.campaign else "",
        channel=row.campaign.channel if row.campaign else "",
        magnet_id=row.magnet_id,
        magnet_title=row.magnet.title,
        language=row.language,
        collector_id=row.collector_id,
        collector=row.collector.name if row.collector else "",
        standing=standing_of(
            paired_at=row.paired_at,
            pairing_until=row.pairing_until,
            seen_at=row.seen_at,
            revoked_at=row.revoked_at,
            now=now,
        ),
        made_at=row.made_at,
        paired_at=row.paired_at,
        pairing_until=row.pairing_until,
        seen_at=row.seen_at,
        waiting=row.waiting,
        revoked_at=row.revoked_at,
        taken=figures["taken"],
        held=figures["held"],
        unreadable=figures["unreadable"],
        last_at=figures["last_at"],
    )
