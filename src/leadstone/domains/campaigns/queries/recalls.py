"""Surveys of a campaign that should make us known."""

from dataclasses import dataclass

from leadstone.domains.campaigns.models import Recall
from leadstone.domains.campaigns.rules.recalls import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallFacts:
    """One survey. `note`: where people were asked."""

    recall_id: int
    said: Asked
    note: str


def recalls_of(campaign_id: int) -> list[RecallFacts]:
    """Every survey of a campaign that counts, the latest first."""
    rows = Recall.objects.filter(campaign_id=campaign_id, taken_back_at=None).order_by("-on", "-pk")
    return [
        RecallFacts(recall_id=row.pk, said=Asked(on=row.on, asked=row.asked, remembered=row.remembered), note=row.note)
        for row in rows
    ]
