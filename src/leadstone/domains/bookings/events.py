"""What bookings tell the house. `sequence` is that of the calendar entry after it."""

from leadstone.kernel.events import Event


class BookingAskedFor(Event, frozen=True, kw_only=True):
    """The mailbox is proven, and the host has to agree."""

    booking_id: int


class BookingAgreed(Event, frozen=True, kw_only=True):
    """Both sides are going to meet."""

    booking_id: int


class BookingMoved(Event, frozen=True, kw_only=True):
    """The same two meet at another time."""

    booking_id: int
    sequence: int


class BookingDeclined(Event, frozen=True, kw_only=True):
    """The host cannot, or did not say so in time."""

    booking_id: int


class BookingLost(Event, frozen=True, kw_only=True):
    """The mailbox was proven after the time had been given to somebody else."""

    booking_id: int


class BookingCancelled(Event, frozen=True, kw_only=True):
    """One of them called it off. `agreed`: the other side had it in a calendar."""

    booking_id: int
    by: str
    agreed: bool


class BookingEnded(Event, frozen=True, kw_only=True):
    """It was said what came of it, or taken back."""

    booking_id: int
    state: str
