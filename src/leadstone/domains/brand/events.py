"""What the brand tells the house."""

from leadstone.kernel.events import Event


class BrandChanged(Event, frozen=True, kw_only=True):
    """Every page and every mail shall now look and sign differently."""
