"""Leads as numbers, and those that wait for an answer."""

from datetime import datetime

from django.db.models import Count

from leadstone.domains.leads.models import Lead
from leadstone.domains.leads.queries.listing import Count as Bounded
from leadstone.domains.leads.queries.listing import LeadLine, count_leads, lead_page
from leadstone.domains.leads.rules import LeadFilter, Order, Status


def leads_by_magnet(*, since: datetime) -> dict[int, int]:
    """Magnet id → how many leads it brought since then that still stand; a magnet without one is left out."""
    rows = Lead.objects.filter(opened_at__gte=since, ended_at=None, magnet__isnull=False)
    return dict(rows.values_list("magnet_id").annotate(Count("pk")).order_by())


def unanswered_leads(limit: int) -> tuple[list[LeadLine], Bounded]:
    """The new leads that nobody has taken up, the longest waiting first, and how many there are."""
    chosen = LeadFilter(status=Status.NEW, order=Order.OLDEST)
    return list(lead_page(chosen, size=limit).lines), count_leads(chosen)
