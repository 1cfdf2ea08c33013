"""Which deals somebody may see: one place for the gate."""

from django.db.models import Q, QuerySet

from leadstone.domains.access.rules import Reader, Thing
from leadstone.domains.pipeline.models import Deal


def deals_seen_by(reader: Reader) -> QuerySet[Deal]:
    """Deals in the reader's reach and those that nobody owns; not those of a person who undid the exchange or was erased."""
    deals = Deal.objects.filter(lead__ended_at=None)
    owners = reader.owners(Thing.DEALS)
    return deals if owners is None else deals.filter(Q(owner=None) | Q(owner__in=owners))
