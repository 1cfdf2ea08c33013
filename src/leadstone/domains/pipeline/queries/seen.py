"""Which deals somebody may see: one place for the gate."""

from django.db.models import Q, QuerySet

from leadstone.domains.access.rules import Reader, Thing
from leadstone.domains.pipeline.models import Deal


def deals_seen_by(reader: Reader) -> QuerySet[Deal]:
    """Deals in the reader's reach and those that nobody owns.

    With somebody who undid the exchange or was erased nobody deals any more; what was won or lost with them before still counts.
    """
    given_up = Q(lead__ended_at__isnull=False, won_at=None, lost_at=None)
    deals = Deal.objects.exclude(given_up)
    owners = reader.owners(Thing.DEALS)
    return deals if owners is None else deals.filter(Q(owner=None) | Q(owner__in=owners))
