"""What the ways in tell the house."""

from leadstone.kernel.events import Event


class HostsChanged(Event, frozen=True, kw_only=True):
    """Pages of other hosts than before may show our forms."""
