"""The only writes of leads."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from leadstone.domains.leads import queries
from leadstone.domains.leads.events import LeadStatusChanged
from leadstone.domains.leads.models import Lead, StatusChange
from leadstone.domains.leads.queries import Subject
from leadstone.domains.leads.rules import Basis, MoveRefusal, Status, may_move
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
class Meeting:
    """What a member of staff tells about somebody whom they met."""

    contact_id: int
    company_id: int | None
    channel: ChannelType
    basis: Basis
    where_met: str
    owner_id: int


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
    """A lead that a member of staff enters; it is theirs. Returns its id."""
    subject = Subject(
        contact_id=meeting.contact_id, magnet_id=None, version_id=None, channel=meeting.channel, basis=meeting.basis.value
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
    """Give the lead another status, if it may go there from where it stands; the history keeps who, when and why."""
    before = Status(Lead.objects.values_list("status", flat=True).get(pk=lead_id))
    if not may_move(before, to):
        return Decision(False, MoveRefusal.NO_SUCH_MOVE)
    if not Lead.objects.filter(pk=lead_id, status=before.value).update(status=to.value):
        return Decision(False, MoveRefusal.MOVED_MEANWHILE)
    StatusChange.objects.create(lead_id=lead_id, before=before.value, after=to.value, at=now, by_id=by, note=note[:400])
    outbox.record(LeadStatusChanged(lead_id=lead_id, before=before.value, after=to.value), at=now)
    return YES


@transaction.atomic
def take_back_move(*, lead_id: int, before: Status, after: Status, by: int, now: datetime) -> bool:
    """Undo a move while the lead still stands where it led; the history keeps both. False when it has moved since."""
    led_there = StatusChange.objects.filter(lead_id=lead_id, before=before.value, after=after.value).exists()
    if not led_there or not Lead.objects.filter(pk=lead_id, status=after.value).update(status=before.value):
        return False
    StatusChange.objects.create(lead_id=lead_id, before=after.value, after=before.value, at=now, by_id=by)
    outbox.record(LeadStatusChanged(lead_id=lead_id, before=after.value, after=before.value), at=now)
    return True


@transaction.atomic
def assign_owner(*, lead_id: int, owner_id: int | None) -> None:
    """Whose lead it is; changes nothing else."""
    Lead.objects.filter(pk=lead_id).update(owner_id=owner_id)


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
