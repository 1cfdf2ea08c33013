"""Stages of a deal, what a deal needs before it may stand in one, and what people see of it on the board."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from leadstone.kernel.decision import Decision


class StageClass(StrEnum):
    OPEN = "open"
    WON = "won"
    LOST = "lost"


class Requirement(StrEnum):
    """What a stage may ask of a deal before it enters."""

    VALUE = "value"
    EXPECTED_CLOSE = "expected_close"
    DECIDER = "decider"  # who decides is known: the checklist point "authority" has a receipt
    NEXT_ACTIVITY = "next_activity"
    MEETING_HELD = "meeting_held"
    WON_REASON = "won_reason"
    LOST_REASON = "lost_reason"


# What a class asks whatever the company says: a customer without revenue and a loss without a reason tell nobody anything.
ALWAYS: Mapping[StageClass, frozenset[Requirement]] = {
    StageClass.OPEN: frozenset(),
    StageClass.WON: frozenset({Requirement.VALUE}),
    StageClass.LOST: frozenset({Requirement.LOST_REASON}),
}
# What a company may ask on top, by the class of the stage.
MAY_ASK: Mapping[StageClass, frozenset[Requirement]] = {
    StageClass.OPEN: frozenset(Requirement) - {Requirement.WON_REASON, Requirement.LOST_REASON},
    StageClass.WON: frozenset(Requirement) - {Requirement.LOST_REASON, Requirement.NEXT_ACTIVITY},
    StageClass.LOST: frozenset({Requirement.LOST_REASON}),
}
# What can be said while the deal is moved; the rest is work that has to be done first, and a manager may pass over it.
ANSWERED_ON_THE_SPOT = frozenset({Requirement.VALUE, Requirement.EXPECTED_CLOSE, Requirement.WON_REASON, Requirement.LOST_REASON})
AUTHORITY = "authority"  # the checklist point that DECIDER asks for


class MoveRefusal(StrEnum):
    """Why a deal stays where it stands."""

    SAME_STAGE = "same_stage"
    STAGE_ARCHIVED = "stage_archived"
    MISSING = "missing"  # `MoveDecision.missing` names what
    NO_REASON_TO_OVERRIDE = "no_reason_to_override"
    CHANGED_MEANWHILE = "changed_meanwhile"


@dataclass(frozen=True, slots=True, kw_only=True)
class StageFacts:
    """One column of the board. `names`: language → words; `probability` in percent."""

    stage_id: int
    key: str
    names: Mapping[str, str]
    stage_class: StageClass
    position: int
    probability: int
    requires: tuple[Requirement, ...] = ()
    rots_after_days: int | None = None
    archived: bool = False


@dataclass(frozen=True, slots=True)
class MoveDecision(Decision):
    """`missing`: every requirement that is not met, in a fixed order; with a yes, those that an override passed over."""

    missing: tuple[Requirement, ...] = ()


def requirements_of(stage: StageFacts) -> frozenset[Requirement]:
    """Everything that a deal needs to enter a stage."""
    return ALWAYS[stage.stage_class] | (frozenset(stage.requires) & MAY_ASK[stage.stage_class])


def missing_for(stage: StageFacts, *, met: Collection[Requirement]) -> tuple[Requirement, ...]:
    """What a deal that meets `met` still lacks to enter a stage."""
    return tuple(each for each in Requirement if each in requirements_of(stage) and each not in met)


def may_move(before: StageFacts, after: StageFacts, *, met: Collection[Requirement], override: str | None = None) -> MoveDecision:
    """Whether a deal may go from one stage to another: in any direction, also out of won and lost, once nothing is missing.

    `override`: the reason of somebody who may pass over what is missing; None when nobody asks for that. What can be answered
    on the spot is never passed over.
    """
    if before.stage_id == after.stage_id:
        return MoveDecision(False, MoveRefusal.SAME_STAGE)
    if after.archived:
        return MoveDecision(False, MoveRefusal.STAGE_ARCHIVED)
    missing = missing_for(after, met=met)
    if not missing:
        return MoveDecision(True)
    if override is None or ANSWERED_ON_THE_SPOT.intersection(missing):
        return MoveDecision(False, MoveRefusal.MISSING, missing)
    if not override.strip():
        return MoveDecision(False, MoveRefusal.NO_REASON_TO_OVERRIDE, missing)
    return MoveDecision(True, None, missing)


def can_be_overridden(missing: Collection[Requirement]) -> bool:
    """Whether a manager may pass over everything that is missing."""
    return bool(missing) and not ANSWERED_ON_THE_SPOT.intersection(missing)


def rots_since(*, quiet_since: datetime, rots_after_days: int | None, now: datetime) -> bool:
    """Whether nothing happened with a deal for as many days as its stage allows."""
    return rots_after_days is not None and now - quiet_since >= timedelta(days=rots_after_days)


@dataclass(frozen=True, slots=True)
class Stay:
    """How long a deal stood in a stage. `until` is None where it stands now; `length` then counts to the time asked for."""

    stage_id: int
    since: datetime
    until: datetime | None
    length: timedelta


def stays(changes: Sequence[tuple[int, datetime]], *, now: datetime) -> list[Stay]:
    """The stage history as durations, the earliest first. `changes`: (stage entered, when), in order; they sum to the age."""
    found = []
    for place, (stage_id, since) in enumerate(changes):
        until = changes[place + 1][1] if place + 1 < len(changes) else None
        found.append(Stay(stage_id, since, until, (until or now) - since))
    return found


class SettingRefusal(StrEnum):
    """Why the stages or reasons are not changed like this."""

    NO_NAME = "no_name"
    NOT_EMPTY = "not_empty"  # deals stand there
    LAST_OF_ITS_CLASS = "last_of_its_class"  # one open, one won and one lost stage always stay
    TOO_MANY = "too_many"


MOST_STAGES = 12
MOST_REASONS = 20


def may_archive_stage(stage: StageFacts, *, in_use: Collection[StageFacts], deals: int) -> Decision:
    """Whether a stage may leave the board. `in_use`: every stage that is not archived; `deals`: how many stand in it."""
    if not [each for each in in_use if each.stage_class is stage.stage_class and each.stage_id != stage.stage_id]:
        return Decision(False, SettingRefusal.LAST_OF_ITS_CLASS)
    if deals:
        return Decision(False, SettingRefusal.NOT_EMPTY)
    return Decision(True)


def words_in(names: Mapping[str, str], language: str) -> str:
    """What a stage or a reason is called in a language, else in English, else in whichever there is."""
    return names.get(language) or names.get("en") or next((words for words in names.values() if words), "")
