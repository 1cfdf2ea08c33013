"""Where leads stand and whose they are, for upper nouns that know their ids."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from leadstone.domains.access.rules import Reader
from leadstone.domains.leads.models import Arrival, Lead
from leadstone.domains.leads.queries.listing import visible
from leadstone.domains.leads.rules import STRONG_FROM, QualityBand, Status, band_of
from leadstone.domains.sources.rules import ChannelType


@dataclass(frozen=True, slots=True)
class LeadSubject:
    """Whom a lead is about: a person, a company, or a person of a company."""

    contact_id: int | None
    company_id: int | None


def statuses(lead_ids: Collection[int]) -> dict[int, Status]:
    """Lead id → where it stands; leads that do not exist or have ended are left out."""
    rows = Lead.objects.filter(pk__in=lead_ids, ended_at=None).values_list("pk", "status")
    return {lead_id: Status(status) for lead_id, status in rows}


def subjects(lead_ids: Collection[int]) -> dict[int, LeadSubject]:
    """Lead id → whom it is about; leads that do not exist or have ended are left out."""
    rows = Lead.objects.filter(pk__in=lead_ids, ended_at=None).values_list("pk", "contact_id", "company_id")
    return {lead_id: LeadSubject(contact_id, company_id) for lead_id, contact_id, company_id in rows}


def owners(lead_ids: Collection[int]) -> dict[int, int]:
    """Lead id → whose it is; leads of nobody, and those that have ended, are left out."""
    rows = Lead.objects.filter(pk__in=lead_ids, ended_at=None).values_list("pk", "owner_id")
    return {lead_id: owner_id for lead_id, owner_id in rows if owner_id is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingLead:
    """A lead as the day of somebody sees it."""

    lead_id: int
    contact_id: int | None
    submission_id: int | None
    name: str  # of the person, else of the company; empty when neither gave one
    company: str
    magnet_title: str
    channel: ChannelType
    where_met: str
    owner_id: int | None
    status: Status
    band: QualityBand
    opened_at: datetime
    respond_by: datetime | None
    responded_at: datetime | None
    recycle_on: date | None


def leads_for_today(*, owner_id: int, also: Collection[int], today: date, reader: Reader, limit: int) -> list[StandingLead]:
    """What may ask for its owner today: new leads (theirs and nobody's), those that come back, and `also` by id.

    Of more than `limit` new ones the latest, and as many of the strong ones: the order of an index, so that a million leads
    take no longer than a thousand.
    """
    mine = Q(owner_id=owner_id) | Q(owner=None)
    standing = Lead.objects.filter(visible(reader), ended_at=None).select_related("contact", "company", "magnet")
    waiting = standing.filter(mine, status=Status.NEW.value).order_by("-opened_at", "-pk")
    strong = waiting.filter(accuracy__gte=STRONG_FROM, incentive__gte=STRONG_FROM, awareness__gte=STRONG_FROM)
    back = standing.filter(owner_id=owner_id, status=Status.NURTURING.value, recycle_on__lte=today).order_by("recycle_on", "pk")
    rows = [*waiting[:limit], *strong[:limit], *back[:limit], *standing.filter(pk__in=also)]
    return [_standing(row) for row in {row.pk: row for row in rows}.values()]


def _standing(row: Lead) -> StandingLead:
    person = row.contact.name if row.contact else ""
    company = row.company.name if row.company else ""
    return StandingLead(
        lead_id=row.pk,
        contact_id=row.contact_id,
        submission_id=row.submission_id,
        name=person or company,
        company=company,
        magnet_title=row.magnet.title if row.magnet else "",
        channel=ChannelType(row.channel),
        where_met=row.where_met,
        owner_id=row.owner_id,
        status=Status(row.status),
        band=band_of(row.accuracy, row.incentive, row.awareness),
        opened_at=row.opened_at,
        respond_by=row.respond_by,
        responded_at=row.responded_at,
        recycle_on=row.recycle_on,
    )


def arrived(keys: Collection[str]) -> dict[str, int]:
    """Key of a handing over → the lead that it brought; what is new is left out."""
    return dict(Arrival.objects.filter(key__in=keys).values_list("key", "lead_id"))


def submissions_of(lead_ids: Collection[int]) -> dict[int, int]:
    """Lead id → the form that opened it; leads that no form opened, and those that have ended, are left out."""
    opened = Lead.objects.filter(pk__in=lead_ids, ended_at=None, submission_id__isnull=False)
    return {lead_id: form for lead_id, form in opened.values_list("pk", "submission_id") if form is not None}


def leads_of_people(contact_ids: Collection[int]) -> dict[int, list[int]]:
    """Contact id → all their leads, those that have ended among them, the oldest first."""
    found: dict[int, list[int]] = {}
    rows = Lead.objects.filter(contact_id__in=contact_ids).order_by("pk")
    for contact_id, lead_id in rows.values_list("contact_id", "pk"):
        if contact_id is not None:
            found.setdefault(contact_id, []).append(lead_id)
    return found
