"""What the leads that were bought from suppliers bought in turn."""

from collections.abc import Collection

from django.db.models import Count, Sum

from leadstone.domains.access.rules import Reader
from leadstone.domains.pipeline.queries.sales import Sales
from leadstone.domains.pipeline.queries.seen import deals_seen_by


def sales_by_supplier(supplier_ids: Collection[int], *, reader: Reader) -> dict[int, Sales]:
    """Supplier id → what its leads bought, as far as the reader sees it; one that led to no sale is left out."""
    won = deals_seen_by(reader).filter(won_at__isnull=False, lead__purchases__supplier_id__in=supplier_ids).order_by()
    by = "lead__purchases__supplier_id"
    customers = dict(won.values_list(by).annotate(Count("lead_id", distinct=True)))
    revenue: dict[int, dict[str, int]] = {}
    for supplier_id, currency, total in won.values_list(by, "currency").annotate(Sum("amount_minor")):
        revenue.setdefault(supplier_id, {})[currency] = int(total or 0)
    return {pk: Sales(customers=int(number), revenue=revenue[pk]) for pk, number in customers.items()}
