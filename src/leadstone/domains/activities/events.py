"""What activities tell the house."""

from leadstone.kernel.events import Event


class CallLogged(Event, frozen=True, kw_only=True):
    """Somebody called, or tried to."""

    activity_id: int
    outcome: str


class MeetingHeld(Event, frozen=True, kw_only=True):
    """Somebody met."""

    activity_id: int
