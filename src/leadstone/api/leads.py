"""Leads, as far as the key reaches, and the tags of their people. Each read is a line in the audit log (promise S9)."""

from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router, Schema
from ninja import Status as Answer
from pydantic import Field

from leadstone.api.door import LARGEST_ID, NAME_HEADER, KeyWith, Told, holder_of
from leadstone.api.problems import Problem
from leadstone.domains.access.rules import Scope
from leadstone.domains.audit import services as audit
from leadstone.domains.audit.rules import Action, Subject
from leadstone.domains.contacts import services as people
from leadstone.domains.contacts.rules import TagSource
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads.queries import LeadLine, NoSuchLead
from leadstone.domains.leads.queries.facts import seen_of
from leadstone.domains.leads.rules import Basis, LeadFilter, Order, QualityBand, Status
from leadstone.domains.sources.rules import ChannelType
from leadstone.flows.lead_added import LONGEST_NAME, NotAnAddress, NotAPhone
from leadstone.flows.lead_brought import Brought, bring_leads, key_of
from leadstone.flows.origins import place as place_origins
from leadstone.kernel.address import LONGEST_ADDRESS, read_address
from leadstone.kernel.ids import new_ref
from leadstone.kernel.labels import LONGEST, read_labels
from leadstone.kernel.language import Language
from leadstone.kernel.phone import read_phone
from leadstone.wire.records import Origin

router = Router(tags=["leads"])

Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Word = Annotated[str, Field(min_length=1, max_length=LONGEST, description="However it is spelled: łódź and Lodz are one tag.")]
_WHOLE = r"^[^\x00]*$"  # PostgreSQL keeps no NUL
Said = Annotated[str, Field(max_length=LONGEST_NAME, pattern=_WHOLE)]
_WRITE = KeyWith(Scope.WRITE_LEADS)


class QualityOut(Schema):
    """How good the lead is: three factors, each 0 to 1."""

    accuracy: float
    incentive: float
    awareness: float
    band: QualityBand


class LeadOut(Schema):
    """One sales interest. Telephone numbers are not here: whether one may be called is decided in the studio, each time."""

    id: int
    status: Status
    name: str
    email: str = Field(description="Empty while they wait in quarantine.")
    mailbox_proven: bool
    waits: bool = Field(description="True while nobody has said why we may know them: they wait in quarantine.")
    company: str
    magnet_id: int | None
    magnet: str
    channel: ChannelType
    owner: str
    tags: list[str]
    opened_at: datetime
    quality: QualityOut


class LeadIn(Told):
    """Somebody who came to you by another way. An address or a number is needed; what you say is a claim until they prove it."""

    email: Annotated[str, Field(max_length=LONGEST_ADDRESS, pattern=_WHOLE)] = ""
    phone: Annotated[
        str, Field(max_length=40, pattern=_WHOLE, description="With its country code, or as it is written in Poland.")
    ] = ""
    name: Said = ""
    company: Said = ""
    position: Said = ""
    language: Language | None = Field(None, description="In which they would rather be written to.")
    campaign: Annotated[str, Field(max_length=60, pattern=_WHOLE, description="The key of a campaign.")] = ""
    where_met: Said = ""
    basis: Basis | None = Field(None, description="Why you may know them. Without it nobody writes or calls until one is named.")


class LeadTaken(Schema):
    """The lead that they are now; whoever was one already is the same."""

    id: int
    waits: bool = Field(description="True when no reason was given why we may know them: they wait in quarantine.")


class TagIn(Told):
    """One word for the person behind a lead."""

    tag: Word


class TagOut(Schema):
    """What was told, and whether anything changed by it."""

    lead_id: int
    tag: str
    changed: bool


class LeadList(Schema):
    items: list[LeadOut]
    page: int
    has_next: bool
    count: int
    exact: bool = Field(description="False when there are more than counted.")


class LeadsAsked(Schema):
    """Which leads, in which order."""

    status: Status | None = None
    magnet_id: Id | None = None
    channel: ChannelType | None = None
    band: QualityBand | None = None
    proven: bool | None = Field(None, description="Whether the mailbox was proven.")
    opened_from: date | None = Field(None, description="The first day (UTC).")
    tag: Word | None = None
    order: Order = Order.NEWEST
    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    size: Annotated[int, Field(ge=1, le=100)] = 50


@router.get("", response=LeadList, auth=KeyWith(Scope.READ_LEADS), summary="Leads", operation_id="list_leads")
def list_leads(request: HttpRequest, asked: Query[LeadsAsked]) -> LeadList:
    """A page of leads; a page beyond the end is empty."""
    holder = holder_of(request)
    chosen = LeadFilter(
        status=asked.status,
        magnet_id=asked.magnet_id,
        channel=asked.channel,
        band=asked.band,
        proven=asked.proven,
        opened_from=asked.opened_from,
        tag=asked.tag or "",
        order=asked.order,
    )
    page = leads.lead_page(chosen, reader=holder.reader, page=asked.page, size=asked.size)
    facts: dict[str, int | str] = {"list": "leads", "rows": len(page.lines), "key": holder.key_id}
    audit.note(actor_id=None, action=Action.READ, subject=Subject.LIST, facts=facts, now=timezone.now())
    return LeadList(
        items=[_out(line) for line in page.lines],
        page=page.number,
        has_next=page.has_next,
        count=page.count.number,
        exact=page.count.exact,
    )


@router.get("/{int:lead_id}", response=LeadOut, auth=KeyWith(Scope.READ_LEADS), summary="One lead", operation_id="get_lead")
def get_lead(request: HttpRequest, lead_id: Path[Id]) -> LeadOut:
    """The lead; 404 too for one that is out of the key's reach."""
    holder = holder_of(request)
    line = leads.lines_by_id([lead_id], reader=holder.reader).get(lead_id)
    if line is None:
        raise NoSuchLead
    audit.note(
        actor_id=None,
        action=Action.READ,
        subject=Subject.LEAD,
        subject_id=lead_id,
        facts={"key": holder.key_id},
        now=timezone.now(),
    )
    return _out(line)


@router.post("", response={201: LeadTaken}, auth=_WRITE, summary="Add a lead", operation_id="add_lead")
def add_lead(request: HttpRequest, body: LeadIn) -> Answer[LeadTaken]:
    """Hand somebody over. No consent comes of it and no mail; name it by an Idempotency-Key, and it counts once for ever."""
    address, phone = read_address(body.email), read_phone(body.phone)
    if body.email.strip() and address is None:
        raise NotAnAddress
    if body.phone.strip() and phone is None:
        raise NotAPhone
    [place] = place_origins([Origin(campaign=body.campaign.strip())])
    if body.campaign.strip() and place.campaign_id is None:
        raise Problem(422, "no_such_campaign", "There is no campaign of this key.")
    key = key_of("api", str(holder_of(request).key_id), request.headers.get(NAME_HEADER) or new_ref())
    brought = Brought(
        key=key,
        at=timezone.now(),
        channel=place.channel if place.campaign_id is not None else ChannelType.THIRD_PARTY,
        basis=body.basis,
        address=address,
        phone=phone,
        values={name: text for name in ("name", "company", "position", "email", "phone") if (text := getattr(body, name))},
        language=body.language or "",
        campaign_id=place.campaign_id,
        where_met=body.where_met,
    )
    lead_id = bring_leads([brought], now=timezone.now())[key]
    return Answer(201, LeadTaken(id=lead_id, waits=body.basis is None))


@router.post("/{int:lead_id}/tags", response=TagOut, auth=_WRITE, summary="Tag a lead", operation_id="tag_lead")
def tag_lead(request: HttpRequest, lead_id: Path[Id], body: TagIn) -> TagOut:
    """Call the person behind the lead this. Told again it changes nothing; the card says which key said so."""
    contact_id, tag = _person(request, lead_id), _one_word(body)
    added = people.add_tag(contact_id, name=tag, source=TagSource.PROGRAM, by=holder_of(request).key_id, now=timezone.now())
    return TagOut(lead_id=lead_id, tag=tag, changed=added is not None)


@router.post("/{int:lead_id}/tags/remove", response=TagOut, auth=_WRITE, summary="Remove a tag", operation_id="untag_lead")
def untag_lead(request: HttpRequest, lead_id: Path[Id], body: TagIn) -> TagOut:
    """Take the tag away, whoever said it. Told again it changes nothing."""
    contact_id, tag = _person(request, lead_id), _one_word(body)
    return TagOut(lead_id=lead_id, tag=tag, changed=people.remove_word(contact_id, name=tag, now=timezone.now()))


def _person(request: HttpRequest, lead_id: int) -> int:
    if not seen_of([lead_id], reader=holder_of(request).reader):
        raise NoSuchLead
    contact_id = leads.people_of([lead_id])[lead_id].contact_id
    if contact_id is None:
        raise Problem(422, "lead_without_person", "This lead is a company of which nobody is known in person yet.")
    return contact_id


def _one_word(body: TagIn) -> str:
    names = read_labels(body.tag)
    if len(names) != 1:
        raise Problem(422, "tag_unfit", "A tag is one short word or two, with a letter in it and without commas.")
    return names[0]


def _out(line: LeadLine) -> LeadOut:
    return LeadOut(
        id=line.lead_id,
        status=line.status,
        name=line.name,
        email="" if line.unfounded else line.email,
        mailbox_proven=line.proven,
        waits=line.unfounded,
        company=line.company,
        magnet_id=line.magnet_id,
        magnet=line.magnet_title,
        channel=line.channel,
        owner=line.owner_name,
        tags=list(line.tags),
        opened_at=line.opened_at,
        quality=QualityOut(accuracy=line.accuracy, incentive=line.incentive, awareness=line.awareness, band=line.band),
    )
