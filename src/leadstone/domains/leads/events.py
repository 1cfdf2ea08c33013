"""What leads tell the house."""

from leadstone.kernel.events import Event


class LeadAdded(Event, frozen=True, kw_only=True):
    """A member of staff entered a lead by hand. `contact_id`: None for a company without a person."""

    lead_id: int
    contact_id: int | None


class LeadStatusChanged(Event, frozen=True, kw_only=True):
    """A lead moved."""

    lead_id: int
    before: str
    after: str
