"""States and classes of a message."""

from enum import StrEnum


class MessageClass(StrEnum):
    TRANSACTIONAL = "transactional"  # what the visitor asked for
    MARKETING = "marketing"  # needs a consent


class State(StrEnum):
    QUEUED = "queued"
    CLAIMED = "claimed"  # leased by a worker, reclaimable
    SENDING = "sending"  # committed just before DATA
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"  # died between DATA and the answer
    EXCLUDED = "excluded"  # the gateway said no
