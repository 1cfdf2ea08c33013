"""What was sold: won deals, one by one and by magnet."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Exists, Min, OuterRef, Sum

from leadstone.domains.access.rules import Reader
from leadstone.domains.pipeline.models import Deal
from leadstone.domains.pipeline.queries.seen import deals_seen_by


@dataclass(frozen=True, slots=True, kw_only=True)
class DealFacts:
    """One sale. `amount_minor` are minor units of `currency`."""

    deal_id: int
    lead_id: int
    customer: str
    title: str
    amount_minor: int
    currency: str
    won_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sales:
    """What was sold: leads that bought at least once, and the revenue of each currency."""

    customers: int = 0
    revenue: Mapping[str, int] = field(default_factory=dict)


def deals_of(lead_id: int, *, reader: Reader) -> list[DealFacts]:
    """Every sale to a lead that the reader may see, the latest first."""
    sales = deals_seen_by(reader).filter(lead_id=lead_id, won_at__isnull=False)
    rows = sales.select_related("recorded_by", "lead__contact").order_by("-won_at", "-pk")
    return [_facts(row) for row in rows]


def sale(deal_id: int) -> DealFacts | None:
    """A deal that is won now; None when it is not, or never was."""
    row = Deal.objects.filter(pk=deal_id, won_at__isnull=False).select_related("recorded_by", "lead__contact").first()
    return _facts(row) if row else None


def deals_of_magnet(magnet_id: int, *, since: datetime) -> list[DealFacts]:
    """Every sale since then to the leads of one magnet, the latest first: the rows behind `sales_by_magnet`."""
    rows = Deal.objects.filter(lead__magnet_id=magnet_id, won_at__gte=since).select_related("recorded_by", "lead__contact")
    return [_facts(row) for row in rows.order_by("-won_at", "-pk")]


def sales_by_magnet(*, since: datetime) -> dict[int, Sales]:
    """Magnet id → what its leads bought since then; a magnet that sold nothing is left out. A customer is a lead that bought for
    the first time: who buys again pays more, and is no other customer."""
    won = Deal.objects.filter(won_at__gte=since, lead__magnet__isnull=False)
    bought_before = Deal.objects.filter(lead_id=OuterRef("lead_id"), won_at__lt=since)
    fresh = Count("lead_id", distinct=True, filter=~Exists(bought_before))
    customers = dict(won.values_list("lead__magnet_id").annotate(fresh=fresh))
    revenue: dict[int, dict[str, int]] = {}
    for magnet_id, currency, total in won.values_list("lead__magnet_id", "currency").annotate(Sum("amount_minor")):
        revenue.setdefault(magnet_id, {})[currency] = int(total or 0)
    return {magnet_id: Sales(customers=int(n), revenue=revenue[magnet_id]) for magnet_id, n in customers.items()}


def won_people(magnet_id: int, *, version_ids: Collection[int]) -> dict[int, datetime]:
    """Contact id → when they first bought after this magnet, of whoever sent a form of one of these versions."""
    won = Deal.objects.filter(
        lead__magnet_id=magnet_id, won_at__isnull=False, lead__contact__submissions__version_id__in=version_ids
    )
    first = won.values_list("lead__contact_id").annotate(first=Min("won_at")).order_by()
    return {contact_id: at for contact_id, at in first if contact_id is not None}


def _facts(row: Deal) -> DealFacts:
    return DealFacts(
        deal_id=row.pk,
        lead_id=row.lead_id,
        customer=row.lead.contact.name if row.lead.contact else "",
        title=row.title,
        amount_minor=row.amount_minor or 0,
        currency=row.currency,
        won_at=row.won_at or row.opened_at,
        recorded_by=row.recorded_by.name if row.recorded_by else "",
    )
