"""What leads tell the house."""

from leadstone.kernel.events import Event


class LeadAdded(Event):
    """A member of staff entered a lead by hand."""

    lead_id: int
    contact_id: int


class LeadStatusChanged(Event):
    """A lead moved."""

    lead_id: int
    before: str
    after: str
