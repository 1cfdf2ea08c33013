"""The words of the ledger and of suppression."""

from enum import StrEnum


class Act(StrEnum):
    """What a ledger record says; the latest one for a purpose and channel counts."""

    ASKED = "asked"  # ticked by an unproven mailbox
    GIVEN = "given"  # confirmed from the mailbox, or recorded by staff with a basis
    WITHDRAWN = "withdrawn"


class Method(StrEnum):
    FORM = "form"
    CONFIRM_PAGE = "confirm_page"
    CODE = "code"
    ONE_CLICK = "one_click"
    LEAVE_PAGE = "leave_page"
    PREFERENCES = "preferences"
    STAFF = "staff"
    UNDO = "undo"


class Scope(StrEnum):
    """How far a stop reaches."""

    MARKETING = "marketing"
    EVERYTHING = "everything"


class StopReason(StrEnum):
    LEFT = "left"
    NOT_ME = "not_me"
    COMPLAINT = "complaint"
    HARD_BOUNCE = "hard_bounce"
    ERASED = "erased"
    STAFF = "staff"
