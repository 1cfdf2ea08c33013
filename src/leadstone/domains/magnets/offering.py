"""Whether a magnet is offered at a moment: one deadline and one counter for everybody. Pure; edge and core judge by it alike."""

from datetime import datetime
from enum import StrEnum

import msgspec

from leadstone.domains.magnets.kind import Step
from leadstone.domains.magnets.kinds import KINDS
from leadstone.wire.definition import Availability, MagnetDefinition, availability_of

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


def begins_with_a_time(definition: MagnetDefinition) -> bool:
    """Whether a time is chosen before the form, so that a form without one asks for nothing."""
    kind = KINDS.get(definition.kind)
    return kind is not None and kind.held is Step.SLOT


def limits_met(definition: MagnetDefinition) -> Availability:
    """The limits as visitors meet them. Nobody stands in line for a time: it would have passed before their turn."""
    limits = availability_of(definition)
    return msgspec.structs.replace(limits, waiting=False) if begins_with_a_time(definition) else limits
