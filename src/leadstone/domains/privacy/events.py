"""What privacy tells the house."""

from datetime import datetime

from leadstone.kernel.events import Event


class ContactErased(Event, frozen=True, kw_only=True):
    """Everything known about a person was erased; the row stays as a blank."""

    contact_id: int
    trace: str = ""  # keyed hash of the key that the person had
    address_hashes: tuple[str, ...] = ()
    at: datetime | None = None
