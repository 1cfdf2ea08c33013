"""Leads, as far as the key reaches. Each read is a line in the audit log (promise S9)."""

from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router, Schema
from pydantic import Field

from leadstone.api.door import LARGEST_ID, KeyWith, holder_of
from leadstone.domains.access.rules import Scope
from leadstone.domains.audit import services as audit
from leadstone.domains.audit.rules import Action, Subject
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads.queries import LeadLine, NoSuchLead
from leadstone.domains.leads.rules import LeadFilter, Order, QualityBand, Status
from leadstone.domains.sources.rules import ChannelType

router = Router(tags=["leads"])

Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]


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
    email: str
    mailbox_proven: bool
    company: str
    magnet_id: int | None
    magnet: str
    channel: ChannelType
    owner: str
    opened_at: datetime
    quality: QualityOut


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


def _out(line: LeadLine) -> LeadOut:
    return LeadOut(
        id=line.lead_id,
        status=line.status,
        name=line.name,
        email=line.email,
        mailbox_proven=line.proven,
        company=line.company,
        magnet_id=line.magnet_id,
        magnet=line.magnet_title,
        channel=line.channel,
        owner=line.owner_name,
        opened_at=line.opened_at,
        quality=QualityOut(accuracy=line.accuracy, incentive=line.incentive, awareness=line.awareness, band=line.band),
    )
