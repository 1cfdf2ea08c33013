"""Where a lead stands, and how it may be looked for. Not yet a prospect until it is qualified."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from leadstone.domains.sources.rules import ChannelType
from leadstone.kernel.decision import YES, Decision


class Status(StrEnum):
    NEW = "new"
    WORKING = "working"
    QUALIFIED = "qualified"
    NURTURING = "nurturing"
    DISQUALIFIED = "disqualified"


# By hand. Nobody moves a lead to QUALIFIED by hand: that takes receipts, and the qualification noun.
MOVES: Mapping[Status, frozenset[Status]] = {
    Status.NEW: frozenset({Status.WORKING, Status.NURTURING, Status.DISQUALIFIED}),
    Status.WORKING: frozenset({Status.NURTURING, Status.DISQUALIFIED}),
    Status.NURTURING: frozenset({Status.WORKING, Status.NURTURING, Status.DISQUALIFIED}),
    Status.QUALIFIED: frozenset({Status.WORKING, Status.NURTURING, Status.DISQUALIFIED}),
    Status.DISQUALIFIED: frozenset({Status.WORKING}),
}
# Where a lead may stand when it is qualified; one that was given up is taken up again first.
QUALIFIES_FROM = frozenset({Status.NEW, Status.WORKING, Status.NURTURING})


def may_move(now_at: Status, to: Status) -> bool:
    """Whether a lead may be moved by hand from one status straight to another."""
    return to in MOVES.get(now_at, frozenset())


# Longer than a toast stays, for whoever has the page still open. Afterwards a lead is moved again as any other is.
UNDO_WITHIN = timedelta(minutes=10)


class Because(StrEnum):
    """Why a lead is put back for later, or is no prospect."""

    NOT_NOW = "not_now"  # the time is not right
    NO_BUDGET = "no_budget"
    NO_NEED = "no_need"
    NO_ANSWER = "no_answer"  # tried, and nobody answered
    WRONG_PERSON = "wrong_person"
    BOUGHT_ELSEWHERE = "bought_elsewhere"
    NOT_REAL = "not_real"  # a made-up or mistaken form
    OTHER = "other"  # the note says it


PERSON_NAMED = "person_named"  # in the history of a lead: a person speaks for its company from now on


class MoveRefusal(StrEnum):
    NO_SUCH_MOVE = "no_such_move"
    MOVED_MEANWHILE = "moved_meanwhile"
    NO_REASON = "no_reason"  # to give a lead up, or to put it back, takes a reason
    NOTE_TOO_LONG = "note_too_long"
    NO_WORDS = "no_words"  # "other" says nothing without a note
    NO_DAY = "no_day"  # what is put back comes back on a day
    DAY_IS_PAST = "day_is_past"


def may_leave_the_queue(to: Status, *, because: Because | None, note: str, on: date | None, today: date) -> Decision:
    """Whether enough is said to put a lead back (NURTURING, until a later day) or to give it up (DISQUALIFIED)."""
    if because is None:
        return Decision(False, MoveRefusal.NO_REASON)
    if because is Because.OTHER and not note.strip():
        return Decision(False, MoveRefusal.NO_WORDS)
    if to is not Status.NURTURING:
        return YES
    if on is None:
        return Decision(False, MoveRefusal.NO_DAY)
    return YES if on > today else Decision(False, MoveRefusal.DAY_IS_PAST)


class Basis(StrEnum):
    """Why we may keep somebody who did not fill in a form (GDPR art. 6 and 14)."""

    ASKED_US = "asked_us"  # asked to be contacted
    GAVE_CARD = "gave_card"  # handed over a card or a number
    CUSTOMER = "customer"  # already buys from us
    PUBLIC_ROLE = "public_role"  # published business contact
    AGREED_ELSEWHERE = "agreed_elsewhere"  # agreed, on words that somebody else recorded, that we are told of them


# Whoever of the staff enters one of these has dealt with the person themselves.
VOUCHED = frozenset({Basis.ASKED_US, Basis.GAVE_CARD, Basis.CUSTOMER, Basis.PUBLIC_ROLE})


class QualityBand(StrEnum):
    """By the weakest of the three factors, because one weak factor is enough to spoil a lead. Never shown instead of them."""

    STRONG = "strong"  # none below 0.6
    FAIR = "fair"  # none below 0.3
    WEAK = "weak"


STRONG_FROM = 0.6
FAIR_FROM = 0.3


def band_of(accuracy: float, incentive: float, awareness: float) -> QualityBand:
    weakest = min(accuracy, incentive, awareness)
    if weakest >= STRONG_FROM:
        return QualityBand.STRONG
    return QualityBand.FAIR if weakest >= FAIR_FROM else QualityBand.WEAK


class Order(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"
    ACCURACY = "accuracy"
    INCENTIVE = "incentive"
    AWARENESS = "awareness"
    NAME = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadFilter:
    """What a list of leads shows. Choices are enums or ids; `search` and `tag` are only ever compared."""

    status: Status | None = None
    magnet_id: int | None = None
    channel: ChannelType | None = None
    campaign_id: int | None = None
    owner_id: int | None = None
    unowned: bool = False
    band: QualityBand | None = None
    proven: bool | None = None
    unfounded: bool = False  # only of people whom we know without a basis
    opened_from: date | None = None  # the first day (UTC)
    search: str = ""
    tag: str = ""  # however it is spelled
    order: Order = Order.NEWEST
