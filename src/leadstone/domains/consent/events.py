"""What consent tells the house."""

from datetime import datetime

from leadstone.kernel.events import Event


class ConsentGiven(Event, frozen=True, kw_only=True):
    """A person allowed something, from a proven mailbox or with a recorded basis."""

    contact_id: int
    purpose: str
    channel: str


class MarketingLeft(Event, frozen=True, kw_only=True):
    """A person said no to every marketing message of one channel."""

    contact_id: int
    channel: str


class AddressesStopped(Event, frozen=True, kw_only=True):
    """No message of this scope goes to these addresses any more. The hashes are keyed."""

    address_hashes: tuple[str, ...]
    channel: str
    scope: str
    reason: str
    at: datetime
