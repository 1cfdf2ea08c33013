"""Which of the things said about a person is shown."""

from enum import StrEnum


class PointKind(StrEnum):
    EMAIL = "email"
    PHONE = "phone"


class StatementSource(StrEnum):
    SUBMISSION = "submission"
    STAFF = "staff"


class StatementState(StrEnum):
    CLAIMED = "claimed"  # typed by a visitor, not proven
    VERIFIED = "verified"  # the mailbox was proven, or staff vouches
    DECLINED = "declined"  # known to be wrong
