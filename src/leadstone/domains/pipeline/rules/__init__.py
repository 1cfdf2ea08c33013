"""Stages of a deal, and what a deal needs before it may stand in one."""

from enum import StrEnum


class StageClass(StrEnum):
    OPEN = "open"
    WON = "won"
    LOST = "lost"


class Requirement(StrEnum):
    """What a stage may ask of a deal before it enters."""

    VALUE = "value"
    EXPECTED_CLOSE = "expected_close"
    DECIDER = "decider"  # who decides is known: the checklist point "authority" has a receipt
    NEXT_ACTIVITY = "next_activity"
    MEETING_HELD = "meeting_held"
    WON_REASON = "won_reason"
    LOST_REASON = "lost_reason"
