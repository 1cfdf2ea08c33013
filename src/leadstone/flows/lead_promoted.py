"""A lead became a prospect: its deal stands on the board. When the promotion is undone, the deal goes with it."""

from collections.abc import Sequence
from datetime import datetime

from leadstone.domains.pipeline import services as pipeline
from leadstone.domains.qualification.events import LeadQualified, PromotionTakenBack


def open_deals(events: Sequence[LeadQualified], /, *, now: datetime) -> None:
    """One deal for each promotion."""
    for event in events:
        pipeline.open_promoted(lead_id=event.lead_id, promotion_id=event.promotion_id, now=now)


def withdraw_deals(events: Sequence[PromotionTakenBack], /, *, now: datetime) -> None:
    """What nobody has touched is as if it had never been; a deal that somebody worked with stays."""
    for event in events:
        pipeline.take_back_promoted(promotion_id=event.promotion_id, now=now)
