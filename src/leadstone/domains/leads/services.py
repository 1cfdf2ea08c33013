"""The only writes of leads."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from leadstone.domains.leads import queries
from leadstone.domains.leads.events import LeadStatusChanged
from leadstone.domains.leads.models import Arrival, Lead, StatusChange
from leadstone.domains.leads.queries import Subject, standing
from leadstone.domains.leads.rules import (
    PERSON_NAMED,
    QUALIFIES_FROM,
    UNDO_WITHIN,
    Basis,
    Because,
    MoveRefusal,
    Status,
    may_leave_the_queue,
    may_move,
)
from leadstone.domains.scoring.rules import RULES_VERSION, Judgement, Quality, quality_of
from leadstone.domains.sources.rules import ChannelType
from leadstone.infra.bulk import insert_rows
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.decision import YES, Decision

_SCORED = ["accuracy", "incentive", "awareness", "reasons", "rules_version"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """An accepted form that shows interest in a magnet."""

    contact_id: int
    company_id: int | None
    magnet_id: int
    version_id: int
    submission_id: int
    channel: ChannelType
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """Somebody whom a device, another system or a supplier hands over. `key` names the handing over; `basis`: None is unknown."""

    key: str
    contact_id: int
    company_id: int | None
    magnet_id: int | None
    version_id: int | None
    channel: ChannelType
    campaign_id: int | None
    basis: Basis | None
    where_met: str
    owner_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """What a member of staff tells about somebody whom they met. `contact_id`: None when it is only a company."""

    contact_id: int | None
    company_id: int | None
    channel: ChannelType
    basis: Basis
    where_met: str
    owner_id: int | None


@transaction.atomic
def open_leads(interests: Sequence[Interest]) -> dict[int, int]:
    """Submission id → lead id: one lead a person and magnet. A lead that had ended begins anew; a standing one is left alone."""
    wanted: dict[tuple[int, int], Interest] = {}
    for interest in interests:
        wanted.setdefault((interest.contact_id, interest.magnet_id), interest)
    rows = Lead.objects.filter(contact_id__in={contact_id for contact_id, _ in wanted}, magnet_id__isnull=False)
    known = {(row.contact_id, row.magnet_id): row for row in rows.only("pk", "contact_id", "magnet_id", "ended_at", "status")}
    ended = [row.pk for pair, row in known.items() if pair in wanted and row.ended_at is not None]
    Lead.objects.filter(pk__in=ended).update(ended_at=None)
    fresh = [interest for pair, interest in wanted.items() if pair not in known]
    qualities = _qualities([_subject(interest) for interest in fresh])
    made = [_lead(interest, quality) for interest, quality in zip(fresh, qualities, strict=True)]
    insert_rows(made)
    rescore(ended)
    lead_ids = {pair: row.pk for pair, row in known.items()} | {(lead.contact_id, lead.magnet_id): lead.pk for lead in made}
    return {interest.submission_id: lead_ids[interest.contact_id, interest.magnet_id] for interest in interests}


@transaction.atomic
def add_lead(meeting: Meeting, *, now: datetime) -> int:
    """A lead that a member of staff enters. Returns its id."""
    subject = Subject(
        contact_id=meeting.contact_id or 0, magnet_id=None, version_id=None, channel=meeting.channel, basis=meeting.basis.value
    )
    lead = Lead(
        contact_id=meeting.contact_id,
        company_id=meeting.company_id,
        owner_id=meeting.owner_id,
        channel=meeting.channel.value,
        basis=meeting.basis.value,
        where_met=meeting.where_met,
        opened_at=now,
    )
    _score(lead, *_qualities([subject]))
    lead.save(force_insert=True)
    return lead.pk


@transaction.atomic
def take_over(handovers: Sequence[Handover]) -> dict[str, int]:
    """Key → lead id. A person has one lead a magnet, and without a magnet one that stands; a second handing over joins it.

    Two workers with the same key: the second one fails on the key (IntegrityError) and finds the lead when it tries again.
    """
    found = standing.arrived({one.key for one in handovers})
    for one in handovers:
        if one.key not in found:
            found[one.key] = _standing_lead(one) or _taken_over(one)
            Arrival.objects.create(key=one.key, lead_id=found[one.key], at=one.at)
    return found


def _standing_lead(one: Handover) -> int | None:
    rows = Lead.objects.filter(contact_id=one.contact_id, magnet_id=one.magnet_id)
    if one.magnet_id is None:
        rows = rows.filter(ended_at=None, submission=None)
    lead = rows.order_by("opened_at", "pk").first()
    if lead is None:
        return None
    if lead.ended_at is not None:
        lead.ended_at = None
        lead.save(update_fields=["ended_at"])
        rescore([lead.pk])
    return lead.pk


def _taken_over(one: Handover) -> int:
    basis = one.basis.value if one.basis else ""
    lead = Lead(
        contact_id=one.contact_id,
        company_id=one.company_id,
        magnet_id=one.magnet_id,
        version_id=one.version_id,
        owner_id=one.owner_id,
        channel=one.channel.value,
        campaign_id=one.campaign_id,
        basis=basis,
        where_met=one.where_met,
        opened_at=one.at,
    )
    subject = Subject(
        contact_id=one.contact_id, magnet_id=one.magnet_id, version_id=one.version_id, channel=one.channel, basis=basis
    )
    _score(lead, *_qualities([subject]))
    lead.save(force_insert=True)
    return lead.pk


@transaction.atomic
def state_basis(*, lead_id: int, basis: Basis) -> bool:
    """Somebody of the staff says on what basis we know this person; False when one is named already."""
    named = Lead.objects.filter(pk=lead_id, basis="", submission=None, ended_at=None).update(basis=basis.value)
    rescore([lead_id] if named else [])
    return bool(named)


@transaction.atomic
def rescore(lead_ids: Collection[int]) -> None:
    """Judge these leads again by what is known now."""
    if not lead_ids:
        return
    leads = list(Lead.objects.filter(pk__in=lead_ids, contact__isnull=False))
    qualities = _qualities([queries.subject_of(lead) for lead in leads])
    for lead, quality in zip(leads, qualities, strict=True):
        _score(lead, quality)
    Lead.objects.bulk_update(leads, _SCORED, batch_size=200)


@transaction.atomic
def rescore_people(contact_ids: Collection[int]) -> None:
    """Judge every standing lead of these people again."""
    rescore(list(Lead.objects.filter(contact_id__in=contact_ids, ended_at=None).values_list("pk", flat=True)))


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


@transaction.atomic
def assign_owner(*, lead_id: int, owner_id: int | None) -> None:
    """Whose lead it is; changes nothing else."""
    Lead.objects.filter(pk=lead_id).update(owner_id=owner_id)


def hold_unowned(lead_ids: Collection[int]) -> list[int]:
    """Those of these leads that stand and belong to nobody, the oldest first, held until the open transaction ends."""
    rows = Lead.objects.select_for_update().filter(pk__in=lead_ids, owner=None, ended_at=None)
    return list(rows.order_by("opened_at", "pk").values_list("pk", flat=True))


def hold_lead(lead_id: int) -> int | None:
    """Whose the lead is now, held until the open transaction ends. Raises `NoSuchLead`, also for a lead that has ended."""
    row = Lead.objects.select_for_update().filter(pk=lead_id, ended_at=None).only("owner_id").first()
    if row is None:
        raise queries.NoSuchLead
    return row.owner_id


@transaction.atomic
def start_clock(respond_by: Mapping[int, datetime]) -> None:
    """Lead id → until when somebody should have answered. A clock that runs, or was answered, is not set again."""
    rows = list(Lead.objects.filter(pk__in=respond_by, respond_by=None, responded_at=None).only("pk"))
    for row in rows:
        row.respond_by = respond_by[row.pk]
    Lead.objects.bulk_update(rows, ["respond_by"], batch_size=200)


@transaction.atomic
def note_response(*, lead_id: int, now: datetime) -> None:
    """Somebody of the staff called, wrote or met: the first time stops the clock, later ones change nothing."""
    Lead.objects.filter(pk=lead_id, responded_at=None).update(responded_at=now)


@transaction.atomic
def forget_response(*, lead_id: int, at: datetime) -> None:
    """What was noted at that moment was a mistake; a response of another moment stands."""
    Lead.objects.filter(pk=lead_id, responded_at=at).update(responded_at=None)


@transaction.atomic
def name_person(*, lead_id: int, contact_id: int, by: int, now: datetime) -> bool:
    """From now on a person speaks for the company of this lead; the history keeps who said so. False when one does already."""
    nobody_yet = Lead.objects.filter(pk=lead_id, contact=None, ended_at=None)
    if not nobody_yet.update(contact_id=contact_id):
        return False
    status = Lead.objects.values_list("status", flat=True).get(pk=lead_id)
    # Without a status before it, the line is no move: it counts for no figure about statuses.
    StatusChange.objects.create(lead_id=lead_id, before="", after=status, at=now, by_id=by, because=PERSON_NAMED)
    rescore([lead_id])
    return True


@transaction.atomic
def end_leads(*, contact_id: int, magnet_id: int | None = None, now: datetime) -> None:
    """Take the leads of a person out of every list, with the words that staff wrote about them; `magnet_id` limits it to one."""
    leads = Lead.objects.filter(contact_id=contact_id)
    if magnet_id is not None:
        leads = leads.filter(magnet_id=magnet_id)
    StatusChange.objects.filter(lead__in=leads).update(note="")
    leads.update(ended_at=now, where_met="")


def _qualities(subjects: Sequence[Subject]) -> list[Quality]:
    return [quality_of(facts) for facts in queries.quality_facts(subjects)]


def _subject(interest: Interest) -> Subject:
    return Subject(
        contact_id=interest.contact_id,
        magnet_id=interest.magnet_id,
        version_id=interest.version_id,
        channel=interest.channel,
        basis="",
        submission_id=interest.submission_id,
    )


def _lead(interest: Interest, quality: Quality) -> Lead:
    lead = Lead(
        contact_id=interest.contact_id,
        company_id=interest.company_id,
        magnet_id=interest.magnet_id,
        version_id=interest.version_id,
        submission_id=interest.submission_id,
        channel=interest.channel.value,
        opened_at=interest.at,
    )
    _score(lead, quality)
    return lead


def _score(lead: Lead, quality: Quality) -> None:
    lead.accuracy = quality.accuracy.value
    lead.incentive = quality.incentive.value
    lead.awareness = quality.awareness.value
    lead.reasons = {
        "accuracy": _told(quality.accuracy),
        "incentive": _told(quality.incentive),
        "awareness": _told(quality.awareness),
    }
    lead.rules_version = RULES_VERSION


def _told(judgement: Judgement) -> list[dict[str, object]]:
    return [{"code": r.code.value, "points": r.points, "facts": dict(r.facts)} for r in judgement.reasons]
