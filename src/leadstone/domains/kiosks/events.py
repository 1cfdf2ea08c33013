"""What kiosks tell the house."""

from leadstone.kernel.events import Event


class KiosksChanged(Event, frozen=True, kw_only=True):
    """A device was paired, revoked or let back in: the edge has to know."""

    kiosk_id: int
