"""The fate of a grant."""

from enum import StrEnum


class GrantState(StrEnum):
    PROMISED = "promised"  # the mail with the link is on its way
    MAILED = "mailed"  # handed over to the mail server
    OPENED = "opened"  # the mailbox is proven, the file is open
    DELIVERED = "delivered"  # a complete response left the edge
    FAILED = "failed"  # could not be delivered; an alarm stands in the studio
    UNDONE = "undone"  # the visitor undid the exchange, or it was not theirs


class Rating(StrEnum):
    """The answer to "did you get what was promised?"."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
