"""Where a lead goes: by hand, by receipts, and back again; the history keeps every step."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from leadstone.domains.leads.events import LeadStatusChanged
from leadstone.domains.leads.models import Lead, StatusChange
from leadstone.domains.leads.rules import (
    QUALIFIES_FROM,
    UNDO_WITHIN,
    Because,
    MoveRefusal,
    Status,
    may_leave_the_queue,
    may_move,
)
from leadstone.domains.leads.services.clock import forget_response, note_response
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.decision import YES, Decision


@transaction.atomic
def move(*, lead_id: int, to: Status, by: int, now: datetime, note: str = "") -> Decision:
    """Give the lead another status, if it may go there from where it stands; the history keeps who, when and why.

    To put it back or to give it up takes a reason (`put_back`, `give_up`); to qualify it, receipts (`qualification.services`).
    """
    if to in (Status.NURTURING, Status.DISQUALIFIED):
        return Decision(False, MoveRefusal.NO_REASON)
    decision = _step(lead_id, _Step(to=to, by=by, note=note), now=now)
    if decision and to is Status.WORKING:
        note_response(lead_id=lead_id, now=now)
    return decision


@transaction.atomic
def put_back(
    *, lead_id: int, on: date | None, because: Because | None, note: str, by: int, today: date, now: datetime
) -> Decision:
    """Keep the lead for later; on the day `on` it comes back into the queue. `today` is the day of whoever decides."""
    decision = may_leave_the_queue(Status.NURTURING, because=because, note=note, on=on, today=today)
    if not decision or because is None:
        return decision
    return _step(lead_id, _Step(to=Status.NURTURING, by=by, because=because.value, note=note, recycle_on=on), now=now)


@transaction.atomic
def give_up(*, lead_id: int, because: Because | None, note: str, by: int, now: datetime) -> Decision:
    """No prospect, and why. The lead stays in the lists; taking it up again is a move to WORKING."""
    decision = may_leave_the_queue(Status.DISQUALIFIED, because=because, note=note, on=None, today=now.date())
    if not decision or because is None:
        return decision
    return _step(lead_id, _Step(to=Status.DISQUALIFIED, by=by, because=because.value, note=note), now=now)


@transaction.atomic
def qualify(*, lead_id: int, by: int, now: datetime, note: str = "") -> Decision:
    """A lead becomes a prospect. Only `qualification.services` calls this: it has looked at the receipts."""
    return _step(lead_id, _Step(to=Status.QUALIFIED, by=by, note=note, leaves=QUALIFIES_FROM), now=now)


@transaction.atomic
def take_back_qualified(*, lead_id: int, by: int, now: datetime) -> Decision:
    """Undo `qualify`: the lead stands where it stood before. Only `qualification.services` calls this."""
    led = StatusChange.objects.filter(lead_id=lead_id, after=Status.QUALIFIED.value).order_by("-at", "-pk").first()
    before = Status(led.before) if led else Status.WORKING
    return _step(lead_id, _Step(to=before, by=by, leaves=frozenset({Status.QUALIFIED})), now=now)


@transaction.atomic
def take_back_move(*, lead_id: int, before: Status, after: Status, by: int, now: datetime) -> bool:
    """Undo the last move of a lead, a moment after it; the history keeps both. False when it has moved since, or long ago.

    A first response that the move was goes with it. Nor does it lead back to QUALIFIED: `qualification.services` does, which
    knows whether the receipts still hold.
    """
    led_there = _last_move(lead_id, before=before, after=after, now=now)
    if led_there is None or before is Status.QUALIFIED:
        return False
    undone = _step(lead_id, _Step(to=before, by=by, leaves=frozenset({after})), now=now).allowed
    if undone:
        forget_response(lead_id=lead_id, at=led_there.at)
    return undone


@transaction.atomic
def restore_qualified(*, lead_id: int, after: Status, by: int, now: datetime) -> bool:
    """Undo the last move, away from QUALIFIED, a moment after it. Only `qualification.services` calls this."""
    led_there = _last_move(lead_id, before=Status.QUALIFIED, after=after, now=now)
    return led_there is not None and _step(lead_id, _Step(to=Status.QUALIFIED, by=by, leaves=frozenset({after})), now=now).allowed


def _last_move(lead_id: int, *, before: Status, after: Status, now: datetime) -> StatusChange | None:
    """The last move of a lead, if it went this way a moment ago: else an undo would be a second way to move it about."""
    last = StatusChange.objects.filter(lead_id=lead_id).exclude(before="").order_by("-at", "-pk").first()
    if last is None or (last.before, last.after) != (before.value, after.value) or now - last.at > UNDO_WITHIN:
        return None
    return last


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """One change of status. `leaves`: where it may come from; None: wherever `MOVES` lets it."""

    to: Status
    by: int
    because: str = ""
    note: str = ""
    recycle_on: date | None = None
    leaves: frozenset[Status] | None = None


def _step(lead_id: int, step: _Step, *, now: datetime) -> Decision:
    before = Status(Lead.objects.values_list("status", flat=True).get(pk=lead_id))
    if not (may_move(before, step.to) if step.leaves is None else before in step.leaves):
        return Decision(False, MoveRefusal.NO_SUCH_MOVE)
    changes: dict[str, object] = {"status": step.to.value}
    if step.recycle_on is not None:
        changes["recycle_on"] = step.recycle_on
    if not Lead.objects.filter(pk=lead_id, status=before.value).update(**changes):
        return Decision(False, MoveRefusal.MOVED_MEANWHILE)
    StatusChange.objects.create(
        lead_id=lead_id,
        before=before.value,
        after=step.to.value,
        at=now,
        by_id=step.by,
        because=step.because,
        note=step.note.strip()[:400],
    )
    outbox.record(LeadStatusChanged(lead_id=lead_id, before=before.value, after=step.to.value), at=now)
    return YES
