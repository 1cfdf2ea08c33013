"""What has to be established before a lead is a prospect, and by which evidence."""

from enum import StrEnum


class EvidenceKind(StrEnum):
    """Where a piece of evidence comes from; `Evidence.source_id` names the row."""

    ANSWER = "answer"  # a submission
    PROVEN_PHONE = "proven_phone"  # a contact point
    PROVEN_MAILBOX = "proven_mailbox"  # a contact point
    CALL = "call"  # an activity
    MEETING = "meeting"  # an activity
    NOTE = "note"  # an activity
    DELIVERED = "delivered"  # a grant that was used or rated
