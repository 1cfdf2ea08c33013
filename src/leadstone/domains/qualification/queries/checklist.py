"""The checklist as it stands for leads: each point with its receipts, and who was promoted on which."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet

from leadstone.domains.activities import queries as activities
from leadstone.domains.leads.queries import standing as leads
from leadstone.domains.leads.rules import QUALIFIES_FROM
from leadstone.domains.qualification.models import Evidence, Point, Promotion
from leadstone.domains.qualification.rules import WRITTEN_DOWN, EvidenceKind, PromotionDecision, PromotionFacts, may_promote


@dataclass(frozen=True, slots=True, kw_only=True)
class PointWords:
    """One point of the checklist as the company words it. `names`, `questions`: language → words."""

    point_id: int
    key: str
    names: Mapping[str, str]
    questions: Mapping[str, str]
    takes: frozenset[EvidenceKind]
    required: bool
    position: int
    archived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What shows that a point is established, who linked it and when; `source_id` names the row that `kind` says."""

    evidence_id: int
    kind: EvidenceKind
    source_id: int
    said: str
    by: str  # a name, empty when the account is gone
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPoint:
    """A point and its standing receipts, the oldest first."""

    point: PointWords
    receipts: Sequence[Receipt]

    @property
    def established(self) -> bool:
        return bool(self.receipts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """The checklist of one lead. `decision` says whether it may become a prospect now, and what is missing."""

    lead_id: int
    points: Sequence[CheckedPoint]
    decision: PromotionDecision

    @property
    def missing(self) -> list[PointWords]:
        return [each.point for each in self.points if each.point.key in self.decision.missing]

    @property
    def established(self) -> int:
        return sum(each.established for each in self.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotionShown:
    """A promotion as the history tells it. `missing`: keys of the points that an override passed over."""

    promotion_id: int
    at: datetime
    by: str
    receipts: Mapping[str, Sequence[int]]
    missing: Sequence[str]
    reason: str
    taken_back_at: datetime | None


def points(*, archived: bool = False) -> list[PointWords]:
    """The checklist in its order; with `archived`, those too that are no longer asked for."""
    rows = Point.objects.order_by("position", "pk")
    return [_words(row) for row in (rows if archived else rows.filter(archived_at=None))]


def points_established(lead_ids: Collection[int]) -> dict[int, frozenset[str]]:
    """Lead id → keys of the points that have a standing receipt; every id is named. One query."""
    found: dict[int, set[str]] = {lead_id: set() for lead_id in lead_ids}
    rows = _standing(found).filter(point__archived_at=None)
    for lead_id, key in rows.values_list("lead_id", "point__key").distinct():
        found[lead_id].add(key)
    return {lead_id: frozenset(keys) for lead_id, keys in found.items()}


def promotion_facts(lead_ids: Collection[int]) -> dict[int, PromotionFacts]:
    """Lead id → what decides whether it may become a prospect; leads that do not exist are left out. Three queries."""
    required = [point.key for point in points() if point.required]
    established = points_established(lead_ids)
    return {
        lead_id: PromotionFacts(required=required, established=established[lead_id], can_be_qualified=status in QUALIFIES_FROM)
        for lead_id, status in leads.statuses(lead_ids).items()
    }


def checklists(lead_ids: Collection[int]) -> dict[int, Checklist]:
    """Lead id → its checklist; leads that do not exist are left out. Four queries, however many leads."""
    asked = points()
    receipts: dict[tuple[int, int], list[Receipt]] = {}
    rows = _standing(lead_ids).select_related("by").order_by("at", "pk")
    for row in rows:
        receipts.setdefault((row.lead_id, row.point_id), []).append(_receipt(row))
    found = {}
    for lead_id, facts in promotion_facts(lead_ids).items():
        checked = [CheckedPoint(point=point, receipts=receipts.get((lead_id, point.point_id), ())) for point in asked]
        found[lead_id] = Checklist(lead_id=lead_id, points=checked, decision=may_promote(facts))
    return found


def checklist(lead_id: int) -> Checklist:
    """The checklist of one lead that exists."""
    return checklists([lead_id])[lead_id]


def promotions_of(lead_id: int) -> list[PromotionShown]:
    """Every promotion of a lead, the latest first; those that were taken back too."""
    rows = Promotion.objects.filter(lead_id=lead_id).select_related("by").order_by("-at", "-pk")
    return [_promotion(row) for row in rows]


def standing_promotion(lead_id: int) -> PromotionShown | None:
    """The latest promotion that was not taken back."""
    return next((each for each in promotions_of(lead_id) if each.taken_back_at is None), None)


def standing_promotions(lead_ids: Collection[int]) -> dict[int, PromotionShown]:
    """Lead id → the latest promotion that was not taken back; leads without one are left out."""
    rows = Promotion.objects.filter(lead_id__in=lead_ids, taken_back_at=None).select_related("by").order_by("at", "pk")
    return {row.lead_id: _promotion(row) for row in rows}


def _standing(lead_ids: Collection[int]) -> QuerySet[Evidence]:
    """Receipts that hold: neither withdrawn, nor for a note, call or meeting that was taken back."""
    taken_back = activities.taken_back(OuterRef("source_id")) & Q(kind__in=[kind.value for kind in WRITTEN_DOWN])
    return Evidence.objects.filter(~taken_back, lead_id__in=lead_ids, withdrawn_at=None)


def _words(row: Point) -> PointWords:
    return PointWords(
        point_id=row.pk,
        key=row.key,
        names=row.names,
        questions=row.questions,
        takes=frozenset(EvidenceKind(kind) for kind in row.takes),
        required=row.required,
        position=row.position,
        archived=row.archived_at is not None,
    )


def _receipt(row: Evidence) -> Receipt:
    return Receipt(
        evidence_id=row.pk,
        kind=EvidenceKind(row.kind),
        source_id=row.source_id,
        said=row.said,
        by=row.by.name if row.by else "",
        at=row.at,
    )


def _promotion(row: Promotion) -> PromotionShown:
    return PromotionShown(
        promotion_id=row.pk,
        at=row.at,
        by=row.by.name if row.by else "",
        receipts=row.receipts,
        missing=row.missing,
        reason=row.reason,
        taken_back_at=row.taken_back_at,
    )
