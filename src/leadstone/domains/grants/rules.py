"""The fate of a grant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

CODE_LASTS = timedelta(minutes=30)
CODE_ATTEMPTS_A_DAY = 5  # per address, over all thank-you pages


class GrantState(StrEnum):
    PROMISED = "promised"  # the mail with the link is on its way
    MAILED = "mailed"  # handed over to the mail server
    OPENED = "opened"  # the mailbox is proven, the file is open
    DELIVERED = "delivered"  # a complete response left the edge
    FAILED = "failed"  # could not be delivered; an alarm stands in the studio
    UNDONE = "undone"  # the visitor undid the exchange, or it was not theirs


MOVES: Mapping[GrantState, frozenset[GrantState]] = {
    # OPENED straight from PROMISED: the visitor may be quicker than our note that the mail was handed over.
    GrantState.PROMISED: frozenset({GrantState.MAILED, GrantState.OPENED, GrantState.FAILED, GrantState.UNDONE}),
    # PROMISED again: a second request, a second mail.
    GrantState.MAILED: frozenset({GrantState.PROMISED, GrantState.OPENED, GrantState.FAILED, GrantState.UNDONE}),
    # FAILED is only what one mail met: a retry, or a mail that arrived after all, still ends well.
    GrantState.FAILED: frozenset({GrantState.PROMISED, GrantState.MAILED, GrantState.OPENED, GrantState.UNDONE}),
    GrantState.OPENED: frozenset({GrantState.DELIVERED, GrantState.UNDONE}),
    GrantState.DELIVERED: frozenset({GrantState.UNDONE}),
}


class Rating(StrEnum):
    """The answer to "did you get what was promised?"."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Ending(StrEnum):
    """Why a grant ended before or after its delivery."""

    UNDONE = "undone"  # the visitor undid the exchange
    NOT_ME = "not_me"  # the owner of the mailbox had asked for nothing
    ERASED = "erased"


class CodeRefusal(StrEnum):
    """Why a typed code opens nothing."""

    WRONG = "wrong"  # also: expired, used, of another page, of an unknown page
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class CodeOutcome:
    """The same shape for known and unknown pages; `grant_id` is set only when the code was right."""

    grant_id: int | None = None
    because: CodeRefusal | None = None

    @property
    def opened(self) -> bool:
        return self.grant_id is not None


def may_move(now_at: GrantState, to: GrantState) -> bool:
    """Whether a grant may go from one state straight to another."""
    return to in MOVES.get(now_at, frozenset())


def origins_of(to: GrantState) -> frozenset[GrantState]:
    """The states from which a grant may come to `to`."""
    return frozenset(origin for origin, targets in MOVES.items() if to in targets)


def after_request(now_at: GrantState) -> GrantState:
    """Where a grant stands after it was asked for once more. What is open stays open; UNDONE is not asked: it begins anew."""
    return GrantState.PROMISED if may_move(now_at, GrantState.PROMISED) else now_at
