"""What the pipeline tells the house."""

from leadstone.kernel.events import Event


class DealWon(Event, frozen=True, kw_only=True):
    """Somebody bought."""

    deal_id: int
    lead_id: int


class DealTakenBack(Event, frozen=True, kw_only=True):
    """A sale that was recorded by mistake is gone again."""

    lead_id: int
