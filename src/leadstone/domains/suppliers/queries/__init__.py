"""The only reads of suppliers and of what was bought from them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum

from leadstone.domains.leads.rules import Status
from leadstone.domains.suppliers.models import Batch, Purchase, Supplier
from leadstone.domains.suppliers.rules import Refused, Returned, State, Terms, Wants
from leadstone.kernel.errors import LeadstoneError


class NoSuchSupplier(LeadstoneError):
    code = "no_such_supplier"
    sentence = "There is no such supplier."


class NoSuchDelivery(LeadstoneError):
    code = "no_such_delivery"
    sentence = "There is no such delivery."


class NoSuchPurchase(LeadstoneError):
    code = "no_such_purchase"
    sentence = "There is no such purchase."


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierFacts:
    """A supplier with the terms. `price_minor`: of one lead."""

    supplier_id: int
    name: str
    email: str
    campaign_id: int
    price_minor: int
    currency: str
    wants: frozenset[Wants]
    oldest_days: int | None
    a_day: int | None
    return_days: int
    notice_days: int
    tells_itself: bool
    source: str
    note: str
    ended_at: datetime | None

    @property
    def terms(self) -> Terms:
        return Terms(ended=self.ended_at is not None, wants=self.wants, oldest_days=self.oldest_days, a_day=self.a_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What came of a supplier's offers. `owed`: what they have to credit; `paid`: what we pay for, less that."""

    offered: int = 0
    bought: int = 0
    refused: Mapping[Refused, int] = field(default_factory=dict)
    given_back: int = 0
    paid: int = 0
    owed: int = 0
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseFacts:
    """One lead that was offered, and what became of it."""

    purchase_id: int
    batch_id: int
    supplier_id: int
    row: int
    reference: str
    state: State
    refused: Refused | None
    lead_id: int | None
    price_minor: int
    currency: str
    at: datetime
    source: str
    words: str
    agreed_at: datetime | None
    returned: Returned | None
    returned_at: datetime | None
    return_note: str
    credited_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchFacts:
    batch_id: int
    supplier_id: int
    name: str
    at: datetime
    offered: int
    bought: int


def suppliers(*, ended: bool | None = None) -> list[SupplierFacts]:
    """By name; `ended`: only those that we still, or no longer, buy from."""
    rows = Supplier.objects.order_by("name", "pk")
    return [_supplier(row) for row in (rows if ended is None else rows.filter(ended_at__isnull=not ended))]


def supplier(supplier_id: int) -> SupplierFacts:
    """Raises `NoSuchSupplier`."""
    row = Supplier.objects.filter(pk=supplier_id).first()
    if row is None:
        raise NoSuchSupplier
    return _supplier(row)


def bills(supplier_ids: Collection[int]) -> dict[int, Bill]:
    """Supplier id → what came of their offers; two queries, however many."""
    rows = Purchase.objects.filter(supplier_id__in=supplier_ids)
    told = rows.values("supplier_id").annotate(
        offered=Count("pk"),
        bought=Count("pk", filter=~Q(state=State.REFUSED.value)),
        given_back=Count("pk", filter=Q(state__in=[State.OWED.value, State.CREDITED.value])),
        paid=Sum("price_minor", filter=Q(state=State.ACCEPTED.value), default=0),
        owed=Sum("price_minor", filter=Q(state=State.OWED.value), default=0),
        last_at=Max("at"),
    )
    refused: dict[int, dict[Refused, int]] = {}
    reasons = rows.filter(state=State.REFUSED.value).values_list("supplier_id", "refused").annotate(number=Count("pk"))
    for of, because, number in reasons.order_by("-number", "refused"):
        refused.setdefault(of, {})[Refused(because)] = number
    return {
        row["supplier_id"]: Bill(
            offered=row["offered"],
            bought=row["bought"],
            refused=refused.get(row["supplier_id"], {}),
            given_back=row["given_back"],
            paid=row["paid"],
            owed=row["owed"],
            last_at=row["last_at"],
        )
        for row in told
    }


def batches(supplier_id: int, *, limit: int = 50) -> list[BatchFacts]:
    """The newest first."""
    return [_batch(row) for row in _batches(supplier_id).order_by("-at", "-pk")[:limit]]


def batch(supplier_id: int, batch_id: int) -> BatchFacts:
    """One delivery of a supplier. Raises `NoSuchDelivery`."""
    row = _batches(supplier_id).filter(pk=batch_id).first()
    if row is None:
        raise NoSuchDelivery
    return _batch(row)


def purchases(
    supplier_id: int, *, batch_id: int | None = None, states: Collection[State] = tuple(State), after: int = 0, limit: int = 100
) -> list[PurchaseFacts]:
    """The newest first; `after`: how many are passed over."""
    rows = _of(supplier_id, batch_id=batch_id, states=states)
    return [_purchase(row) for row in rows.order_by("-at", "-batch_id", "row")[after : after + limit]]


def count_purchases(supplier_id: int, *, batch_id: int | None = None, states: Collection[State] = tuple(State)) -> int:
    """How many `purchases` there are of these."""
    return _of(supplier_id, batch_id=batch_id, states=states).count()


def each_purchase(
    supplier_id: int, *, batch_id: int | None = None, states: Collection[State] = tuple(State)
) -> Iterator[PurchaseFacts]:
    """All of them, for a file."""
    rows = _of(supplier_id, batch_id=batch_id, states=states).order_by("-at", "-batch_id", "row")
    return (_purchase(row) for row in rows.iterator(chunk_size=500))


def qualified(supplier_ids: Collection[int]) -> dict[int, int]:
    """Supplier id → how many of the leads that were bought turned out to be worth a sale; one without any is left out."""
    rows = Purchase.objects.filter(supplier_id__in=supplier_ids, lead__status=Status.QUALIFIED.value, lead__ended_at=None)
    return dict(rows.order_by().values_list("supplier_id").annotate(Count("lead_id", distinct=True)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What leads of a supplier cost, that were bought at one moment."""

    supplier_id: int
    campaign_id: int
    at: datetime
    leads: int
    amount_minor: int
    currency: str


def prices_of_batches(batch_ids: Collection[int]) -> list[Price]:
    """What each delivery cost as it was bought, whatever was given back since; one of which nothing was bought is left out."""
    rows = Purchase.objects.filter(batch_id__in=batch_ids).exclude(state=State.REFUSED.value)
    told = rows.order_by("batch_id").values_list("batch_id", "supplier_id", "supplier__campaign_id", "batch__at", "currency")
    return [
        Price(supplier_id=supplier, campaign_id=campaign, at=at, leads=number, amount_minor=amount, currency=currency)
        for _batch, supplier, campaign, at, currency, number, amount in told.annotate(Count("pk"), Sum("price_minor"))
    ]


def prices_of_purchases(purchase_ids: Collection[int]) -> dict[int, Price]:
    """Purchase id → what it cost."""
    rows = Purchase.objects.filter(pk__in=purchase_ids).select_related("supplier")
    return {
        row.pk: Price(
            supplier_id=row.supplier_id,
            campaign_id=row.supplier.campaign_id,
            at=row.at,
            leads=1,
            amount_minor=row.price_minor,
            currency=row.currency,
        )
        for row in rows
    }


def has_bought(supplier_id: int) -> bool:
    """Whether anything was ever offered, so that its currency stands."""
    return Purchase.objects.filter(supplier_id=supplier_id).exists()


def purchase(purchase_id: int) -> PurchaseFacts:
    """Raises `NoSuchPurchase`."""
    row = Purchase.objects.filter(pk=purchase_id).first()
    if row is None:
        raise NoSuchPurchase
    return _purchase(row)


def purchases_of_leads(lead_ids: Collection[int]) -> dict[int, PurchaseFacts]:
    """Lead id → how it was bought, the last time; what was not bought is left out."""
    rows = Purchase.objects.filter(lead_id__in=lead_ids).order_by("at", "pk")
    return {row.lead_id: _purchase(row) for row in rows if row.lead_id is not None}


def bought_leads(lead_ids: Collection[int]) -> set[int]:
    """Which of these leads somebody sold us, whatever became of it."""
    rows = Purchase.objects.filter(lead_id__in=lead_ids).values_list("lead_id", flat=True)
    return {lead_id for lead_id in rows if lead_id is not None}


def taken_today(supplier_id: int, *, now: datetime) -> int:
    """How many we bought since midnight (UTC)."""
    since = datetime.combine(now.astimezone(UTC).date(), time.min, UTC)
    return Purchase.objects.filter(supplier_id=supplier_id, at__gte=since).exclude(state=State.REFUSED.value).count()


def buyers_of(lead_ids: Collection[int]) -> dict[int, tuple[int | None, int | None]]:
    """Lead id → who gave in the delivery with it, and who began to buy from its supplier; none that was not bought."""
    rows = Purchase.objects.filter(lead_id__in=lead_ids).order_by("at", "pk")
    told = rows.values_list("lead_id", "batch__by_id", "supplier__created_by_id")
    return {lead_id: (by, opened_by) for lead_id, by, opened_by in told if lead_id is not None}


def _of(supplier_id: int, *, batch_id: int | None, states: Collection[State]) -> QuerySet[Purchase]:
    rows = Purchase.objects.filter(supplier_id=supplier_id, state__in=[state.value for state in states])
    return rows if batch_id is None else rows.filter(batch_id=batch_id)


def _batches(supplier_id: int) -> QuerySet[Any]:
    bought = Count("purchases", filter=~Q(purchases__state=State.REFUSED.value))
    return Batch.objects.filter(supplier_id=supplier_id).annotate(offered=Count("purchases"), bought=bought)


def _batch(row: Any) -> BatchFacts:
    return BatchFacts(
        batch_id=row.pk, supplier_id=row.supplier_id, name=row.name, at=row.at, offered=row.offered, bought=row.bought
    )


def _supplier(row: Supplier) -> SupplierFacts:
    return SupplierFacts(
        supplier_id=row.pk,
        name=row.name,
        email=row.email,
        campaign_id=row.campaign_id,
        price_minor=row.price_minor,
        currency=row.currency,
        wants=frozenset(Wants(each) for each in row.wants),
        oldest_days=row.oldest_days,
        a_day=row.a_day,
        return_days=row.return_days,
        notice_days=row.notice_days,
        tells_itself=row.tells_itself,
        source=row.source,
        note=row.note,
        ended_at=row.ended_at,
    )


def _purchase(row: Purchase) -> PurchaseFacts:
    return PurchaseFacts(
        purchase_id=row.pk,
        batch_id=row.batch_id,
        supplier_id=row.supplier_id,
        row=row.row,
        reference=row.reference,
        state=State(row.state),
        refused=Refused(row.refused) if row.refused else None,
        lead_id=row.lead_id,
        price_minor=row.price_minor,
        currency=row.currency,
        at=row.at,
        source=row.source,
        words=row.words,
        agreed_at=row.agreed_at,
        returned=Returned(row.returned) if row.returned else None,
        returned_at=row.returned_at,
        return_note=row.return_note,
        credited_at=row.credited_at,
    )
