"""What something cost that no bill names: a magnet, a channel, a link bears its part of the campaigns that led to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum

from leadstone.domains.insights.models import FunnelDay
from leadstone.domains.insights.queries.proof import COLUMN, Key
from leadstone.domains.insights.queries.rows import Cell
from leadstone.domains.insights.rules.costs import divide
from leadstone.domains.insights.rules.facts import ARRIVALS, FactKind, Grouping

# A bill names its campaign, its supplier and its day; everything else bears a part.
NAMED_ON_BILLS = frozenset({Grouping.CAMPAIGN, Grouping.SUPPLIER, Grouping.MONTH})


@dataclass(frozen=True, slots=True, kw_only=True)
class CostPart:
    """What one source bears of a cost: `part_minor` of `whole_minor`, as `leads` are of `of_leads`.

    What a bill names bears all of it, and has a `day` (UTC); where a campaign's costs of a period are shared there is none.
    """

    campaign_id: int
    supplier_id: int = 0
    day: date | None = None
    currency: str
    whole_minor: int
    leads: int = 0
    of_leads: int = 0
    part_minor: int


def shared_costs(*, by: Grouping, since: date, until: date) -> dict[Key, Mapping[str, int]]:
    """Key → currency → minor units: each campaign's costs of the period, divided as its leads of the period are.

    What a campaign cost that brought no lead stands under the key of "none" (0 or ""). `by`: none of `NAMED_ON_BILLS`.
    """
    found: dict[Key, dict[str, int]] = {}
    for key, one in _divided(by, since=since, until=until):
        of = found.setdefault(key, {})
        of[one.currency] = of.get(one.currency, 0) + one.part_minor
    return {key: dict(sorted(of.items())) for key, of in found.items()}


def cost_parts(cell: Cell, *, by: Grouping, key: Key) -> list[CostPart]:
    """The costs that one source bears: their parts add up to what it cost. `cell.kind`: COST."""
    if by not in NAMED_ON_BILLS:
        return [one for of, one in _divided(by, since=cell.since, until=cell.until) if of == key]
    bills = (
        _costs(cell.since, cell.until).filter(**cell.only.lookups()).values_list("day", "campaign_id", "supplier_id", "currency")
    )
    return [
        CostPart(
            day=day, campaign_id=campaign_id, supplier_id=supplier_id, currency=currency, whole_minor=amount, part_minor=amount
        )
        for day, campaign_id, supplier_id, currency, amount in bills.annotate(Sum("amount_minor")).order_by(
            "day", "campaign_id", "supplier_id", "currency"
        )
        if amount
    ]


def _divided(by: Grouping, *, since: date, until: date) -> Iterator[tuple[Key, CostPart]]:
    costs = _costs(since, until).values_list("campaign_id", "currency").annotate(Sum("amount_minor"))
    leads = _leads(by, since=since, until=until)
    nobody: Key = "" if by is Grouping.CHANNEL else 0
    for campaign_id, currency, amount in costs.order_by("campaign_id", "currency"):
        of = leads.get(campaign_id, {})
        for key, part in (divide(amount, by=of) or {nobody: amount}).items() if amount else ():
            yield (
                key,
                CostPart(
                    campaign_id=campaign_id,
                    currency=currency,
                    whole_minor=amount,
                    leads=of.get(key, 0),
                    of_leads=sum(of.values()),
                    part_minor=part,
                ),
            )


def _leads(by: Grouping, *, since: date, until: date) -> dict[int, dict[Key, int]]:
    """Campaign id → key → the leads of it that came in the period."""
    arrivals = FunnelDay.objects.filter(
        day__gte=since, day__lt=until, kind__in=[kind.value for kind in ARRIVALS], campaign_id__gt=0
    )
    found: dict[int, dict[Key, int]] = {}
    for campaign_id, key, people in arrivals.values_list("campaign_id", COLUMN[by]).annotate(Sum("people")).order_by(COLUMN[by]):
        found.setdefault(campaign_id, {})[key] = people
    return found


def _costs(since: date, until: date) -> QuerySet[FunnelDay]:
    """Sums of money; the row of a day without a currency only says how often."""
    return FunnelDay.objects.filter(day__gte=since, day__lt=until, kind=FactKind.COST.value).exclude(currency="")
