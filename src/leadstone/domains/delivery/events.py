"""What happened to a message that somebody had asked for. Mailings to many are accounted for by their rows."""

from leadstone.kernel.events import Event


class MessageHandedOver(Event, frozen=True, kw_only=True):
    """The mail server took it (or it lies in the local mailbox)."""

    message_id: int


class MessageFailed(Event, frozen=True, kw_only=True):
    """It will not arrive: refused for good, given up, unclear after its last repeat, or excluded by the gateway."""

    message_id: int
    because: str
