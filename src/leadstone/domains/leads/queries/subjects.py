"""Companies and people as the subjects of leads: who may see them is decided by their leads, so they are read here."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Count as Counted
from django.db.models import Exists, OuterRef, Q, QuerySet

from leadstone.domains.access.rules import Reader, Thing
from leadstone.domains.companies import queries as companies
from leadstone.domains.companies.queries import CompanyFacts, NoSuchCompany
from leadstone.domains.companies.rules import CompanyFilter
from leadstone.domains.consent import queries as consent
from leadstone.domains.consent.queries import LedgerLine
from leadstone.domains.consent.rules import Act, Scope
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.contacts.queries import PointFacts
from leadstone.domains.contacts.rules import PointKind, Said, ShownValue, shown_values
from leadstone.domains.leads.models import Lead
from leadstone.domains.leads.queries.listing import MOST_COUNTED, Count, LeadLine, lines_of, visible, with_names
from leadstone.infra.blind_index import address_hash
from leadstone.kernel.errors import LeadstoneError
from leadstone.wire.definition import Channel, Purpose

if TYPE_CHECKING:
    from leadstone.domains.companies.models import Company

PAGE_SIZE = 50
MOST_LEADS = 200  # of one company, on its card; the list of leads has them all
MOST_PEOPLE = 200


class NoSuchPerson(LeadstoneError):
    code = "no_such_person"
    sentence = "There is no such person."


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyLine:
    """One row of the list of companies and of its export; counts are of what the reader may see."""

    company: CompanyFacts
    people: int
    leads: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyPage:
    lines: tuple[CompanyLine, ...]
    number: int  # from 1
    has_next: bool
    count: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyPerson:
    """Somebody who belongs to a company, and the leads that they are the subject of."""

    contact_id: int
    name: str
    reached_by: str
    leads: Sequence[LeadLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyCard:
    """One company with everybody and everything that the reader may see. `alike`: id → name of those that may be the same."""

    company: CompanyFacts
    people: Sequence[CompanyPerson]
    leads: Sequence[LeadLine]
    alike: Mapping[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactCard:
    """One person: everything that was said, by whom and when, what they allow, and their leads that the reader may see."""

    contact_id: int
    name: str
    shown: Mapping[str, ShownValue]
    statements: Sequence[Said]
    points: Sequence[PointFacts]
    company: CompanyFacts | None
    leads: Sequence[LeadLine]
    consents: Sequence[LedgerLine]
    permissions: Mapping[tuple[Purpose, Channel], Act]
    stops: frozenset[Scope] = field(default_factory=frozenset)


def company_page(chosen: CompanyFilter, *, reader: Reader, page: int = 1, size: int = PAGE_SIZE) -> CompanyPage:
    """One page of the companies that the reader may see; a page beyond the end is empty."""
    start = (max(page, 1) - 1) * size
    rows = _companies(chosen, reader)
    found = [companies.facts_of(row) for row in rows[start : start + size + 1]]
    counted = rows.order_by().values("pk")[: MOST_COUNTED + 1].count()
    return CompanyPage(
        lines=tuple(_lines(found[:size], reader)),
        number=max(page, 1),
        has_next=len(found) > size,
        count=Count(min(counted, MOST_COUNTED), exact=counted <= MOST_COUNTED),
    )


def each_company(chosen: CompanyFilter, *, reader: Reader, chunk: int = 500) -> Iterator[CompanyLine]:
    """Every matching company for an export, in the order of the list and in constant memory."""
    waiting: list[CompanyFacts] = []
    for row in _companies(chosen, reader).iterator(chunk_size=chunk):
        waiting.append(companies.facts_of(row))
        if len(waiting) == chunk:
            yield from _lines(waiting, reader)
            waiting = []
    yield from _lines(waiting, reader)


def company_card(company_id: int, *, reader: Reader) -> CompanyCard:
    """One company; raises `NoSuchCompany`, also for one that is out of the reader's reach."""
    if not sees_company(company_id, reader=reader):
        raise NoSuchCompany
    facts = companies.company(company_id)
    rows = with_names(_standing(reader)).filter(company_id=company_id).order_by("-opened_at", "-pk")
    lines = lines_of(list(rows[:MOST_LEADS]))
    alike = companies.alike(company_id).filter(seen_subject("company", reader))
    return CompanyCard(
        company=facts,
        people=_people(company_id, lines, reader),
        leads=lines,
        alike=dict(alike.values_list("pk", "name")),
    )


def contact_card(contact_id: int, *, reader: Reader) -> ContactCard:
    """One person; raises `NoSuchPerson`, also for one who is out of the reader's reach, or was erased."""
    if not sees_person(contact_id, reader=reader):
        raise NoSuchPerson
    statements = contacts.statements_of([contact_id]).get(contact_id, [])
    points = contacts.points_of([contact_id]).get(contact_id, [])
    hashes = [address_hash(point.key) for point in points if point.kind is PointKind.EMAIL]
    stops = consent.stops_in_force(hashes, channel=Channel.EMAIL)
    shown = shown_values(statements)
    company_id = contacts.company_id_of(contact_id)
    rows = with_names(_standing(reader)).filter(contact_id=contact_id).order_by("-opened_at", "-pk")
    return ContactCard(
        contact_id=contact_id,
        # Never by a number, which nobody may see before it is known that they may be called.
        name=shown["name"].value if "name" in shown else next((p.value for p in points if p.kind is PointKind.EMAIL), ""),
        shown=shown,
        statements=statements,
        points=points,
        company=companies.company(company_id) if company_id is not None else None,
        leads=lines_of(list(rows[:MOST_LEADS])),
        consents=consent.history_of(contact_id),
        permissions=consent.permissions_of([contact_id]).get(contact_id, {}),
        stops=frozenset().union(*stops.values()),
    )


def sees_company(company_id: int, *, reader: Reader) -> bool:
    """Whether there is such a company, and it is in the reader's reach."""
    return companies.companies_matching(CompanyFilter()).filter(seen_subject("company", reader), pk=company_id).exists()


def sees_person(contact_id: int, *, reader: Reader) -> bool:
    """Whether there is such a person, who was not erased, and is in the reader's reach."""
    return contacts.is_known(contact_id) and contact_id in seen_people([contact_id], reader=reader)


def seen_subject(subject: str, reader: Reader) -> Q:
    """For a query of companies or people (`subject`: "company" or "contact"): those of whom some standing lead is in reach, and
    those who have none, for nobody owns them.
    """
    if reader.owners(Thing.LEADS) is None:
        return Q()
    of_this = Lead.objects.filter(ended_at=None, **{subject: OuterRef("pk")})
    return Q(Exists(of_this.filter(visible(reader)))) | ~Q(Exists(of_this))


def seen_people(contact_ids: Collection[int], *, reader: Reader) -> set[int]:
    """Those of these people whom the reader may see, by the same rule."""
    of_these = Lead.objects.filter(ended_at=None, contact_id__in=contact_ids)
    anybodys = set(of_these.values_list("contact_id", flat=True))
    in_reach = set(of_these.filter(visible(reader)).values_list("contact_id", flat=True))
    return {each for each in contact_ids if each in in_reach or each not in anybodys}


def _companies(chosen: CompanyFilter, reader: Reader) -> "QuerySet[Company]":
    rows = companies.companies_matching(chosen).filter(seen_subject("company", reader))
    if chosen.unowned or chosen.owner_id is not None:
        theirs = _standing(reader).filter(company=OuterRef("pk"))
        rows = rows.filter(Exists(theirs.filter(owner=None) if chosen.unowned else theirs.filter(owner_id=chosen.owner_id)))
    return rows


def _standing(reader: Reader) -> QuerySet[Lead]:
    return Lead.objects.filter(visible(reader), ended_at=None)


def _lines(found: Sequence[CompanyFacts], reader: Reader) -> Iterator[CompanyLine]:
    ids = [facts.company_id for facts in found]
    people = contacts.people_of_companies(ids)
    seen = seen_people({each for group in people.values() for each in group}, reader=reader)
    leads = dict(_standing(reader).filter(company_id__in=ids).values_list("company_id").annotate(Counted("pk")).order_by())
    for facts in found:
        yield CompanyLine(
            company=facts,
            people=len(seen.intersection(people.get(facts.company_id, ()))),
            leads=leads.get(facts.company_id, 0),
        )


def _people(company_id: int, leads: Sequence[LeadLine], reader: Reader) -> list[CompanyPerson]:
    known = contacts.people_of_companies([company_id]).get(company_id, {})
    seen = seen_people(known, reader=reader)
    points = contacts.points_of(seen)
    return [
        CompanyPerson(
            contact_id=contact_id,
            name=name,
            reached_by=next((point.value for point in points.get(contact_id, ()) if point.kind is PointKind.EMAIL), ""),
            leads=[lead for lead in leads if lead.contact_id == contact_id],
        )
        for contact_id, name in known.items()
        if contact_id in seen
    ][:MOST_PEOPLE]
