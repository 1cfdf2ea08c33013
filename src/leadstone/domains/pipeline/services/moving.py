"""A deal goes to another stage, and back again if that was a slip."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from leadstone.domains.audit import services as audit
from leadstone.domains.audit.rules import Action, Subject
from leadstone.domains.leads.rules import UNDO_WITHIN
from leadstone.domains.pipeline import queries
from leadstone.domains.pipeline.events import DealLost, DealMoved, DealTakenBack, DealWon
from leadstone.domains.pipeline.models import CloseReason, Deal, StageChange
from leadstone.domains.pipeline.rules import (
    MoveDecision,
    MoveRefusal,
    Requirement,
    StageClass,
    StageFacts,
    may_move,
)
from leadstone.domains.pipeline.services.versions import Meanwhile, checked_amount, locked, meanwhile
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.events import Event
from leadstone.kernel.money import Currency

# What a move may write over, and a slip puts back. Times are kept as ISO 8601.
_KEPT = ("amount_minor", "currency", "close_reason_id", "close_note")
_KEPT_TIMES = ("expected_close", "entered_stage_at", "touched_at", "won_at", "lost_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What is said while a deal is moved; None and "" leave the deal as it is."""

    amount_minor: int | None = None
    currency: Currency | None = None
    expected_close: date | None = None
    close_reason_id: int | None = None
    close_note: str = ""


ANSWERED_NOTHING = Answers()


@dataclass(frozen=True, slots=True)
class Override:
    """Somebody who may do so passes over what is missing; an empty reason is refused. The door has asked for the right."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What became of a move. `version` is the deal's now; `meanwhile` tells who was faster, when that is the refusal."""

    decision: MoveDecision
    version: int
    meanwhile: Meanwhile | None = None


@transaction.atomic
def move_deal(
    *,
    deal_id: int,
    to_stage_id: int,
    seen_version: int,
    by: int,
    now: datetime,
    answers: Answers = ANSWERED_NOTHING,
    override: Override | None = None,
) -> Moved:
    """Move a deal that stands as its mover saw it and has what the stage asks; else change nothing and say why.

    Raises `NoSuchStage` or `NotAnAmount`.
    """
    deal, after = locked(deal_id), queries.stage(to_stage_id)
    if deal.version != seen_version:
        refused = MoveDecision(False, MoveRefusal.CHANGED_MEANWHILE)
        return Moved(decision=refused, version=deal.version, meanwhile=meanwhile(deal, seen_version=seen_version))
    before, replaced = queries.stage(deal.stage_id), _kept(deal)
    _answer(deal, answers, after=after)
    decision = may_move(before, after, met=_met(deal), override=override.reason if override else None)
    if not decision:
        return Moved(decision=decision, version=deal.version)
    _stand(deal, after, by=by, now=now)
    overrode = [each.value for each in decision.missing]
    reason = override.reason.strip()[:400] if override and overrode else ""
    StageChange.objects.create(
        deal=deal, before_id=before.stage_id, after_id=after.stage_id, at=now, by_id=by, overrode=overrode, reason=reason,
        replaced=replaced,
    )  # fmt: skip
    if overrode:
        facts = {"stage": after.key, "missing": ", ".join(overrode)}
        audit.note(actor_id=by, action=Action.OVERRIDDEN, subject=Subject.DEAL, subject_id=deal.pk, facts=facts, now=now)
    outbox.record(*_told(deal, before, after), at=now)
    return Moved(decision=decision, version=deal.version)


@transaction.atomic
def take_back_move(*, deal_id: int, version: int, by: int, now: datetime) -> bool:
    """Undo the move that made `version`, a moment after it, as if it had never been; False when somebody has changed the deal
    since, when it was long ago, and when the stage before it has left the board.

    What an override passed over stays in the audit log.
    """
    deal = locked(deal_id)
    change = StageChange.objects.filter(deal=deal).select_related("before", "after").order_by("-at", "-pk").first()
    if deal.version != version or change is None or change.before is None or change.replaced.get("version") != version - 1:
        return False
    if now - change.at > UNDO_WITHIN or change.before.archived_at is not None:
        return False
    was_closed = bool(deal.won_at or deal.lost_at)
    _put_back(deal, change.replaced)
    deal.stage_id = change.before_id or deal.stage_id
    _step(deal, by=by, now=now)
    change.delete()
    lead_id, before_id, after_id = deal.lead_id, change.after_id, deal.stage_id
    outbox.record(DealMoved(deal_id=deal.pk, lead_id=lead_id, before_id=before_id, after_id=after_id), at=now)
    if was_closed:
        outbox.record(DealTakenBack(lead_id=lead_id), at=now)
    return True


def _met(deal: Deal) -> Collection[Requirement]:
    met = set(queries.requirements_met([deal])[deal.pk])
    if deal.close_reason_id is not None:
        reason = CloseReason.objects.get(pk=deal.close_reason_id)
        met.add(Requirement.WON_REASON if reason.stage_class == StageClass.WON else Requirement.LOST_REASON)
    return met


def _answer(deal: Deal, answers: Answers, *, after: StageFacts) -> None:
    """Write what was said; a closing's reason is of its own class, and none survives a reopening."""
    if answers.amount_minor is not None:
        deal.amount_minor = checked_amount(answers.amount_minor)
        deal.currency = (answers.currency or Currency(deal.currency)).value
    deal.expected_close = answers.expected_close or deal.expected_close
    fitting = CloseReason.objects.filter(
        pk=answers.close_reason_id or 0, stage_class=after.stage_class.value, archived_at=None
    ).first()
    deal.close_reason_id = fitting.pk if fitting else None
    deal.close_note = "" if after.stage_class is StageClass.OPEN else answers.close_note.strip()[:400]


def _stand(deal: Deal, stage: StageFacts, *, by: int, now: datetime) -> None:
    deal.stage_id = stage.stage_id
    deal.entered_stage_at = deal.touched_at = now
    deal.won_at = now if stage.stage_class is StageClass.WON else None
    deal.lost_at = now if stage.stage_class is StageClass.LOST else None
    _step(deal, by=by, now=now)


def _step(deal: Deal, *, by: int, now: datetime) -> None:
    deal.version += 1
    deal.changed_by_id = by
    deal.changed_at = now
    deal.save()


def _kept(deal: Deal) -> dict[str, object]:
    times = {name: at.isoformat() if (at := getattr(deal, name)) else None for name in _KEPT_TIMES}
    return {"version": deal.version} | {name: getattr(deal, name) for name in _KEPT} | times


def _put_back(deal: Deal, replaced: Mapping[str, str | int | None]) -> None:
    for name in _KEPT:
        setattr(deal, name, replaced[name])
    for name in _KEPT_TIMES:
        read = date.fromisoformat if name == "expected_close" else datetime.fromisoformat
        setattr(deal, name, read(str(replaced[name])) if replaced[name] else None)


def _told(deal: Deal, before: StageFacts, after: StageFacts) -> list[Event]:
    told: list[Event] = [DealMoved(deal_id=deal.pk, lead_id=deal.lead_id, before_id=before.stage_id, after_id=after.stage_id)]
    if after.stage_class is StageClass.WON:
        told.append(DealWon(deal_id=deal.pk, lead_id=deal.lead_id))
    elif after.stage_class is StageClass.LOST:
        told.append(DealLost(deal_id=deal.pk, lead_id=deal.lead_id))
    return told
