"""What qualification tells the house."""

from leadstone.kernel.events import Event


class LeadQualified(Event, frozen=True, kw_only=True):
    """A lead became a prospect, on its receipts or by an override."""

    lead_id: int
    promotion_id: int


class PromotionTakenBack(Event, frozen=True, kw_only=True):
    """A promotion was undone as if it had never been."""

    lead_id: int
    promotion_id: int
