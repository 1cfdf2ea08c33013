"""Who had a lead, by whom, and why nobody has it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from leadstone.domains.access.rules import Reader
from leadstone.domains.assignment.models import Assignment
from leadstone.domains.assignment.rules import AssignedBecause, HandOver, Unavailable
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads.queries import LeadLine


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverLine:
    """One line of the history; names are empty where nobody is meant or the account is gone."""

    assignment_id: int
    owner_id: int | None
    owner: str
    previous: str
    by_id: int | None
    by: str
    rule: str
    because: AssignedBecause
    state: HandOver
    at: datetime
    answered_at: datetime | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenReason:
    """Why a lead stands in the open queue. `passed_over`: why → how many of the rule's members."""

    because: AssignedBecause
    rule: str = ""
    note: str = ""
    passed_over: Mapping[Unavailable, int] = field(default_factory=dict)


def hand_overs_of(lead_id: int) -> list[HandOverLine]:
    """The history of a lead's owners, the latest first. The caller has shown that the reader may see the lead."""
    rows = Assignment.objects.filter(lead_id=lead_id).select_related("owner", "previous", "by", "rule").order_by("-at", "-pk")
    return [_line(row) for row in rows]


def standing_offer(lead_id: int) -> HandOverLine | None:
    """The hand-over that waits for its answer, if one does."""
    rows = Assignment.objects.filter(lead_id=lead_id, state=HandOver.OFFERED.value, owner__isnull=False)
    row = rows.select_related("owner", "previous", "by", "rule").order_by("-at", "-pk").first()
    return _line(row) if row else None


def offered_to(user_id: int, *, reader: Reader) -> list[tuple[LeadLine, HandOverLine]]:
    """What colleagues handed to somebody that they have not answered yet, the oldest first."""
    rows = list(
        Assignment.objects.filter(owner_id=user_id, lead__owner_id=user_id, state=HandOver.OFFERED.value)
        .select_related("owner", "previous", "by", "rule")
        .order_by("at", "pk")
    )
    lines = leads.lines_by_id([row.lead_id for row in rows], reader=reader)
    return [(lines[row.lead_id], _line(row)) for row in rows if row.lead_id in lines]


def open_reasons(lead_ids: Collection[int]) -> dict[int, OpenReason]:
    """Lead id → why nobody has it, by its latest line; leads that no rule ever looked at are left out."""
    found: dict[int, OpenReason] = {}
    rows = Assignment.objects.filter(lead_id__in=lead_ids, owner=None).select_related("rule").order_by("at", "pk")
    for row in rows:
        counted: dict[Unavailable, int] = {}
        for why in row.facts.get("passed_over", {}).values():
            counted[Unavailable(why)] = counted.get(Unavailable(why), 0) + 1
        found[row.lead_id] = OpenReason(
            because=AssignedBecause(row.because), rule=row.rule.name if row.rule else "", note=row.note, passed_over=counted
        )
    return found


def _line(row: Assignment) -> HandOverLine:
    return HandOverLine(
        assignment_id=row.pk,
        owner_id=row.owner_id,
        owner=row.owner.name if row.owner else "",
        previous=row.previous.name if row.previous else "",
        by_id=row.by_id,
        by=row.by.name if row.by else "",
        rule=row.rule.name if row.rule else "",
        because=AssignedBecause(row.because),
        state=HandOver(row.state),
        at=row.at,
        answered_at=row.answered_at,
        note=row.note,
    )
