"""How leads begin, are judged, owned and ended."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from leadstone.domains.leads import queries
from leadstone.domains.leads.models import Arrival, Lead, StatusChange
from leadstone.domains.leads.queries import Subject, standing
from leadstone.domains.leads.rules import PERSON_NAMED, Basis
from leadstone.domains.scoring.rules import RULES_VERSION, Judgement, Quality, quality_of
from leadstone.domains.sources.rules import ChannelType
from leadstone.infra.bulk import insert_rows

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
    campaign_id: int | None = None  # that brought them


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
    campaign_id: int | None = None


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
        campaign_id=meeting.campaign_id,
        opened_at=now,
    )
    _score(lead, *_qualities([subject]))
    lead.save(force_insert=True)
    return lead.pk


@transaction.atomic
def note_arrival(key: str, *, lead_id: int, now: datetime) -> None:
    """Remember what brought a lead. Whoever comes second with the same key fails on it (IntegrityError)."""
    Arrival.objects.create(key=key, lead_id=lead_id, at=now)


@transaction.atomic
def take_over(handovers: Sequence[Handover]) -> dict[str, int]:
    """Key → lead id. A person has one lead a magnet, and without a magnet one that stands; a second handing over joins it.

    Two workers with the same key: the second one fails on the key (IntegrityError) and finds the lead when it tries again.
    """
    found = standing.arrived({one.key for one in handovers})
    fresh = list({one.key: one for one in handovers if one.key not in found}.values())
    places = _standing_leads(fresh)
    first = {_place(one): one for one in reversed(fresh) if _place(one) not in places}
    opening = [first[place] for place in dict.fromkeys(map(_place, fresh)) if place in first]
    leads = [_taken_over(*each) for each in zip(opening, _qualities([_handed(one) for one in opening]), strict=True)]
    insert_rows(leads)
    places |= {_place(one): lead.pk for one, lead in zip(opening, leads, strict=True)}
    Arrival.objects.bulk_create([Arrival(key=one.key, lead_id=places[_place(one)], at=one.at) for one in fresh])
    return found | {one.key: places[_place(one)] for one in fresh}


def _place(one: Handover) -> tuple[int, int | None]:
    """Where there is one lead: a person and a magnet."""
    return one.contact_id, one.magnet_id


def _standing_leads(handovers: Sequence[Handover]) -> dict[tuple[int, int | None], int]:
    """The leads that these join, by person and magnet; one of a magnet that has ended stands again."""
    rows = Lead.objects.filter(contact_id__in={one.contact_id for one in handovers})
    without = Q(magnet=None, ended_at=None, submission=None)
    asked = rows.filter(without | Q(magnet_id__in={one.magnet_id for one in handovers if one.magnet_id is not None}))
    known: dict[tuple[int, int | None], Lead] = {}
    for lead in asked.order_by("opened_at", "pk"):
        known.setdefault((lead.contact_id or 0, lead.magnet_id), lead)
    places = {place: known[place] for place in map(_place, handovers) if place in known}
    again = sorted({lead.pk for lead in places.values() if lead.ended_at is not None})
    Lead.objects.filter(pk__in=again).update(ended_at=None)
    rescore(again)
    return {place: lead.pk for place, lead in places.items()}


def _handed(one: Handover) -> Subject:
    return Subject(
        contact_id=one.contact_id,
        magnet_id=one.magnet_id,
        version_id=one.version_id,
        channel=one.channel,
        basis=one.basis.value if one.basis else "",
    )


def _taken_over(one: Handover, quality: Quality) -> Lead:
    lead = Lead(
        contact_id=one.contact_id,
        company_id=one.company_id,
        magnet_id=one.magnet_id,
        version_id=one.version_id,
        owner_id=one.owner_id,
        channel=one.channel.value,
        campaign_id=one.campaign_id,
        basis=one.basis.value if one.basis else "",
        where_met=one.where_met,
        opened_at=one.at,
    )
    _score(lead, quality)
    return lead


@transaction.atomic
def state_basis(*, lead_id: int, basis: Basis) -> bool:
    """Somebody of the staff says on what basis we know this person; False when one is named already."""
    named = Lead.objects.filter(pk=lead_id, basis="", submission=None, ended_at=None).update(basis=basis.value)
    rescore([lead_id] if named else [])
    return bool(named)


@transaction.atomic
def take_back_basis(*, lead_id: int, basis: Basis) -> bool:
    """Undo `state_basis`; False when it is another one by now."""
    taken_back = Lead.objects.filter(pk=lead_id, basis=basis.value, submission=None, ended_at=None).update(basis="")
    rescore([lead_id] if taken_back else [])
    return bool(taken_back)


@transaction.atomic
def place_leads(placed: Mapping[str, tuple[ChannelType, int | None]]) -> list[int]:
    """Ref of a form → the channel and campaign that it came by, as it is understood now. Returns the leads that changed."""
    rows = list(Lead.objects.filter(submission__ref__in=placed).select_related("submission"))
    changed = []
    for row in rows:
        channel, campaign_id = placed[row.submission.ref] if row.submission else (row.channel, row.campaign_id)
        if (row.channel, row.campaign_id) != (channel, campaign_id):
            row.channel, row.campaign_id = str(channel), campaign_id
            changed.append(row)
    Lead.objects.bulk_update(changed, ["channel", "campaign"], batch_size=200)
    lead_ids = [row.pk for row in changed]
    rescore(lead_ids)
    return lead_ids


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
        campaign_id=interest.campaign_id,
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
