"""What was said of words in address lines."""

from dataclasses import dataclass
from datetime import datetime

from leadstone.domains.campaigns.models import Spelling
from leadstone.domains.campaigns.rules import SpelledField
from leadstone.domains.sources.rules import ChannelType


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellingFacts:
    """One word and what it means."""

    spelling_id: int
    field: SpelledField
    wild: str
    channel: ChannelType | None
    campaign_id: int | None
    campaign_name: str
    said_at: datetime
    said_by: str


def spellings() -> list[SpellingFacts]:
    """Everything that was said, the latest first."""
    rows = Spelling.objects.select_related("campaign", "said_by").order_by("-said_at", "-pk")
    return [
        SpellingFacts(
            spelling_id=row.pk,
            field=SpelledField(row.field),
            wild=row.wild,
            channel=ChannelType(row.channel) if row.channel else None,
            campaign_id=row.campaign_id,
            campaign_name=row.campaign.name if row.campaign else "",
            said_at=row.said_at,
            said_by=row.said_by.name if row.said_by else "",
        )
        for row in rows
    ]
