"""What suppliers tell the house."""

from leadstone.kernel.events import Event


class LeadsBought(Event, frozen=True, kw_only=True):
    """A delivery was looked at; what was accepted of it stands as leads, and has its price."""

    batch_id: int
    supplier_id: int


class LeadGivenBack(Event, frozen=True, kw_only=True):
    """A lead that was bought is given back to its supplier."""

    purchase_id: int
    lead_id: int | None


class LeadKept(Event, frozen=True, kw_only=True):
    """A lead was not given back after all."""

    purchase_id: int


class NoticeDue(Event, frozen=True, kw_only=True):
    """Somebody did not come to us themselves, and has to be told that we have their data."""

    lead_id: int
