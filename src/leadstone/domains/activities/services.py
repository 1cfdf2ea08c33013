"""The only writes of activities."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from leadstone.domains.activities.events import ActivityDone, ActivityPlanned, CallLogged, MeetingHeld
from leadstone.domains.activities.models import Activity
from leadstone.domains.activities.rules import (
    FOLLOWED_BY,
    USUAL_MEETING,
    About,
    ActivityKind,
    Outcome,
    Refusal,
    may_end,
    may_log_call,
)
from leadstone.domains.consent.services import calls as consent
from leadstone.domains.contacts import queries as contacts_queries
from leadstone.domains.contacts import services as contacts
from leadstone.domains.contacts.rules import PointKind
from leadstone.domains.leads import services as leads
from leadstone.domains.leads.queries.facts import people_of
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.decision import YES, Decision
from leadstone.kernel.ids import new_key

LONGEST_TITLE = 200
LONGEST_TEXT = 10_000
WRONG_NUMBER = Outcome.WRONG_NUMBER.value
NO_MORE_CALLS = Outcome.NO_MORE_CALLS.value
# A slip is noticed at once; what stood longer than this was no slip, and stays whatever becomes of the line.
SLIP_NOTICED_WITHIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What somebody is going to do: a task, a call or a meeting. `due_at` is when a meeting begins."""

    kind: ActivityKind
    about: About
    owner_id: int
    title: str
    due_at: datetime | None
    ends_at: datetime | None = None
    text: str = ""
    place: str = ""
    remind_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """How a call went. `again_at`: when one calls back or meets. `planned_id`: the planned call that it was."""

    about: About
    outcome: Outcome
    note: str = ""
    again_at: datetime | None = None
    planned_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """What came of logging a call: a refusal, or the call and what follows it."""

    decision: Decision
    call_id: int | None = None
    follow_up_id: int | None = None


@transaction.atomic
def plan(planned: Plan, *, by: int, now: datetime) -> int:
    """Plan a task, a call or a meeting; returns its id."""
    row = _planned(planned, by=by, now=now)
    outbox.record(ActivityPlanned(activity_id=row.pk, deal_id=row.deal_id), at=now)
    return row.pk


@transaction.atomic
def write_note(*, about: About, text: str, by: int, now: datetime) -> int:
    """Write down what is worth knowing; returns its id. A note is done as it is written."""
    row = _open(about, kind=ActivityKind.NOTE, owner_id=by, by=by, now=now)
    row.text, row.done_at = text.strip()[:LONGEST_TEXT], now
    row.save(force_insert=True)
    outbox.record(ActivityDone(activity_id=row.pk, deal_id=row.deal_id), at=now)
    return row.pk


@transaction.atomic
def log_call(call: Call, *, by: int, now: datetime) -> Logged:
    """Write down a call that was made, with what follows it.

    It is the first response to its lead if there was none. A wrong number makes the number doubtful, and nothing else. Who asked
    not to be called again is not.
    """
    decision = may_log_call(call.outcome, again_at=call.again_at, now=now)
    if not decision:
        return Logged(decision=decision)
    row = _call_made(call, by=by, now=now)
    if row is None:
        return Logged(decision=Decision(False, Refusal.DONE_ALREADY))
    follow_up_id = _follow_up(row, call, by=by, now=now)
    if call.outcome is Outcome.WRONG_NUMBER and row.contact_id:
        contacts.note_point_failed(row.contact_id, kind=PointKind.PHONE, because=WRONG_NUMBER, now=now)
        leads.rescore_people([row.contact_id])
    if call.outcome is Outcome.NO_MORE_CALLS and row.contact_id:
        consent.stop_calls(_numbers(row.contact_id), now=now)
    if row.lead_id:
        leads.note_response(lead_id=row.lead_id, now=now)
    outbox.record(
        CallLogged(activity_id=row.pk, outcome=call.outcome.value), ActivityDone(activity_id=row.pk, deal_id=row.deal_id), at=now
    )
    return Logged(decision=YES, call_id=row.pk, follow_up_id=follow_up_id)


@transaction.atomic
def finish(*, activity_id: int, outcome: Outcome, now: datetime, note: str = "") -> Decision:
    """Say how a task or a meeting ended; a call is logged (`log_call`). A meeting that took place is a response to its lead."""
    row = _locked(activity_id)
    if row.kind == ActivityKind.CALL and outcome is not Outcome.CANCELLED:
        return Decision(False, Refusal.NOT_THIS_ENDING)
    decision = may_end(ActivityKind(row.kind), outcome, is_done=row.done_at is not None)
    if not decision:
        return decision
    row.done_at, row.outcome, row.revision = now, outcome.value, row.revision + 1
    row.text = "\n\n".join(part for part in (row.text, note.strip()) if part)[:LONGEST_TEXT]
    row.save(update_fields=["done_at", "outcome", "revision", "text"])
    if outcome is Outcome.HELD:
        if row.lead_id:
            leads.note_response(lead_id=row.lead_id, now=now)
        outbox.record(MeetingHeld(activity_id=row.pk), at=now)
    outbox.record(ActivityDone(activity_id=row.pk, deal_id=row.deal_id), at=now)
    return YES


@transaction.atomic
def reopen(*, activity_id: int, now: datetime) -> bool:
    """Undo `finish`, or a call that was planned before it was made; False when it is open."""
    row = _locked(activity_id)
    if row.done_at is None or row.kind == ActivityKind.NOTE:
        return False
    _undo_call(row, now=now)
    row.done_at, row.outcome, row.revision = None, "", row.revision + 1
    row.save(update_fields=["done_at", "outcome", "revision"])
    outbox.record(ActivityPlanned(activity_id=row.pk, deal_id=row.deal_id), at=now)
    return True


@transaction.atomic
def postpone(*, activity_id: int, until: datetime, now: datetime) -> Decision:
    """Do it then; what ends and what reminds of it moves along."""
    row = _locked(activity_id)
    if row.done_at is not None:
        return Decision(False, Refusal.DONE_ALREADY)
    moved = until - row.due_at if row.due_at else None
    row.ends_at = row.ends_at + moved if row.ends_at and moved else row.ends_at
    if row.remind_at and moved:
        row.remind_at, row.reminded_at = row.remind_at + moved, None
    row.due_at, row.revision = until, row.revision + 1
    row.save(update_fields=["due_at", "ends_at", "remind_at", "reminded_at", "revision"])
    outbox.record(ActivityPlanned(activity_id=row.pk, deal_id=row.deal_id), at=now)
    return YES


@transaction.atomic
def change(planned: Plan, *, activity_id: int, now: datetime) -> Decision:
    """Keep other words, times or another owner of what is planned; what it is about stays."""
    row = _locked(activity_id)
    if row.done_at is not None:
        return Decision(False, Refusal.DONE_ALREADY)
    if planned.remind_at != row.remind_at:
        row.reminded_at = None
    row.owner_id, row.revision = planned.owner_id, row.revision + 1
    _describe(row, planned)
    row.save()
    outbox.record(ActivityPlanned(activity_id=row.pk, deal_id=row.deal_id), at=now)
    return YES


@transaction.atomic
def rewrite_note(*, activity_id: int, text: str) -> None:
    """Keep other words of what was written down."""
    Activity.objects.filter(pk=activity_id).update(text=text.strip()[:LONGEST_TEXT], revision=F("revision") + 1)


@transaction.atomic
def take_back(*, activity_id: int, now: datetime) -> bool:
    """Take an activity out of every list, with what followed a call; False when it is out already. `bring_back` undoes it."""
    row = _locked(activity_id)
    if row.removed_at is not None:
        return False
    _undo_call(row, now=now)
    Activity.objects.filter(pk=activity_id).update(removed_at=now, revision=F("revision") + 1)
    outbox.record(ActivityPlanned(activity_id=row.pk, deal_id=row.deal_id), at=now)
    return True


@transaction.atomic
def bring_back(*, activity_id: int, now: datetime) -> bool:
    """Undo `take_back`."""
    row = _locked(activity_id)
    if row.removed_at is None:
        return False
    Activity.objects.filter(pk=activity_id).update(removed_at=None, revision=F("revision") + 1)
    if row.outcome == NO_MORE_CALLS and row.contact_id and row.done_at is not None:
        consent.stop_calls(_numbers(row.contact_id), now=now)
    outbox.record(ActivityPlanned(activity_id=row.pk, deal_id=row.deal_id), at=now)
    return True


@transaction.atomic
def note_reminded(*, activity_id: int, now: datetime) -> bool:
    """Claim the reminder of an activity; True means that it is the caller's to send."""
    # Of this row alone: a condition on another table becomes a subquery, which PostgreSQL does not look at again after it has
    # waited for another worker.
    waiting = Activity.objects.filter(pk=activity_id, remind_at__lte=now, reminded_at=None, done_at=None, removed_at=None)
    return waiting.update(reminded_at=now) == 1


@transaction.atomic
def name_person(*, lead_id: int, contact_id: int) -> None:
    """From now on a person speaks for the company of this lead: what was written about it goes with them in an erasure."""
    Activity.objects.filter(lead_id=lead_id, contact=None).update(contact_id=contact_id)


@transaction.atomic
def forget_words(*, contact_id: int) -> None:
    """Blank what staff wrote about interests of a person that have ended."""
    Activity.objects.filter(contact_id=contact_id, lead__ended_at__isnull=False).update(title="", text="", place="")


def _open(about: About, *, kind: ActivityKind, owner_id: int, by: int, now: datetime) -> Activity:
    whole = _with_people(about)
    return Activity(
        key=new_key(),
        kind=kind.value,
        lead_id=whole.lead_id,
        contact_id=whole.contact_id,
        company_id=whole.company_id,
        deal_id=whole.deal_id,
        owner_id=owner_id,
        created_by_id=by,
        created_at=now,
    )


def _with_people(about: About) -> About:
    """The contact and company of the lead are named too, so that an erasure finds the words."""
    if about.lead_id is None:
        return about
    of_lead = people_of([about.lead_id])[about.lead_id]
    return replace(about, contact_id=of_lead.contact_id or about.contact_id, company_id=of_lead.company_id or about.company_id)


def _planned(planned: Plan, *, by: int, now: datetime) -> Activity:
    row = _open(planned.about, kind=planned.kind, owner_id=planned.owner_id, by=by, now=now)
    _describe(row, planned)
    row.save(force_insert=True)
    return row


def _describe(row: Activity, planned: Plan) -> None:
    row.title, row.text = planned.title.strip()[:LONGEST_TITLE], planned.text.strip()[:LONGEST_TEXT]
    row.place = planned.place.strip()[:LONGEST_TITLE]
    row.due_at, row.ends_at, row.remind_at = planned.due_at, planned.ends_at, planned.remind_at


def _locked(activity_id: int) -> Activity:
    return Activity.objects.select_for_update().get(pk=activity_id)


def _call_made(call: Call, *, by: int, now: datetime) -> Activity | None:
    """The planned call, done now, or a new one; None when the planned one was done meanwhile."""
    if call.planned_id is None:
        row = _open(call.about, kind=ActivityKind.CALL, owner_id=by, by=by, now=now)
        row.due_at = now
    else:
        row = _locked(call.planned_id)
        if row.done_at is not None or row.kind != ActivityKind.CALL:
            return None
        row.revision += 1
    row.done_at, row.outcome = now, call.outcome.value
    row.text = "\n\n".join(part for part in (row.text, call.note.strip()) if part)[:LONGEST_TEXT]
    row.save()
    return row


def _follow_up(row: Activity, call: Call, *, by: int, now: datetime) -> int | None:
    kind = FOLLOWED_BY.get(call.outcome, ActivityKind.CALL)
    if call.again_at is None:
        return None
    planned = Plan(
        kind=kind,
        about=About(lead_id=row.lead_id, contact_id=row.contact_id, company_id=row.company_id, deal_id=row.deal_id),
        owner_id=by,
        title="",
        due_at=call.again_at,
        ends_at=call.again_at + USUAL_MEETING if kind is ActivityKind.MEETING else None,
    )
    return _planned(planned, by=by, now=now).pk


def _undo_call(row: Activity, *, now: datetime) -> None:
    """What came of a call goes with it: what follows it, the doubt about the number, a slip about calls, the first response."""
    if row.kind != ActivityKind.CALL or row.done_at is None:
        return
    _follow_ups(row).update(removed_at=row.done_at, revision=F("revision") + 1)
    if row.outcome == WRONG_NUMBER and row.contact_id:
        contacts.forget_failure(row.contact_id, kind=PointKind.PHONE, because=WRONG_NUMBER, at=row.done_at)
        leads.rescore_people([row.contact_id])
    if row.outcome == NO_MORE_CALLS and row.contact_id and now - row.done_at < SLIP_NOTICED_WITHIN:
        consent.take_back_slip(_numbers(row.contact_id), said_at=row.done_at, now=now)
    if row.lead_id:
        leads.forget_response(lead_id=row.lead_id, at=row.done_at)


def _numbers(contact_id: int) -> list[str]:
    ways = contacts_queries.points_of([contact_id]).get(contact_id, [])
    return [way.key for way in ways if way.kind is PointKind.PHONE]


def _follow_ups(call: Activity) -> QuerySet[Activity]:
    """What one call brought was written at the same moment as its end, about the same."""
    rows = Activity.objects.filter(created_at=call.done_at or call.created_at, done_at=None, removed_at=None).exclude(pk=call.pk)
    for name in ("lead_id", "contact_id", "company_id"):
        value = getattr(call, name)
        rows = rows.filter(**{f"{name}__isnull": True} if value is None else {name: value})
    return rows
