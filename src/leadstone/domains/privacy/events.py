"""What privacy tells the house."""

from leadstone.kernel.events import Event


class ContactErased(Event, frozen=True, kw_only=True):
    """Everything known about a person was erased; the row stays as a blank."""

    contact_id: int
