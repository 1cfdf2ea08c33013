"""What consent tells the house."""

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
