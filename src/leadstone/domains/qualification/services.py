"""The only writes of qualification: receipts, promotions, and the checklist itself."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from leadstone.domains.access.rules import THE_HOUSE, Reader
from leadstone.domains.activities import services as activities
from leadstone.domains.activities.rules import About
from leadstone.domains.audit import services as audit
from leadstone.domains.audit.rules import Action, Subject
from leadstone.domains.leads import services as leads
from leadstone.domains.leads.rules import Status
from leadstone.domains.qualification import queries
from leadstone.domains.qualification.events import LeadQualified, PromotionTakenBack
from leadstone.domains.qualification.models import Evidence, Point, Promotion
from leadstone.domains.qualification.rules import (
    LONGEST_NAME,
    LONGEST_QUESTION,
    MOST_POINTS,
    EditRefusal,
    EvidenceKind,
    PromotionDecision,
    Refusal,
    may_edit_point,
    may_override,
    may_promote,
    may_take_back,
)
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.decision import YES, Decision

LONGEST_SAID = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What became of a receipt that somebody gave; `evidence_id` only with a yes."""

    decision: Decision
    evidence_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promoted:
    """What became of a promotion; `promotion_id` only with a yes."""

    decision: PromotionDecision
    promotion_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PointEdit:
    """A point of the checklist as somebody wants it. `names`, `questions`: language → words."""

    names: Mapping[str, str]
    questions: Mapping[str, str]
    takes: Collection[EvidenceKind]
    required: bool


@transaction.atomic
def give_evidence(
    *, lead_id: int, point_id: int, kind: EvidenceKind, source_id: int, reader: Reader, by: int, now: datetime, said: str = ""
) -> Given:
    """Link a source to a point of a lead's checklist. The source must exist, be about this lead's person or company, and be one
    that the reader may see.

    `said`: the words that show it; without any, those of the source.
    """
    point = next((each for each in queries.points() if each.point_id == point_id), None)
    if point is None:
        return Given(decision=Decision(False, Refusal.NO_SUCH_POINT))
    if kind not in point.takes:
        return Given(decision=Decision(False, Refusal.NOT_TAKEN))
    source = queries.source_of(lead_id, kind=kind, source_id=source_id, reader=reader)
    if source is None:
        return Given(decision=Decision(False, Refusal.NOT_THEIRS))
    words = (said.strip() or source.said)[:LONGEST_SAID]
    try:
        with transaction.atomic():
            row = Evidence.objects.create(
                lead_id=lead_id, point_id=point_id, kind=kind.value, source_id=source_id, said=words, by_id=by, at=now
            )
    except IntegrityError:
        # The table keeps one standing receipt a source; whoever came second finds the first.
        return Given(decision=Decision(False, Refusal.GIVEN_BEFORE))
    return Given(decision=YES, evidence_id=row.pk)


@transaction.atomic
def write_evidence(*, lead_id: int, point_id: int, text: str, by: int, now: datetime) -> Given:
    """Write down what establishes a point: a note about the lead, and the receipt that names it; neither without the other."""
    words = text.strip()
    if not words:
        return Given(decision=Decision(False, Refusal.NO_WORDS))
    taken = next((EvidenceKind.NOTE in each.takes for each in queries.points() if each.point_id == point_id), None)
    if not taken:
        return Given(decision=Decision(False, Refusal.NO_SUCH_POINT if taken is None else Refusal.NOT_TAKEN))
    note_id = activities.write_note(about=About(lead_id=lead_id), text=words, by=by, now=now)
    return give_evidence(
        lead_id=lead_id, point_id=point_id, kind=EvidenceKind.NOTE, source_id=note_id, reader=THE_HOUSE, by=by, now=now
    )


@transaction.atomic
def take_back_evidence(*, evidence_id: int, lead_id: int, by: int, now: datetime) -> bool:
    """Undo `give_evidence` or `write_evidence`: the receipt is withdrawn, and a note that was written for it goes with it."""
    row = Evidence.objects.filter(pk=evidence_id, lead_id=lead_id, withdrawn_at=None).first()
    if row is None or not withdraw_evidence(evidence_id=evidence_id, lead_id=lead_id, by=by, now=now):
        return False
    if row.kind == EvidenceKind.NOTE:
        source = queries.source_of(lead_id, kind=EvidenceKind.NOTE, source_id=row.source_id, reader=THE_HOUSE)
        # Only a note that was written for this receipt has its very moment.
        if source is not None and source.at == row.at:
            activities.take_back(activity_id=row.source_id, now=now)
    return True


@transaction.atomic
def withdraw_evidence(*, evidence_id: int, lead_id: int, by: int, now: datetime) -> bool:
    """Take a receipt back; it stays on record. False when it was withdrawn before or belongs to another lead."""
    rows = Evidence.objects.filter(pk=evidence_id, lead_id=lead_id, withdrawn_at=None)
    return bool(rows.update(withdrawn_at=now, withdrawn_by_id=by))


@transaction.atomic
def restore_evidence(*, evidence_id: int, lead_id: int, by: int, now: datetime) -> Given:
    """Undo a withdrawal: a new receipt for the same point from the same source, if that still holds."""
    row = Evidence.objects.filter(pk=evidence_id, lead_id=lead_id, withdrawn_at__isnull=False).first()
    if row is None:
        return Given(decision=Decision(False, Refusal.GIVEN_BEFORE))
    return give_evidence(
        lead_id=lead_id,
        point_id=row.point_id,
        kind=EvidenceKind(row.kind),
        source_id=row.source_id,
        reader=THE_HOUSE,  # it was a receipt of this lead before
        said=row.said,
        by=by,
        now=now,
    )


@transaction.atomic
def promote(*, lead_id: int, by: int, now: datetime) -> Promoted:
    """Make the lead a prospect on its receipts, which are kept as they stood; refused with what is missing."""
    facts = queries.promotion_facts([lead_id]).get(lead_id)
    decision = may_promote(facts) if facts else PromotionDecision(False, Refusal.CANNOT_FROM_HERE)
    return _promote(decision, lead_id=lead_id, reason="", by=by, now=now)


@transaction.atomic
def override_promotion(*, lead_id: int, reason: str, by: int, now: datetime) -> Promoted:
    """Make the lead a prospect though receipts are missing: who, why and what was passed over is kept and audited.

    Whether `by` may do so is for the caller to ask (`Right.OVERRIDE`).
    """
    facts = queries.promotion_facts([lead_id]).get(lead_id)
    decision = may_override(facts, reason=reason) if facts else PromotionDecision(False, Refusal.CANNOT_FROM_HERE)
    promoted = _promote(decision, lead_id=lead_id, reason=reason.strip()[:LONGEST_SAID], by=by, now=now)
    if promoted.decision:
        audit.note(
            actor_id=by,
            action=Action.OVERRIDDEN,
            subject=Subject.LEAD,
            subject_id=lead_id,
            facts={"missing": ",".join(decision.missing)},
            now=now,
        )
    return promoted


def _promote(decision: PromotionDecision, *, lead_id: int, reason: str, by: int, now: datetime) -> Promoted:
    if not decision:
        return Promoted(decision=decision)
    if not leads.qualify(lead_id=lead_id, by=by, now=now, note=reason):
        return Promoted(decision=PromotionDecision(False, Refusal.CANNOT_FROM_HERE))
    listed = queries.checklist(lead_id)
    row = Promotion.objects.create(
        lead_id=lead_id,
        at=now,
        by_id=by,
        receipts={each.point.key: [receipt.evidence_id for receipt in each.receipts] for each in listed.points if each.receipts},
        missing=list(decision.missing),
        reason=reason,
    )
    outbox.record(LeadQualified(lead_id=lead_id, promotion_id=row.pk), at=now)
    return Promoted(decision=decision, promotion_id=row.pk)


@transaction.atomic
def take_back_promotion(*, promotion_id: int, lead_id: int, by: int, now: datetime) -> bool:
    """Undo a promotion within the minutes that an undo has; False when it is too late or the lead has moved since."""
    row = Promotion.objects.filter(pk=promotion_id, lead_id=lead_id).first()
    if row is None or not may_take_back(promoted_at=row.at, taken_back_at=row.taken_back_at, now=now):
        return False
    if not leads.take_back_qualified(lead_id=lead_id, by=by, now=now):
        return False
    Promotion.objects.filter(pk=promotion_id).update(taken_back_at=now)
    outbox.record(PromotionTakenBack(lead_id=lead_id, promotion_id=promotion_id), at=now)
    return True


@transaction.atomic
def take_back_move(*, lead_id: int, before: Status, after: Status, by: int, now: datetime) -> bool:
    """Undo the last move of a lead; back to QUALIFIED only while its last promotion stands. False when it has moved since."""
    if before is not Status.QUALIFIED:
        return leads.take_back_move(lead_id=lead_id, before=before, after=after, by=by, now=now)
    last = next(iter(queries.promotions_of(lead_id)), None)
    if last is None or last.taken_back_at is not None:
        return False
    return leads.restore_qualified(lead_id=lead_id, after=after, by=by, now=now)


@transaction.atomic
def add_point(edit: PointEdit) -> Decision:
    """One more point at the end of the checklist."""
    decision = may_edit_point(key="", names=edit.names, takes=edit.takes, required=edit.required, archived=False)
    if not decision:
        return decision
    listed = queries.points(archived=True)
    if sum(not point.archived for point in listed) >= MOST_POINTS:
        return Decision(False, EditRefusal.TOO_MANY)
    Point.objects.create(
        key=_free_key(edit.names, taken={point.key for point in listed}),
        position=max((point.position for point in listed), default=0) + 1,
        **_columns(edit),
    )
    return YES


@transaction.atomic
def change_point(*, point_id: int, edit: PointEdit) -> Decision:
    """Reword a point, or change what it takes and whether it is required; receipts that stand keep standing."""
    row = Point.objects.filter(pk=point_id).first()
    if row is None:
        return Decision(False, Refusal.NO_SUCH_POINT)
    decision = may_edit_point(
        key=row.key, names=edit.names, takes=edit.takes, required=edit.required, archived=row.archived_at is not None
    )
    if decision:
        Point.objects.filter(pk=point_id).update(**_columns(edit))
    return decision


@transaction.atomic
def archive_point(*, point_id: int, archived: bool, now: datetime) -> Decision:
    """Ask for a point no longer, or again; its receipts stay on record either way."""
    row = Point.objects.filter(pk=point_id).first()
    if row is None:
        return Decision(False, Refusal.NO_SUCH_POINT)
    takes = [EvidenceKind(kind) for kind in row.takes]
    decision = may_edit_point(key=row.key, names=row.names, takes=takes, required=row.required, archived=archived)
    if decision:
        Point.objects.filter(pk=point_id).update(archived_at=now if archived else None)
    return decision


@transaction.atomic
def order_points(point_ids: Sequence[int]) -> None:
    """Ask for the points in this order; those that are not named come after, as they stood."""
    listed = [point.point_id for point in queries.points(archived=True)]
    wanted = [point_id for point_id in dict.fromkeys(point_ids) if point_id in listed]
    for position, point_id in enumerate([*wanted, *(each for each in listed if each not in wanted)], start=1):
        Point.objects.filter(pk=point_id).update(position=position)


def _columns(edit: PointEdit) -> dict[str, object]:
    return {
        "names": {language: name.strip()[:LONGEST_NAME] for language, name in edit.names.items()},
        "questions": {language: asks.strip()[:LONGEST_QUESTION] for language, asks in edit.questions.items()},
        "takes": [kind.value for kind in EvidenceKind if kind in edit.takes],
        "required": edit.required,
    }


def _free_key(names: Mapping[str, str], *, taken: Collection[str]) -> str:
    """A key that code and receipts can name for good, whatever the point is called later."""
    stem = slugify(names.get("en") or next(iter(names.values()), ""))[:24].strip("-") or "point"
    number = 1
    while (key := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return key
