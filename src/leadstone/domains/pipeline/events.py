"""What the pipeline tells the house."""

from leadstone.kernel.events import Event


class DealOpened(Event, frozen=True, kw_only=True):
    """A prospect entered the pipeline."""

    deal_id: int
    lead_id: int


class DealMoved(Event, frozen=True, kw_only=True):
    """A deal went from one stage to another."""

    deal_id: int
    lead_id: int
    before_id: int
    after_id: int


class DealWon(Event, frozen=True, kw_only=True):
    """Somebody bought."""

    deal_id: int
    lead_id: int


class DealLost(Event, frozen=True, kw_only=True):
    """Somebody will not buy."""

    deal_id: int
    lead_id: int


class DealTakenBack(Event, frozen=True, kw_only=True):
    """A sale, a loss or a whole deal that was recorded by mistake is gone again."""

    lead_id: int


class SaleChanged(Event, frozen=True, kw_only=True):
    """A sale is worth something else than it was said to be."""

    deal_id: int
    lead_id: int
