"""The fate of a grant."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from leadstone.kernel.shares import at_least, at_most
from leadstone.wire.definition import MagnetDefinition

CODE_LASTS = timedelta(minutes=30)
CODE_ATTEMPTS_A_DAY = 5  # per address, over all thank-you pages


class GrantState(StrEnum):
    PROMISED = "promised"  # the mail with the link is on its way
    MAILED = "mailed"  # handed over to the mail server
    WAITING = "waiting"  # the mailbox is proven, all places are taken: in line for the next one
    OPENED = "opened"  # the mailbox is proven, the file is open
    DELIVERED = "delivered"  # a complete response left the edge
    FAILED = "failed"  # could not be delivered; an alarm stands in the studio
    UNDONE = "undone"  # the visitor undid the exchange, or it was not theirs


# The mailbox is proven, nothing was taken back, and it is their turn: what is theirs may be given and shown.
STANDING = frozenset({GrantState.OPENED, GrantState.DELIVERED})
_PROVEN = (GrantState.WAITING, GrantState.OPENED)  # which of the two the number of places decides

MOVES: Mapping[GrantState, frozenset[GrantState]] = {
    # OPENED straight from PROMISED: the visitor may be quicker than our note that the mail was handed over.
    GrantState.PROMISED: frozenset({GrantState.MAILED, *_PROVEN, GrantState.FAILED, GrantState.UNDONE}),
    # PROMISED again: a second request, a second mail.
    GrantState.MAILED: frozenset({GrantState.PROMISED, *_PROVEN, GrantState.FAILED, GrantState.UNDONE}),
    # FAILED is only what one mail met: a retry, or a mail that arrived after all, still ends well.
    GrantState.FAILED: frozenset({GrantState.PROMISED, GrantState.MAILED, *_PROVEN, GrantState.UNDONE}),
    GrantState.WAITING: frozenset({GrantState.OPENED, GrantState.UNDONE}),
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


PROMISED_WITHIN = timedelta(minutes=10)  # "at once": by then the mail has left
CHANGE_OF_MIND = timedelta(days=1)
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
LONGEST_WORDS = 1000  # of what somebody adds to their answer
QUESTION_GROWS_OLD = timedelta(days=30)  # so late after its day nobody is asked any more


def question_days(definition: MagnetDefinition) -> int:
    """How many days after the delivery the contract lets us ask whether the promise was kept; 0: it declares no question."""
    return next((step.asks_after_days for step in definition.contract.next_steps if step.asks_after_days), 0)


def rating_counts(*, first_at: datetime | None, at: datetime) -> bool:
    """Whether an answer given `at` is still the answer: the first one, or a change of mind within a day of it."""
    return first_at is None or at < first_at + CHANGE_OF_MIND


def read_rating_words(typed: str) -> tuple[str, str]:
    """What somebody adds to their answer as it is kept, and what is wrong with it: "", "too_long" or "unreadable"."""
    words = typed.strip().replace("\r\n", "\n").replace("\r", "\n")
    if len(words) > LONGEST_WORDS:
        return words, "too_long"
    return words, "unreadable" if _UNREADABLE.search(words) else ""


@dataclass(frozen=True, slots=True)
class Answers:
    """How many people answered "did you get what was promised?", and what."""

    yes: int = 0
    partly: int = 0
    no: int = 0

    @property
    def number(self) -> int:
        return self.yes + self.partly + self.no

    @property
    def share(self) -> float:
        """The share that said yes; 0 when nobody answered."""
        return self.yes / self.number if self.number else 0.0

    def __add__(self, other: "Answers") -> "Answers":
        return Answers(self.yes + other.yes, self.partly + other.partly, self.no + other.no)


RECENT = timedelta(days=28)
BEFORE = timedelta(days=84)  # the time before the recent one
LEAST_ANSWERS = 10  # in each of the two: two unhappy people are two people
LEAST_FALL = 0.1


class Movement(StrEnum):
    """Where the score of a magnet goes."""

    TOO_FEW = "too_few"  # not enough answers yet, which is an answer
    STEADY = "steady"
    FALLING = "falling"


def movement(*, recent: Answers, before: Answers) -> Movement:
    """Falling means: by a tenth at least, and so clearly that chance is an unlikely reason (the intervals lie apart)."""
    if min(recent.number, before.number) < LEAST_ANSWERS:
        return Movement.TOO_FEW
    clear = at_most(recent.yes, of=recent.number) < at_least(before.yes, of=before.number)
    return Movement.FALLING if clear and before.share - recent.share >= LEAST_FALL else Movement.STEADY


@dataclass(frozen=True, slots=True)
class Windows:
    """The days that are compared: [before, recent) with [recent, until)."""

    before: date
    recent: date
    until: date


def windows_at(now: datetime) -> Windows:
    """Whole days (UTC), the running one among them."""
    until = now.astimezone(UTC).date() + timedelta(days=1)
    recent = until - RECENT
    return Windows(before=recent - BEFORE, recent=recent, until=until)


def answers_between(days: Mapping[date, Answers], *, since: date, until: date) -> Answers:
    """All answers of the days from `since` until before `until`."""
    return sum((answers for day, answers in days.items() if since <= day < until), Answers())


def has_recovered(*, recent: Answers, before: Answers) -> bool:
    """Whether a warning is over. `before`: the answers that it was measured by, so that a slow decline never ends it.

    Half of the fall must be made up for: a score that trembles at the edge is warned of once.
    """
    return recent.number >= LEAST_ANSWERS and recent.share >= before.share - LEAST_FALL / 2


def may_warn_again(*, ended_at: datetime | None, now: datetime) -> bool:
    """After a warning is over, no answer that led to it leads to another."""
    return ended_at is None or now - ended_at >= RECENT
