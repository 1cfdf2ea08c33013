"""What has to be established before a lead is a prospect, and by which evidence."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from leadstone.domains.leads.rules import UNDO_WITHIN
from leadstone.kernel.decision import Decision


class EvidenceKind(StrEnum):
    """Where a piece of evidence comes from; `Evidence.source_id` names the row."""

    ANSWER = "answer"  # a submission
    SIGN = "sign"  # a submission in which they chose an answer that the marketer marked as a wish to buy
    PROVEN_PHONE = "proven_phone"  # a contact point
    PROVEN_MAILBOX = "proven_mailbox"  # a contact point
    CALL = "call"  # an activity
    MEETING = "meeting"  # an activity
    NOTE = "note"  # an activity
    DELIVERED = "delivered"  # a grant that was used or rated


TRIED = "tried"  # of DELIVERED: they went into their trial
WRITTEN_DOWN = frozenset({EvidenceKind.CALL, EvidenceKind.MEETING, EvidenceKind.NOTE})  # what is an activity
# Without these two nobody is a prospect, whatever else a company asks for.
ALWAYS_REQUIRED = frozenset({"intent", "interest"})
MOST_POINTS = 12
LONGEST_NAME = 40
LONGEST_QUESTION = 120


class Refusal(StrEnum):
    """Why a lead does not become a prospect, or a receipt is not taken."""

    EVIDENCE_MISSING = "evidence_missing"  # `PromotionDecision.missing` names the points
    CANNOT_FROM_HERE = "cannot_from_here"  # it is one already, or was given up
    NOTHING_MISSING = "nothing_missing"  # an override where none is needed
    NO_REASON = "no_reason"  # an override without a reason
    NO_SUCH_POINT = "no_such_point"
    NOT_TAKEN = "not_taken"  # this kind of evidence does not fill this point
    NOT_THEIRS = "not_theirs"  # the source does not exist, or is about somebody else
    GIVEN_BEFORE = "given_before"
    NO_WORDS = "no_words"


class EditRefusal(StrEnum):
    """Why the checklist is not changed like this."""

    NO_NAME = "no_name"
    TAKES_NOTHING = "takes_nothing"  # a point that no evidence may fill could never be established
    ALWAYS_REQUIRED = "always_required"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotionFacts:
    """The checklist as it stands for one lead. `established`: keys of points that have a standing receipt."""

    required: Sequence[str]  # keys in the order of the checklist
    established: frozenset[str]
    can_be_qualified: bool  # from where the lead stands


@dataclass(frozen=True, slots=True)
class PromotionDecision(Decision):
    """A refusal names every required point that has no receipt, in the order of the checklist."""

    missing: tuple[str, ...] = ()


def may_promote(facts: PromotionFacts) -> PromotionDecision:
    """Whether a lead may become a prospect on the receipts that it has."""
    if not facts.can_be_qualified:
        return PromotionDecision(False, Refusal.CANNOT_FROM_HERE)
    missing = tuple(key for key in facts.required if key not in facts.established)
    if missing:
        return PromotionDecision(False, Refusal.EVIDENCE_MISSING, missing)
    return PromotionDecision(True)


def may_override(facts: PromotionFacts, *, reason: str) -> PromotionDecision:
    """Whether somebody who may override may pass over what is missing; the missing points come with a yes too."""
    decision = may_promote(facts)
    if decision:
        return PromotionDecision(False, Refusal.NOTHING_MISSING)
    if decision.because is not Refusal.EVIDENCE_MISSING:
        return decision
    if not reason.strip():
        return PromotionDecision(False, Refusal.NO_REASON, decision.missing)
    return PromotionDecision(True, None, decision.missing)


def may_take_back(*, promoted_at: datetime, taken_back_at: datetime | None, now: datetime) -> bool:
    """Whether a promotion may still be undone as if it had never been."""
    return taken_back_at is None and now - promoted_at <= UNDO_WITHIN


def may_edit_point(
    *, key: str, names: Mapping[str, str], takes: Collection[EvidenceKind], required: bool, archived: bool
) -> Decision:
    """Whether a point of the checklist may look like this; intent and interest stay, and stay required."""
    if not any(name.strip() for name in names.values()):
        return Decision(False, EditRefusal.NO_NAME)
    if not takes:
        return Decision(False, EditRefusal.TAKES_NOTHING)
    if key in ALWAYS_REQUIRED and (archived or not required):
        return Decision(False, EditRefusal.ALWAYS_REQUIRED)
    return Decision(True)


def words_in(words: Mapping[str, str], language: str) -> str:
    """What a point is called in a language, else in English, else in whichever there is."""
    return words.get(language) or words.get("en") or next((word for word in words.values() if word), "")
