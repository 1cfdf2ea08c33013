"""What happened to a magnet."""

from leadstone.kernel.events import Event


class MagnetPublished(Event, frozen=True):
    """A new version is the one that visitors see."""

    magnet_id: int
    version_id: int


class MagnetWithdrawn(Event, frozen=True):
    """The page answers "gone"; links that were mailed still open."""

    magnet_id: int


class MagnetsLinked(Event, frozen=True):
    """Magnets became, or no longer are, one magnet in several languages."""

    magnet_id: int


class MagnetRestored(Event, frozen=True):
    """A withdrawn magnet is offered again, in its last version."""

    magnet_id: int
