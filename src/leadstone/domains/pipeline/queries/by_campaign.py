"""What campaigns sold."""

from collections.abc import Collection

from django.db.models import Count, Sum

from leadstone.domains.access.rules import Reader
from leadstone.domains.pipeline.queries.sales import Sales
from leadstone.domains.pipeline.queries.seen import deals_seen_by


def sales_by_campaign(campaign_ids: Collection[int], *, reader: Reader) -> dict[int, Sales]:
    """Campaign id → what its leads bought, as far as the reader sees it; a campaign that sold nothing is left out."""
    won = deals_seen_by(reader).filter(won_at__isnull=False, lead__campaign_id__in=campaign_ids).order_by()
    customers = dict(won.values_list("lead__campaign_id").annotate(Count("lead_id", distinct=True)))
    revenue: dict[int, dict[str, int]] = {}
    for campaign_id, currency, total in won.values_list("lead__campaign_id", "currency").annotate(Sum("amount_minor")):
        revenue.setdefault(campaign_id, {})[currency] = int(total or 0)
    return {pk: Sales(customers=int(number), revenue=revenue[pk]) for pk, number in customers.items()}


def customers_of_campaigns(campaign_ids: Collection[int], *, reader: Reader) -> set[int]:
    """Ids of the leads of these campaigns that bought something."""
    won = deals_seen_by(reader).filter(won_at__isnull=False, lead__campaign_id__in=campaign_ids)
    return set(won.order_by().values_list("lead_id", flat=True))
