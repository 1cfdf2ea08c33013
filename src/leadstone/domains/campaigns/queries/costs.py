"""Costs: of a campaign, summed by campaign, and what was paid last."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum

from leadstone.domains.campaigns.models import Cost
from leadstone.domains.campaigns.rules import CostKind
from leadstone.domains.campaigns.rules.costs import summed
from leadstone.kernel.money import Currency


@dataclass(frozen=True, slots=True, kw_only=True)
class CostFacts:
    """One cost; `amount_minor` is its sum in any case."""

    cost_id: int
    campaign_id: int
    campaign_name: str
    campaign_key: str
    on: date
    kind: CostKind
    quantity: Decimal | None
    rate_minor: int | None
    amount_minor: int
    currency: str
    note: str
    recorded_by: str


def costs_of(campaign_id: int) -> list[CostFacts]:
    """Every cost of a campaign that counts, the latest first."""
    return [_facts(row) for row in _rows().filter(campaign_id=campaign_id).order_by("-on", "-pk")]


def each_cost(*, campaign_id: int | None = None) -> Iterator[CostFacts]:
    """Every cost that counts, the oldest first, for an export."""
    rows = _rows() if campaign_id is None else _rows().filter(campaign_id=campaign_id)
    return (_facts(row) for row in rows.order_by("on", "pk").iterator(chunk_size=500))


def sums_of(campaign_ids: Collection[int]) -> dict[int, Mapping[str, int]]:
    """Campaign id → one sum a currency; a campaign without a cost is left out."""
    return _by_campaign(Cost.objects.filter(campaign_id__in=campaign_ids, taken_back_at=None))


def costs_by_campaign(since: date, until: date) -> dict[int, Mapping[str, int]]:
    """Campaign id → one sum a currency of what was spent from `since` to `until`, both days included."""
    return _by_campaign(Cost.objects.filter(on__gte=since, on__lte=until, taken_back_at=None))


def last_rate(kind: CostKind) -> tuple[int, Currency] | None:
    """What one hour or piece was last said to cost."""
    rows = Cost.objects.filter(kind=kind.value, taken_back_at=None, rate_minor__isnull=False).order_by("-pk")
    found = rows.values_list("rate_minor", "currency").first()
    return (found[0] or 0, Currency(found[1])) if found else None


def last_currency() -> Currency:
    """What costs were last recorded in; before the first one, the house's first."""
    found = Cost.objects.filter(taken_back_at=None).order_by("-pk").values_list("currency", flat=True).first()
    return Currency(found) if found else next(iter(Currency))


def _by_campaign(rows: QuerySet[Cost]) -> dict[int, Mapping[str, int]]:
    amounts: dict[int, list[tuple[str, int]]] = {}
    for campaign_id, currency, total in rows.order_by().values_list("campaign_id", "currency").annotate(Sum("amount_minor")):
        amounts.setdefault(campaign_id, []).append((currency, int(total or 0)))
    return {campaign_id: summed(found) for campaign_id, found in amounts.items()}


def _rows() -> QuerySet[Cost]:
    return Cost.objects.filter(taken_back_at=None).select_related("recorded_by", "campaign")


def _facts(row: Cost) -> CostFacts:
    return CostFacts(
        cost_id=row.pk,
        campaign_id=row.campaign_id,
        campaign_name=row.campaign.name,
        campaign_key=row.campaign.key,
        on=row.on,
        kind=CostKind(row.kind),
        quantity=row.quantity,
        rate_minor=row.rate_minor,
        amount_minor=row.amount_minor,
        currency=row.currency,
        note=row.note,
        recorded_by=row.recorded_by.name if row.recorded_by else "",
    )
