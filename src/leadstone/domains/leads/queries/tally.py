"""Leads as numbers, and those that wait for an answer."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, Max

from leadstone.domains.access.rules import Reader
from leadstone.domains.leads.models import Lead
from leadstone.domains.leads.queries.listing import Count as Bounded
from leadstone.domains.leads.queries.listing import LeadLine, count_leads, newest_matching
from leadstone.domains.leads.rules import LeadFilter, QualityBand, Status


def leads_by_magnet(*, since: datetime) -> dict[int, int]:
    """Magnet id → how many leads it brought since then that still stand; a magnet without one is left out."""
    rows = Lead.objects.filter(opened_at__gte=since, ended_at=None, magnet__isnull=False)
    return dict(rows.values_list("magnet_id").annotate(Count("pk")).order_by())


def qualified_people(magnet_id: int, *, version_ids: Collection[int]) -> dict[int, datetime]:
    """Contact id → when they were last qualified, of whoever sent a form of one of these versions and is a prospect still."""
    rows = Lead.objects.filter(
        magnet_id=magnet_id,
        status=Status.QUALIFIED,
        changes__after=Status.QUALIFIED,
        contact__submissions__version_id__in=version_ids,
        ended_at=None,
    )
    last = rows.values_list("contact_id").annotate(last=Max("changes__at")).order_by()
    return {contact_id: at for contact_id, at in last if contact_id is not None}


def unanswered_leads(limit: int, *, reader: Reader) -> tuple[list[LeadLine], Bounded]:
    """The new leads that nobody has taken up, and how many there are: the better ones first, then the later ones.

    Who asked an hour ago still knows why; who came for a prize three months ago does not wait for anybody.
    """
    found: list[LeadLine] = []
    for band in QualityBand:
        if len(found) < limit:
            found += newest_matching(LeadFilter(status=Status.NEW, band=band), reader=reader, limit=limit - len(found))
    return found, count_leads(LeadFilter(status=Status.NEW), reader=reader)
