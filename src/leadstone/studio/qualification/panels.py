"""The checklist of one lead as a panel: on its own page and on the lead's card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from leadstone.domains.access.rules import Reader, Right, may
from leadstone.domains.leads.queries import LeadCard
from leadstone.domains.leads.rules import QUALIFIES_FROM, Status
from leadstone.domains.qualification import queries
from leadstone.domains.qualification.queries import CheckedPoint, Checklist, PromotionShown, Receipt, Source
from leadstone.domains.qualification.rules import EvidenceKind
from leadstone.studio.qualification.words import KIND, listed, name_of, question_of, what_is_missing, where_from
from leadstone.studio.shell.gate import actor, reader

OFFERED = 3  # suggestions for one point
KEYS = "123456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Evidence that is already in the house; one key makes it a receipt."""

    kind: str
    source_id: int
    words: str
    where_from: str
    at: datetime
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptShown:
    evidence_id: int
    words: str
    where_from: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PointShown:
    point_id: int
    key: str
    name: str
    question: str
    required: bool
    takes_note: bool
    receipts: Sequence[ReceiptShown]
    offers: Sequence[Offer]


def checklist_panel(request: HttpRequest, card: LeadCard, *, keyed: bool = False) -> dict[str, object]:
    """What `qualification/_checklist.html` needs. With `keyed`, the digits belong to the offers: where nothing else uses them."""
    checklist = queries.checklist(card.lead_id)
    role = actor(request).role
    works = may(role, Right.WORK_LEADS)
    promotion = queries.standing_promotion(card.lead_id) if card.status is Status.QUALIFIED else None
    return {
        "lead_id": card.lead_id,
        "points": _points(checklist, seen_by=reader(request) if works else None, keyed=keyed),
        "established": checklist.established,
        "asked": len(checklist.points),
        "may_promote": works and bool(checklist.decision),
        "can_be_promoted": card.status in QUALIFIES_FROM,
        "missing_words": what_is_missing(checklist.missing) if checklist.decision.missing else "",
        "may_override": works and may(role, Right.OVERRIDE) and bool(checklist.decision.missing),
        "may_work": works,
        "promotion": promotion,
        "passed_over": _passed_over(checklist, promotion),
        "keyed": keyed,
    }


def _points(checklist: Checklist, *, seen_by: Reader | None, keyed: bool) -> list[PointShown]:
    offered = queries.suggestions_for(checklist, reader=seen_by) if seen_by else {}
    keys = iter(KEYS if keyed else "")
    return [
        PointShown(
            point_id=each.point.point_id,
            key=each.point.key,
            name=name_of(each.point),
            question=question_of(each.point),
            required=each.point.required,
            takes_note=EvidenceKind.NOTE in each.point.takes,
            receipts=[_receipt(receipt) for receipt in each.receipts],
            offers=[_offer(source, key=next(keys, "")) for source in _worth_offering(each, offered, again=keyed)],
        )
        for each in checklist.points
    ]


def _worth_offering(checked: CheckedPoint, offered: Mapping[int, Sequence[Source]], *, again: bool) -> list[Source]:
    """What is established needs no more. With `again`, also what is a receipt of another point."""
    if checked.established:
        return []
    return [source for source in offered.get(checked.point.point_id, ()) if again or not source.used][:OFFERED]


def _receipt(receipt: Receipt) -> ReceiptShown:
    return ReceiptShown(
        evidence_id=receipt.evidence_id,
        words=receipt.said,
        where_from=str(KIND[receipt.kind]),
        by=receipt.by,
        at=receipt.at,
    )


def _offer(source: Source, *, key: str) -> Offer:
    return Offer(
        kind=source.kind.value,
        source_id=source.source_id,
        words=source.said,
        where_from=where_from(source),
        at=source.at,
        key=key,
    )


def _passed_over(checklist: Checklist, promotion: PromotionShown | None) -> str:
    """The names of the points that an override passed over."""
    missing = promotion.missing if promotion else ()
    names = {each.point.key: name_of(each.point) for each in checklist.points}
    return listed([names.get(key, key) for key in missing])
