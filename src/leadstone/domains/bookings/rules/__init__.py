"""What a booking may become, why a time is refused, and when somebody is reminded of it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from leadstone.kernel.decision import YES, Decision


class State(StrEnum):
    """Where a booking stands."""

    PENDING = "pending"  # a form chose the time; nobody has proven the mailbox yet
    WAITING = "waiting"  # the mailbox is proven, the host has to agree
    BOOKED = "booked"
    TOOK_PLACE = "took_place"
    NO_SHOW = "no_show"
    LAPSED = "lapsed"  # nobody proved the mailbox, or agreed, in time
    DECLINED = "declined"  # the host could not
    CANCELLED = "cancelled"


MOVES: Mapping[State, frozenset[State]] = {
    State.PENDING: frozenset({State.WAITING, State.BOOKED, State.LAPSED, State.CANCELLED}),
    State.WAITING: frozenset({State.BOOKED, State.DECLINED, State.LAPSED, State.CANCELLED}),
    State.BOOKED: frozenset({State.TOOK_PLACE, State.NO_SHOW, State.CANCELLED}),
    # What came of it may be corrected, and taken back for ten seconds.
    State.TOOK_PLACE: frozenset({State.NO_SHOW, State.BOOKED}),
    State.NO_SHOW: frozenset({State.TOOK_PLACE, State.BOOKED}),
    # The button may be pressed late, while the time is still free.
    State.LAPSED: frozenset({State.WAITING, State.BOOKED}),
    # Whoever came by the offer chooses another time instead.
    State.DECLINED: frozenset({State.WAITING, State.BOOKED}),
    State.CANCELLED: frozenset({State.WAITING, State.BOOKED}),
}
# What a host ended may be undone until anybody is told: no move, but as if it had not been.
UNDONE_TO: Mapping[State, frozenset[State]] = {
    State.DECLINED: frozenset({State.WAITING}),
    State.CANCELLED: frozenset({State.WAITING, State.BOOKED}),
}
# Whose time is taken: rows of occupied granules stand exactly for these.
OCCUPYING = frozenset({State.PENDING, State.WAITING, State.BOOKED, State.TOOK_PLACE, State.NO_SHOW})
AGREED = frozenset({State.BOOKED, State.TOOK_PLACE, State.NO_SHOW})
OUTCOMES = (State.TOOK_PLACE, State.NO_SHOW)

# As long as the undo stands on the screen, and then some; what is written about it leaves later than that.
MAY_BE_TAKEN_BACK = timedelta(seconds=12)
TOLD_AFTER = timedelta(seconds=15)

# How long a chosen time is kept for somebody who has not shown yet that the mailbox is theirs.
PENDING_LASTS = timedelta(minutes=30)
# Anybody can type anybody's address, and nobody may empty a calendar that way.
MOST_PENDING_PER_ADDRESS = 3
MOST_PENDING_PER_NETWORK = 12
# Nor from a thousand networks: with so many held of one host, the next one lets go of the oldest. Whoever proved nothing by then
# still gets their time, if it is free when they do.
MOST_PENDING_PER_HOST = 20


class Refusal(StrEnum):
    """Why a time is not given, or a booking not changed."""

    TAKEN = "taken"  # by somebody else, or no time that is offered
    TOO_MANY = "too_many"  # too many unproven times for one address or network
    OVER = "over"  # it ended, or its time has come; the form that held it holds nothing any more
    NOT_YET = "not_yet"  # what came of it can be said once it began
    NOT_FROM_HERE = "not_from_here"  # its state does not allow this


class By(StrEnum):
    """Who ended or moved a booking."""

    VISITOR = "visitor"
    HOST = "host"
    HOUSE = "house"  # the exchange was undone, or the person erased


def may_move(now_at: State, to: State) -> bool:
    """Whether a booking may go from one state straight to another."""
    return to in MOVES.get(now_at, frozenset())


def may_change(state: State, *, begins: datetime, now: datetime) -> Decision:
    """Whether a visitor may still move or cancel a booking."""
    if state not in {State.BOOKED, State.WAITING} or begins <= now:
        return Decision(False, Refusal.OVER)
    return YES


def may_choose_again(state: State, *, ended_by: By | None) -> Decision:
    """Whether a visitor may choose another time in place of one that came to nothing."""
    if state in {State.DECLINED, State.LAPSED} or (state is State.CANCELLED and ended_by is not By.HOUSE):
        return YES
    return Decision(False, Refusal.OVER)


def may_tell_outcome(state: State, outcome: State, *, begins: datetime, now: datetime) -> Decision:
    """Whether it may be said what came of a booking."""
    if outcome not in OUTCOMES or not may_move(state, outcome):
        return Decision(False, Refusal.NOT_FROM_HERE)
    return YES if begins <= now else Decision(False, Refusal.NOT_YET)


def may_be_held(*, from_address: int, from_network: int) -> Decision:
    """Whether one more time may be kept unproven, with so many of that address and of that network pending."""
    if from_address >= MOST_PENDING_PER_ADDRESS or from_network >= MOST_PENDING_PER_NETWORK:
        return Decision(False, Refusal.TOO_MANY)
    return YES


def reminders_of(begins: datetime, *, zone: str, minutes: Sequence[int]) -> list[datetime]:
    """When to remind, the earliest first. Whole days before are the same time by the clock on the visitor's wall."""
    at = []
    for before in minutes:
        days, rest = divmod(before, 24 * 60)
        local = begins.astimezone(ZoneInfo(zone)).replace(tzinfo=None) - timedelta(days=days)
        at.append(
            local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) if days and not rest else begins - timedelta(minutes=before)
        )
    return sorted(at)


def next_reminder(begins: datetime, *, zone: str, minutes: Sequence[int], after: datetime) -> datetime | None:
    """The first reminder that lies after that moment."""
    return next((at for at in reminders_of(begins, zone=zone, minutes=minutes) if at > after), None)
