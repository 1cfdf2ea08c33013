"""The list of leads: one query object for the screen, the count and the export."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Least

from leadstone.domains.access.rules import Reader, Thing
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.contacts.queries import PointFacts, TagFacts
from leadstone.domains.contacts.rules import PointKind
from leadstone.domains.leads.models import Lead
from leadstone.domains.leads.queries.searching import Candidates, called, candidates
from leadstone.domains.leads.rules import FAIR_FROM, STRONG_FROM, LeadFilter, Order, QualityBand, Status, band_of
from leadstone.domains.sources.rules import ChannelType
from leadstone.kernel.folding import search_words

MOST_COUNTED = 10_000
PAGE_SIZE = 50

_ORDERS = {
    Order.NEWEST: ("-opened_at", "-pk"),
    Order.OLDEST: ("opened_at", "pk"),
    Order.ACCURACY: ("-accuracy", "-opened_at", "-pk"),
    Order.INCENTIVE: ("-incentive", "-opened_at", "-pk"),
    Order.AWARENESS: ("-awareness", "-opened_at", "-pk"),
    # A company that nobody speaks for yet stands under its own name.
    Order.NAME: (Coalesce("contact__name", "company__name"), "contact", "pk"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadLine:
    """One row of the list and of the export."""

    lead_id: int
    contact_id: int | None
    name: str
    email: str
    phone: str
    proven: bool
    unfounded: bool  # known without a reason: nobody may turn to them
    company: str
    magnet_id: int | None
    magnet_title: str
    channel: ChannelType
    status: Status
    owner_id: int | None
    owner_name: str
    opened_at: datetime
    accuracy: float
    incentive: float
    awareness: float
    band: QualityBand
    where_met: str
    campaign_id: int | None
    campaign_name: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are; beyond `MOST_COUNTED` nobody counts on: `exact` is False and `number` is that limit."""

    number: int
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadPage:
    lines: tuple[LeadLine, ...]
    number: int  # from 1
    has_next: bool
    count: Count


def visible(reader: Reader, *, via: str = "") -> Q:
    """The leads that a reader may see: those in reach and those that nobody owns. `via`: the way to the lead, "lead__"."""
    owners = reader.owners(Thing.LEADS)
    return Q() if owners is None else Q(**{f"{via}owner_id__in": owners}) | Q(**{f"{via}owner__isnull": True})


def leads_matching(chosen: LeadFilter, *, reader: Reader) -> QuerySet[Lead]:
    """The one query behind list, count and export, in the chosen order."""
    return _matching(chosen, reader=reader, among=_looked_up(chosen))


def _looked_up(chosen: LeadFilter) -> Candidates | None:
    """Of the words and the tag, whichever leaves the fewest leads to look at; None when neither is asked for."""
    words = search_words(chosen.search)
    found = ([candidates(words)] if words else []) + ([called(chosen.tag)] if chosen.tag else [])
    whole = [each for each in found if each.whole]
    return min(whole or found, key=lambda each: len(each.lead_ids), default=None)


def _matching(chosen: LeadFilter, *, reader: Reader, among: Candidates | None) -> QuerySet[Lead]:
    leads = Lead.objects.filter(visible(reader), ended_at=None)
    if among is not None and among.whole:
        leads = leads.filter(pk__in=among.lead_ids)
    for wanted in _conditions(chosen):
        leads = leads.filter(wanted)
    if chosen.proven is not None:
        mailbox = contacts.has_proven_mailbox(OuterRef("contact"))
        leads = leads.filter(mailbox if chosen.proven else ~mailbox)
    if chosen.tag:
        leads = leads.filter(contacts.has_tag(OuterRef("contact"), chosen.tag))
    if chosen.band is not None:
        leads = _in_band(leads, chosen.band)
    return leads.order_by(*_ORDERS[chosen.order])


def lead_page(chosen: LeadFilter, *, reader: Reader, page: int = 1, size: int = PAGE_SIZE) -> LeadPage:
    """One page of the list; a page beyond the end is empty. Five queries, however long the page."""
    start = (max(page, 1) - 1) * size
    among = _looked_up(chosen)
    matching = _matching(chosen, reader=reader, among=among)
    few = among is not None and among.whole
    first = _first_by_name(matching, upto=start + size + 1) if chosen.order is Order.NAME and not few else matching
    rows = list(with_names(first)[start : start + size + 1])
    return LeadPage(
        lines=tuple(lines_of(rows[:size])),
        number=max(page, 1),
        has_next=len(rows) > size,
        count=_counted(matching, among=among),
    )


def _first_by_name(matching: QuerySet[Lead], *, upto: int) -> QuerySet[Lead]:
    """`matching`, of which no more than the first `upto` are looked at.

    By name, people and companies that nobody speaks for are each read off in turn: nothing is sorted but the first of them.
    """
    people = contacts.people_by_name(Exists(matching.order_by().filter(contact=OuterRef("pk"))), limit=upto)
    firms = matching.filter(contact=None).order_by("company__name", "pk").values_list("pk", flat=True)
    return matching.filter(Q(contact__in=people) | Q(pk__in=list(firms[:upto])))


def count_leads(chosen: LeadFilter, *, reader: Reader) -> Count:
    """How many leads match, counted no further than `MOST_COUNTED`; of a word that thousands have, at least how many."""
    among = _looked_up(chosen)
    return _counted(_matching(chosen, reader=reader, among=among), among=among)


def _counted(matching: QuerySet[Lead], *, among: Candidates | None) -> Count:
    if among is None or among.whole:
        return bounded(matching)
    return Count(min(matching.order_by().filter(pk__in=among.lead_ids).count(), MOST_COUNTED), exact=False)


def bounded(rows: QuerySet[Lead]) -> Count:
    """How many rows there are, counted no further than `MOST_COUNTED`."""
    found = rows.order_by().values("pk")[: MOST_COUNTED + 1].count()
    return Count(min(found, MOST_COUNTED), exact=found <= MOST_COUNTED)


def total_leads() -> int:
    """How many leads there are, to the last one; for figures, not for screens."""
    return Lead.objects.filter(ended_at=None).count()


def each_lead(chosen: LeadFilter, *, reader: Reader, chunk: int = 500) -> Iterator[LeadLine]:
    """Every matching lead for an export, in the order of the list and in constant memory."""
    rows: list[Lead] = []
    for row in with_names(leads_matching(chosen, reader=reader)).iterator(chunk_size=chunk):
        rows.append(row)
        if len(rows) == chunk:
            yield from lines_of(rows)
            rows = []
    yield from lines_of(rows)


def newest_leads(limit: int, *, reader: Reader) -> list[LeadLine]:
    return newest_matching(LeadFilter(), reader=reader, limit=limit)


def newest_matching(chosen: LeadFilter, *, reader: Reader, limit: int) -> list[LeadLine]:
    """The first `limit` of the chosen order."""
    return lines_of(list(with_names(leads_matching(chosen, reader=reader))[:limit]))


def _conditions(chosen: LeadFilter) -> Iterator[Q]:
    if chosen.status is not None:
        yield Q(status=chosen.status.value)
    if chosen.magnet_id is not None:
        yield Q(magnet_id=chosen.magnet_id)
    if chosen.channel is not None:
        yield Q(channel=chosen.channel.value)
    if chosen.campaign_id is not None:
        yield Q(campaign_id=chosen.campaign_id)
    if chosen.opened_from is not None:
        yield Q(opened_at__gte=datetime.combine(chosen.opened_from, time.min, UTC))
    if chosen.unfounded:
        yield Q(contact__unfounded_since__isnull=False)
    if chosen.unowned:
        yield Q(owner=None)
    elif chosen.owner_id is not None:
        yield Q(owner_id=chosen.owner_id)
    # Every word must be found, in any order.
    for word in search_words(chosen.search):
        yield Q(contact__search__contains=word) | Q(company__search__contains=word)


def _in_band(leads: QuerySet[Lead], band: QualityBand) -> QuerySet[Lead]:
    judged = leads.annotate(weakest=Least("accuracy", "incentive", "awareness"))
    if band is QualityBand.STRONG:
        return judged.filter(weakest__gte=STRONG_FROM)
    if band is QualityBand.FAIR:
        return judged.filter(weakest__gte=FAIR_FROM, weakest__lt=STRONG_FROM)
    return judged.filter(weakest__lt=FAIR_FROM)


def with_names(leads: QuerySet[Lead]) -> QuerySet[Lead]:
    return leads.select_related("contact", "company", "magnet", "owner", "campaign")


def lines_of(rows: list[Lead]) -> list[LeadLine]:
    people = {row.contact_id for row in rows if row.contact_id}
    points, tags = contacts.points_of(people), contacts.tags_of(people)
    return [_line(row, points.get(row.contact_id or 0, []), tags.get(row.contact_id or 0, [])) for row in rows]


def _line(row: Lead, points: Sequence[PointFacts], tags: Sequence[TagFacts]) -> LeadLine:
    mail = next((point for point in points if point.kind is PointKind.EMAIL), None)
    phone = next((point for point in points if point.kind is PointKind.PHONE), None)
    return LeadLine(
        lead_id=row.pk,
        contact_id=row.contact_id,
        name=row.contact.name if row.contact else "",
        email=mail.value if mail else "",
        phone=phone.value if phone else "",
        proven=mail is not None and mail.proven_at is not None,
        unfounded=row.contact is not None and row.contact.unfounded_since is not None,
        company=row.company.name if row.company else "",
        magnet_id=row.magnet_id,
        magnet_title=row.magnet.title if row.magnet else "",
        channel=ChannelType(row.channel),
        status=Status(row.status),
        owner_id=row.owner_id,
        owner_name=row.owner.name if row.owner else "",
        opened_at=row.opened_at,
        accuracy=row.accuracy,
        incentive=row.incentive,
        awareness=row.awareness,
        band=band_of(row.accuracy, row.incentive, row.awareness),
        where_met=row.where_met,
        campaign_id=row.campaign_id,
        campaign_name=row.campaign.name if row.campaign else "",
        tags=contacts.names_of_tags(tags),
    )
