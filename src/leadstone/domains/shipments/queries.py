"""The only reads of shipments that others may call."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet

from leadstone.domains.shipments.models import Movement, Parcel, ServedHousehold, Stock
from leadstone.domains.shipments.rules import (
    HOLDING,
    Address,
    MovementKind,
    ParcelFilter,
    ParcelOrder,
    ParcelState,
    kept_in_time,
)

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelFacts:
    """One parcel as the queue and its person's page show it."""

    parcel_id: int
    grant_id: int
    contact_id: int | None
    magnet_id: int
    magnet_title: str
    language: str
    state: ParcelState
    address: Address
    asked_at: datetime
    reserved_at: datetime | None
    due_at: datetime | None
    sent_on: date | None
    carrier: str
    tracking: str
    sendings: int
    returned_at: datetime | None

    @property
    def in_time(self) -> bool | None:
        return kept_in_time(due_at=self.due_at, sent_on=self.sent_on)


@dataclass(frozen=True, slots=True)
class ParcelPage:
    """One page of the queue; `total` counts all that match."""

    lines: list[ParcelFacts]
    number: int
    has_next: bool
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StockFacts:
    """What lies on the shelf for one magnet. `waiting`: who stands in line for more."""

    magnet_id: int
    title: str
    on_hand: int = 0
    reserved: int = 0
    sent: int = 0
    waiting: int = 0

    @property
    def left(self) -> int:
        return self.on_hand - self.reserved


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementFacts:
    """One line of the history of a stock."""

    movement_id: int
    kind: MovementKind
    quantity: int
    at: datetime
    by: str
    note: str
    parcel_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Punctuality:
    """Whether parcels left when it was promised."""

    sent: int = 0
    in_time: int = 0
    overdue: int = 0  # should have left by now


def left() -> dict[int, int]:
    """Magnet id → how many nobody has been promised yet, for every magnet with a stock."""
    return {magnet_id: max(0, free) for magnet_id, free in Stock.objects.values_list("magnet_id", F("on_hand") - F("reserved"))}


def in_stock(magnet_id: int) -> bool:
    """Whether anything was ever put on the shelf for this magnet and is still there."""
    return Stock.objects.filter(magnet_id=magnet_id, on_hand__gt=0).exists()


def parcel(parcel_id: int) -> ParcelFacts | None:
    row = Parcel.objects.filter(pk=parcel_id).select_related("magnet", "contact").first()
    return _facts(row) if row else None


def parcel_of_grant(grant_id: int) -> ParcelFacts | None:
    row = Parcel.objects.filter(grant_id=grant_id).select_related("magnet", "contact").first()
    return _facts(row) if row else None


def parcels(parcel_ids: Collection[int]) -> list[ParcelFacts]:
    """These parcels, what must leave first in front."""
    rows = Parcel.objects.filter(pk__in=parcel_ids).select_related("magnet", "contact")
    return [_facts(row) for row in rows.order_by("due_at", "pk")]


def parcel_page(chosen: ParcelFilter, *, page: int) -> ParcelPage:
    """One page of the queue under a filter."""
    rows = _matching(chosen)
    total = rows.count()
    lines = list(rows[(page - 1) * PAGE : page * PAGE + 1])
    return ParcelPage([_facts(row) for row in lines[:PAGE]], page, len(lines) > PAGE, total)


def each_parcel(chosen: ParcelFilter) -> Iterator[ParcelFacts]:
    """Every parcel under a filter, in constant memory."""
    for row in _matching(chosen).iterator(chunk_size=500):
        yield _facts(row)


def counts() -> dict[ParcelState, int]:
    """How many parcels stand where; every state is named."""
    told = dict.fromkeys(ParcelState, 0)
    for state in Parcel.objects.values_list("state", flat=True):
        told[ParcelState(state)] += 1
    return told


def place_in_line(parcel_id: int) -> int | None:
    """How many wait up to and with this parcel; None when it does not wait."""
    row = Parcel.objects.filter(pk=parcel_id, state=ParcelState.WAITING.value).first()
    if row is None:
        return None
    line = Parcel.objects.filter(magnet_id=row.magnet_id, state=ParcelState.WAITING.value)
    return line.filter(Q(asked_at__lt=row.asked_at) | Q(asked_at=row.asked_at, pk__lte=row.pk)).count()


def went_there_on(parcel_id: int) -> date | None:
    """When one was sent to the household of a parcel that is refused for it; None when it has not left yet."""
    row = Parcel.objects.filter(pk=parcel_id).first()
    if row is None or not row.household:
        return None
    same = Parcel.objects.filter(magnet_id=row.magnet_id, household=row.household, sent_on__isnull=False).exclude(pk=row.pk)
    marks = ServedHousehold.objects.filter(magnet_id=row.magnet_id, household=row.household)
    days = [*same.values_list("sent_on", flat=True), *marks.values_list("sent_on", flat=True)]
    return min((day for day in days if day), default=None)


def stocks() -> list[StockFacts]:
    """Every stock, by the title of its magnet."""
    rows = Stock.objects.select_related("magnet").order_by("magnet__title", "pk")
    return [_stock(row) for row in rows]


def stock_of(magnet_id: int) -> StockFacts | None:
    row = Stock.objects.filter(magnet_id=magnet_id).select_related("magnet").first()
    return _stock(row) if row else None


def movements(magnet_id: int, *, page: int = 1) -> tuple[list[MovementFacts], bool]:
    """One page of the history of a stock, the newest first, and whether there is more."""
    rows = Movement.objects.filter(stock__magnet_id=magnet_id).select_related("by").order_by("-at", "-pk")
    found = [
        MovementFacts(
            movement_id=row.pk,
            kind=MovementKind(row.kind),
            quantity=row.quantity,
            at=row.at,
            by=row.by.name if row.by else "",
            note=row.note,
            parcel_id=row.parcel_id,
        )
        for row in rows[(page - 1) * PAGE : page * PAGE + 1]
    ]
    return found[:PAGE], len(found) > PAGE


def punctuality(*, now: datetime, magnet_id: int | None = None, days: int = 90) -> Punctuality:
    """How the promised days were kept by what was sent lately, and what is late now."""
    rows = Parcel.objects.filter(magnet_id=magnet_id) if magnet_id is not None else Parcel.objects.all()
    since = (now - timedelta(days=days)).date()
    sent = list(rows.filter(sent_on__gte=since, due_at__isnull=False).values_list("due_at", "sent_on"))
    return Punctuality(
        sent=len(sent),
        in_time=sum(bool(kept_in_time(due_at=due_at, sent_on=sent_on)) for due_at, sent_on in sent),
        overdue=rows.filter(state__in=[state.value for state in HOLDING], due_at__lt=now).count(),
    )


def _matching(chosen: ParcelFilter) -> QuerySet[Parcel]:
    rows = Parcel.objects.select_related("magnet", "contact")
    if chosen.states:
        rows = rows.filter(state__in=[state.value for state in chosen.states])
    if chosen.magnet_id is not None:
        rows = rows.filter(magnet_id=chosen.magnet_id)
    for word in chosen.search.split():
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(city__icontains=word)
            | Q(postcode__icontains=word)
            | Q(street__icontains=word)
            | Q(tracking__iexact=word)
        )
    order = {
        ParcelOrder.DUE: (F("due_at").asc(nulls_last=True), "asked_at", "pk"),
        ParcelOrder.NEWEST: ("-asked_at", "-pk"),
        ParcelOrder.NAME: ("name", "pk"),
        ParcelOrder.CITY: ("city", "postcode", "pk"),
    }[chosen.order]
    return rows.order_by(*order)


def _stock(row: Stock) -> StockFacts:
    same = Parcel.objects.filter(magnet_id=row.magnet_id)
    return StockFacts(
        magnet_id=row.magnet_id,
        title=row.magnet.title,
        on_hand=row.on_hand,
        reserved=row.reserved,
        sent=same.filter(state=ParcelState.SENT.value).count(),
        waiting=same.filter(state=ParcelState.WAITING.value).count(),
    )


def _facts(row: Parcel) -> ParcelFacts:
    return ParcelFacts(
        parcel_id=row.pk,
        grant_id=row.grant_id,
        contact_id=row.contact_id,
        magnet_id=row.magnet_id,
        magnet_title=row.magnet.title,
        language=row.contact.language if row.contact else "",
        state=ParcelState(row.state),
        address=Address(name=row.name, street=row.street, postcode=row.postcode, city=row.city, country=row.country),
        asked_at=row.asked_at,
        reserved_at=row.reserved_at,
        due_at=row.due_at,
        sent_on=row.sent_on,
        carrier=row.carrier,
        tracking=row.tracking,
        sendings=row.sendings,
        returned_at=row.returned_at,
    )
