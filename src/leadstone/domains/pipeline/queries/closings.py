"""How the deals of leads ended, for whoever counts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from leadstone.domains.pipeline.models import Deal


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A deal that is won or lost now. `amount_minor`: in units of `currency`."""

    deal_id: int
    lead_id: int
    won_at: datetime | None
    lost_at: datetime | None
    amount_minor: int
    currency: str


def closings(lead_ids: Collection[int]) -> list[Closing]:
    """Every closed deal of these leads."""
    rows = Deal.objects.filter(lead_id__in=lead_ids).exclude(won_at=None, lost_at=None)
    columns = ("pk", "lead_id", "won_at", "lost_at", "amount_minor", "currency")
    return [
        Closing(deal_id=pk, lead_id=lead_id, won_at=won_at, lost_at=lost_at, amount_minor=amount or 0, currency=currency)
        for pk, lead_id, won_at, lost_at, amount, currency in rows.values_list(*columns)
    ]
