"""Staff pass leads from hand to hand. Only the owner changes, never who the lead is or where it stands."""

from datetime import datetime

from django.db import transaction

from leadstone.domains.assignment import queries
from leadstone.domains.assignment.models import Assignment
from leadstone.domains.assignment.rules import AssignedBecause, HandOver, HandRefusal
from leadstone.domains.assignment.rules.hours import due_after
from leadstone.domains.leads import services as leads
from leadstone.kernel.decision import YES, Decision

LONGEST_NOTE = 400


@transaction.atomic
def hand_over(*, lead_id: int, to: int | None, by: int, now: datetime, note: str = "") -> Decision:
    """Hand a lead to a colleague, who may return it; to oneself, it counts as taken; to nobody, it stands in the open queue.

    Raises `NoSuchLead`. The lead is theirs at once, so that nobody drops it while they have not looked.
    """
    owner_id = leads.hold_lead(lead_id)
    if owner_id == to:
        return Decision(False, HandRefusal.ALREADY_THEIRS)
    if to is not None and not _works_leads(to):
        return Decision(False, HandRefusal.CANNOT_WORK_LEADS)
    offered = to is not None and to != by
    _pass(
        Assignment(
            lead_id=lead_id,
            owner_id=to,
            previous_id=owner_id,
            by_id=by,
            because=(AssignedBecause.TOOK_IT if to == by else AssignedBecause.BY_HAND).value,
            state=(HandOver.OFFERED if offered else HandOver.ACCEPTED).value,
            at=now,
            answered_at=None if offered else now,
            note=note.strip()[:LONGEST_NOTE],
        )
    )
    if to is not None:
        _start_clock(lead_id, owner_id=to, now=now)
    return YES


@transaction.atomic
def take(*, lead_id: int, by: int, now: datetime) -> Decision:
    """Take a lead from the open queue; who comes second is told. Raises `NoSuchLead`."""
    if leads.hold_lead(lead_id) is not None:
        return Decision(False, HandRefusal.TAKEN_MEANWHILE)
    return hand_over(lead_id=lead_id, to=by, by=by, now=now)


@transaction.atomic
def accept(*, lead_id: int, by: int, now: datetime) -> Decision:
    """Say yes to what a colleague handed over. Raises `NoSuchLead`."""
    if leads.hold_lead(lead_id) != by:
        return Decision(False, HandRefusal.NOT_YOURS)
    Assignment.objects.filter(lead_id=lead_id, owner_id=by, state=HandOver.OFFERED.value).update(
        state=HandOver.ACCEPTED.value, answered_at=now
    )
    return YES


@transaction.atomic
def return_lead(*, lead_id: int, by: int, reason: str, now: datetime) -> Decision:
    """Give a lead back, with a reason: to whoever had it before and still works leads, else into the open queue.

    Raises `NoSuchLead`.
    """
    if not reason.strip():
        return Decision(False, HandRefusal.NEEDS_REASON)
    if leads.hold_lead(lead_id) != by:
        return Decision(False, HandRefusal.NOT_YOURS)
    last = Assignment.objects.filter(lead_id=lead_id, owner_id=by).order_by("-at", "-pk").first()
    # What came back once does not go round in a circle: a return of a return lands in the open queue.
    came_back = last is not None and last.because == AssignedBecause.RETURNED.value
    back_to = last.previous_id if last and not came_back and last.previous_id and _works_leads(last.previous_id) else None
    if last:
        Assignment.objects.filter(pk=last.pk).update(state=HandOver.RETURNED.value, answered_at=now)
    _pass(
        Assignment(
            lead_id=lead_id,
            owner_id=back_to,
            previous_id=by,
            rule_id=last.rule_id if last else None,
            by_id=by,
            because=AssignedBecause.RETURNED.value,
            state=HandOver.ACCEPTED.value,
            at=now,
            answered_at=now,
            note=reason.strip()[:LONGEST_NOTE],
        )
    )
    return YES


@transaction.atomic
def take_back(*, lead_id: int, by: int, now: datetime) -> bool:
    """Undo one's own last hand-over, while nobody has touched it since; False when somebody has. Raises `NoSuchLead`."""
    owner_id = leads.hold_lead(lead_id)
    last = Assignment.objects.filter(lead_id=lead_id).order_by("-at", "-pk").first()
    if last is None or last.by_id != by or last.owner_id != owner_id or last.because not in _UNDOABLE:
        return False
    if last.state == HandOver.ACCEPTED.value and last.owner_id not in (None, by):
        return False
    _pass(
        Assignment(
            lead_id=lead_id,
            owner_id=last.previous_id,
            previous_id=last.owner_id,
            by_id=by,
            because=AssignedBecause.TAKEN_BACK.value,
            state=HandOver.ACCEPTED.value,
            at=now,
            answered_at=now,
        )
    )
    return True


_UNDOABLE = frozenset({AssignedBecause.BY_HAND.value, AssignedBecause.TOOK_IT.value, AssignedBecause.RETURNED.value})


def _pass(row: Assignment) -> None:
    """Keep the line, close the offer that it overtakes, and change the owner."""
    Assignment.objects.filter(lead_id=row.lead_id, state=HandOver.OFFERED.value).update(
        state=HandOver.SUPERSEDED.value, answered_at=row.at
    )
    row.save(force_insert=True)
    leads.assign_owner(lead_id=row.lead_id, owner_id=row.owner_id)


def _start_clock(lead_id: int, *, owner_id: int, now: datetime) -> None:
    """The clock of the rule that spoke for the lead begins with its first owner; one that runs goes on."""
    last = Assignment.objects.filter(lead_id=lead_id, rule__isnull=False).select_related("rule").order_by("-at", "-pk").first()
    minutes = last.rule.answer_within_minutes if last and last.rule else None
    due = due_after(queries.colleague_facts(counting=False)[owner_id].working, now, minutes=minutes) if minutes else None
    if due is not None:
        leads.start_clock({lead_id: due})


def _works_leads(user_id: int) -> bool:
    colleague = queries.colleague_facts(counting=False).get(user_id)
    return colleague is not None and colleague.works_leads
