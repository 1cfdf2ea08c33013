"""Which rule speaks for a lead, whose turn it is, and until when they should answer.

`fitting` says which leads a rule speaks for, `turns` whose turn it is, `hours` what working time is, `giving` puts them together.
"""

from enum import StrEnum


class AssignedBecause(StrEnum):
    """Why somebody became the owner."""

    RULE = "rule"
    EXISTING_OWNER = "existing_owner"  # a colleague already speaks with this person or company
    BY_HAND = "by_hand"
    TOOK_IT = "took_it"  # from the open queue
    RETURNED = "returned"  # came back with a reason
    TAKEN_BACK = "taken_back"  # whoever handed it over undid it
    NOBODY_FREE = "nobody_free"  # stays in the open queue
    NO_RULE = "no_rule"  # stays in the open queue: no rule speaks for it


class HandOver(StrEnum):
    """What became of a hand-over."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    SUPERSEDED = "superseded"


class Unavailable(StrEnum):
    """Why somebody's turn is passed over."""

    LEFT = "left"  # the account is closed, or its role does not work leads
    AWAY = "away"
    OFF_HOURS = "off_hours"
    FULL = "full"


class HandRefusal(StrEnum):
    """Why a lead did not change hands."""

    NOT_YOURS = "not_yours"
    TAKEN_MEANWHILE = "taken_meanwhile"
    ALREADY_THEIRS = "already_theirs"
    CANNOT_WORK_LEADS = "cannot_work_leads"
    NEEDS_REASON = "needs_reason"
