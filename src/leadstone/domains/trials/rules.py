"""The states of a trial, and its days by the clock on the wall."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class State(StrEnum):
    STARTED = "started"  # the way in was handed over
    ACTIVATED = "activated"  # they went in
    CONVERTED = "converted"  # they bought
    ENDED = "ended"  # the days are over
    UNDONE = "undone"  # the exchange was undone, or the person forgotten


MOVES: Mapping[State, frozenset[State]] = {
    State.STARTED: frozenset({State.ACTIVATED, State.CONVERTED, State.ENDED, State.UNDONE}),
    State.ACTIVATED: frozenset({State.CONVERTED, State.ENDED, State.UNDONE}),
    # Who comes back after the end and buys is a customer all the same.
    State.ENDED: frozenset({State.CONVERTED, State.UNDONE}),
    State.CONVERTED: frozenset({State.UNDONE}),
}
RUNNING = frozenset({State.STARTED, State.ACTIVATED})

REMINDED_AT = time(9)  # nobody is written to at night


def may_move(now_at: State, to: State) -> bool:
    return to in MOVES.get(now_at, frozenset())


def origins_of(to: State) -> list[str]:
    """From where a trial may come to a state."""
    return [state.value for state, targets in MOVES.items() if to in targets]


def end_of(started_at: datetime, *, days: int, zone: str) -> datetime:
    """The same time of day so many days later, by the clock of a zone: also when clocks change in between."""
    wall = started_at.astimezone(ZoneInfo(zone))
    return _at_wall(wall.replace(tzinfo=None) + timedelta(days=days), zone)


def reminder_of(ends_at: datetime, *, days_before: int, zone: str, started_at: datetime) -> datetime | None:
    """Nine in the morning, so many days before the end; None when there is none, or no morning is left for it."""
    if days_before <= 0:
        return None
    day = ends_at.astimezone(ZoneInfo(zone)).date() - timedelta(days=days_before)
    at = _at_wall(datetime.combine(day, REMINDED_AT), zone)
    return at if at > started_at else None


def day_of(now: datetime, *, started_at: datetime, days: int, zone: str) -> int:
    """Which day of the trial this is, from 1; after the end the last."""
    wall, began = (each.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for each in (now, started_at))
    return min(max((wall - began) // timedelta(days=1) + 1, 1), days)


def _at_wall(wall: datetime, zone: str) -> datetime:
    # A time that a clock change skips becomes the one that the clock shows instead.
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))


class Order(StrEnum):
    NEWEST = "newest"
    ENDING = "ending"
