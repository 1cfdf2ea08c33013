"""Which rule speaks for a lead, and whose turn it is."""

from enum import StrEnum


class AssignedBecause(StrEnum):
    """Why somebody became the owner."""

    RULE = "rule"
    EXISTING_OWNER = "existing_owner"  # a colleague already speaks with this person or company
    BY_HAND = "by_hand"
    TOOK_IT = "took_it"  # from the open queue
    RETURNED = "returned"  # came back with a reason
    NOBODY_FREE = "nobody_free"  # stays in the open queue


class HandOver(StrEnum):
    """What became of a hand-over."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    SUPERSEDED = "superseded"
