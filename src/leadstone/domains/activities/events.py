"""What activities tell the house."""

from leadstone.kernel.events import Event


class ActivityPlanned(Event, frozen=True, kw_only=True):
    """Somebody is going to do something, or not any more, or at another time."""

    activity_id: int
    deal_id: int | None = None


class ActivityDone(Event, frozen=True, kw_only=True):
    """A task, call or meeting ended, or a note was written; beside `CallLogged` and `MeetingHeld`."""

    activity_id: int
    deal_id: int | None = None


class CallLogged(Event, frozen=True, kw_only=True):
    """Somebody called, or tried to."""

    activity_id: int
    outcome: str


class MeetingHeld(Event, frozen=True, kw_only=True):
    """Somebody met."""

    activity_id: int
