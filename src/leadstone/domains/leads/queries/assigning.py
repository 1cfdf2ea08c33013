"""What the rules of assignment look at in leads, and who works how many."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count as Counted
from django.db.models import QuerySet

from leadstone.domains.access.rules import Reader
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.contacts.rules import PointKind
from leadstone.domains.leads.models import Lead
from leadstone.domains.leads.queries.listing import Count, LeadLine, bounded, lines_of, visible, with_names
from leadstone.domains.leads.rules import Status, band_of
from leadstone.kernel.phone import country_of

OPEN = (Status.NEW.value, Status.WORKING.value)  # what takes somebody's time


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The first-response clock of a lead. `respond_by`: None when no rule set it."""

    respond_by: datetime | None
    responded_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignableLead:
    """A lead as a rule of assignment sees it. `countries`: of its phone numbers and its company (ISO 3166-1)."""

    lead_id: int
    contact_id: int | None
    company_id: int | None
    owner_id: int | None
    opened_at: datetime
    channel: str
    magnet_id: int | None
    language: str
    countries: frozenset[str]
    postcode: str
    band: str


def assignable_leads(lead_ids: Collection[int]) -> list[AssignableLead]:
    """These leads, the oldest first; those that ended are left out. Two queries."""
    return _assignable(Lead.objects.filter(pk__in=lead_ids, ended_at=None))


def clock_of(lead_id: int) -> Clock:
    """The clock of a lead that the caller may see."""
    row = Lead.objects.filter(pk=lead_id).values_list("respond_by", "responded_at").first()
    respond_by, responded_at = row or (None, None)
    return Clock(respond_by=respond_by, responded_at=responded_at)


def leads_opened(*, since: datetime, reader: Reader, limit: int) -> list[AssignableLead]:
    """The leads that came since then and that the reader may see, at most the newest `limit`, the oldest first."""
    rows = Lead.objects.filter(visible(reader), opened_at__gte=since, ended_at=None)
    newest = list(rows.order_by("-opened_at", "-pk").values_list("pk", flat=True)[:limit])
    return assignable_leads(newest)


def owners_before(
    *, contact_ids: Collection[int], company_ids: Collection[int], besides: Collection[int]
) -> tuple[dict[int, int], dict[int, int]]:
    """Who speaks with these people and companies, by their latest owned lead: contact id → owner, company id → owner.

    `besides`: leads that do not count, because they are the ones to be decided.
    """
    owned = Lead.objects.filter(owner__isnull=False, ended_at=None).exclude(pk__in=besides).order_by("opened_at", "pk")
    people = dict(owned.filter(contact_id__in=contact_ids).values_list("contact_id", "owner_id"))
    firms = dict(owned.filter(company_id__in=company_ids).values_list("company_id", "owner_id"))
    return people, firms


def open_leads_by_owner(owner_ids: Collection[int]) -> dict[int, int]:
    """Owner → how many leads take their time: new ones and those in talks."""
    rows = Lead.objects.filter(owner_id__in=owner_ids, ended_at=None, status__in=OPEN)
    return dict(rows.values_list("owner_id").annotate(Counted("pk")).order_by())


def unowned_leads(*, reader: Reader, limit: int, offset: int = 0) -> list[LeadLine]:
    """The open queue: nobody's leads that take somebody's time, the oldest first."""
    return lines_of(list(with_names(_unowned(reader)).order_by("opened_at", "pk")[offset : offset + limit]))


def count_unowned(*, reader: Reader) -> Count:
    """How many leads stand in the open queue, counted no further than `MOST_COUNTED`."""
    return bounded(_unowned(reader))


def lines_by_id(lead_ids: Sequence[int], *, reader: Reader) -> dict[int, LeadLine]:
    """Lead id → its line, as far as the reader may see them."""
    rows = with_names(Lead.objects.filter(visible(reader), pk__in=lead_ids, ended_at=None))
    return {line.lead_id: line for line in lines_of(list(rows))}


def _unowned(reader: Reader) -> QuerySet[Lead]:
    return Lead.objects.filter(visible(reader), owner=None, ended_at=None, status__in=OPEN)


def _assignable(rows: QuerySet[Lead]) -> list[AssignableLead]:
    leads = list(rows.select_related("magnet", "company").order_by("opened_at", "pk"))
    points = contacts.points_of({lead.contact_id for lead in leads if lead.contact_id})
    return [
        AssignableLead(
            lead_id=lead.pk,
            contact_id=lead.contact_id,
            company_id=lead.company_id,
            owner_id=lead.owner_id,
            opened_at=lead.opened_at,
            channel=lead.channel,
            magnet_id=lead.magnet_id,
            language=lead.magnet.language if lead.magnet else "",
            countries=frozenset(_countries(lead, points.get(lead.contact_id or 0, ()))),
            postcode=lead.company.postcode if lead.company else "",
            band=band_of(lead.accuracy, lead.incentive, lead.awareness).value,
        )
        for lead in leads
    ]


def _countries(lead: Lead, points: Sequence[contacts.PointFacts]) -> Iterator[str]:
    if lead.company and lead.company.country:
        yield lead.company.country
    for point in points:
        if point.kind is PointKind.PHONE and (country := country_of(point.key)):
            yield country
