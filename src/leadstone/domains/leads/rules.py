"""Where a lead stands. Not yet a prospect until it is qualified."""

from collections.abc import Mapping
from enum import StrEnum


class Status(StrEnum):
    NEW = "new"
    WORKING = "working"
    QUALIFIED = "qualified"
    NURTURING = "nurturing"
    DISQUALIFIED = "disqualified"


MOVES: Mapping[Status, frozenset[Status]] = {
    Status.NEW: frozenset({Status.WORKING, Status.NURTURING, Status.DISQUALIFIED}),
    Status.WORKING: frozenset({Status.QUALIFIED, Status.NURTURING, Status.DISQUALIFIED}),
    Status.NURTURING: frozenset({Status.WORKING, Status.DISQUALIFIED}),
    Status.QUALIFIED: frozenset({Status.WORKING, Status.NURTURING}),
    Status.DISQUALIFIED: frozenset({Status.WORKING}),
}


def may_move(now_at: Status, to: Status) -> bool:
    """Whether a lead may go from one status straight to another."""
    return to in MOVES.get(now_at, frozenset())


class Basis(StrEnum):
    """Why we may keep somebody who did not fill in a form (GDPR art. 6 and 14)."""

    ASKED_US = "asked_us"  # asked to be contacted
    GAVE_CARD = "gave_card"  # handed over a card or a number
    CUSTOMER = "customer"  # already buys from us
    PUBLIC_ROLE = "public_role"  # published business contact
