"""Whether a magnet is offered at a moment: one deadline and one counter for everybody. Pure; edge and core judge by it alike."""

from datetime import datetime
from enum import StrEnum

from leadstone.wire.definition import Availability

LARGEST_CAP = 10_000  # each place is a line in what the edge reads


class Standing(StrEnum):
    """What a visitor meets at the address of a magnet."""

    NOT_YET = "not_yet"  # a page that says when, without a form
    OPEN = "open"
    LINE = "line"  # all are taken; the form leads to the waiting list
    TAKEN = "taken"  # all are taken, and nobody waits
    CLOSED = "closed"  # the deadline has passed

    @property
    def takes_forms(self) -> bool:
        return self in {Standing.OPEN, Standing.LINE}


def standing_of(availability: Availability, *, left: int | None, now: datetime) -> Standing:
    """Where a magnet stands. `left`: how many there still are, None where nothing limits it. The deadline itself is too late."""
    if availability.closes_at is not None and now >= availability.closes_at:
        return Standing.CLOSED
    if availability.opens_at is not None and now < availability.opens_at:
        return Standing.NOT_YET
    if left is not None and left <= 0:
        return Standing.LINE if availability.waiting else Standing.TAKEN
    return Standing.OPEN
