"""What something cost that no bill names: a magnet, a channel, a link bears its part of the campaigns that led to it."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Sum

from leadstone.domains.insights.models import FunnelDay
from leadstone.domains.insights.queries.proof import COLUMN, EVERYTHING, Key, ProofFilter
from leadstone.domains.insights.rules.costs import divide
from leadstone.domains.insights.rules.facts import ARRIVALS, FactKind, Grouping

# A bill names its campaign, its supplier and its day; everything else bears a part.
NAMED_ON_BILLS = frozenset({Grouping.CAMPAIGN, Grouping.SUPPLIER, Grouping.MONTH})


def shared_costs(*, by: Grouping, since: date, until: date, only: ProofFilter = EVERYTHING) -> dict[Key, Mapping[str, int]]:
    """Key → currency → minor units: each campaign's costs of the period, divided as its leads of the period are.

    What a campaign cost that brought no lead stands under the key of "none" (0 or ""). `by`: none of `NAMED_ON_BILLS`.
    """
    days = FunnelDay.objects.filter(day__gte=since, day__lt=until)
    costs = days.filter(kind=FactKind.COST.value).values_list("campaign_id", "currency").annotate(Sum("amount_minor"))
    arrivals = days.filter(kind__in=[kind.value for kind in ARRIVALS], campaign_id__gt=0)
    leads: dict[int, dict[Key, int]] = {}
    for campaign_id, key, people in arrivals.values_list("campaign_id", COLUMN[by]).annotate(Sum("people")).order_by(COLUMN[by]):
        leads.setdefault(campaign_id, {})[key] = people
    nobody: Key = "" if by is Grouping.CHANNEL else 0
    found: dict[Key, dict[str, int]] = {}
    for campaign_id, currency, amount in costs.order_by("campaign_id", "currency"):
        if only.campaign_id not in (None, campaign_id) or not amount:
            continue
        for key, part in (divide(amount, by=leads.get(campaign_id, {})) or {nobody: amount}).items():
            of = found.setdefault(key, {})
            of[currency] = of.get(currency, 0) + part
    return dict(found)
