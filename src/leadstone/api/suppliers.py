"""Suppliers, what they deliver, and what became of it: the same checks as for a file that is given in the studio."""

from datetime import UTC, date, datetime
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Router, Schema
from ninja import Status as Answer
from pydantic import AwareDatetime, Field

from leadstone.api.door import LARGEST_ID, NAME_HEADER, KeyWith, Told, holder_of
from leadstone.domains.access.rules import Scope
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.leads.queries.facts import people_of, seen_of
from leadstone.domains.suppliers import queries
from leadstone.domains.suppliers.queries import BatchFacts, PurchaseFacts, SupplierFacts
from leadstone.domains.suppliers.queries.notices import notices_of_leads
from leadstone.domains.suppliers.rules import (
    LONGEST_REFERENCE,
    LONGEST_WORDS,
    NoticeState,
    Offered,
    Refused,
    Returned,
    State,
    Wants,
    told_to_supplier,
)
from leadstone.domains.suppliers.rules.reading import LONGEST_CELL
from leadstone.flows.leads_bought import buy_leads
from leadstone.kernel.address import LONGEST_ADDRESS, read_address
from leadstone.kernel.language import Language
from leadstone.kernel.money import Currency
from leadstone.kernel.phone import read_phone

router = Router(tags=["suppliers"])

MOST_BYTES = 1024 * 1024  # of one delivery
MOST_LEADS = 1_000
_READ, _BUY = KeyWith(Scope.READ_SUPPLIERS), KeyWith(Scope.BUY_LEADS)

Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
_WHOLE = r"^[^\x00]*$"  # PostgreSQL keeps no NUL
Cell = Annotated[str, Field(max_length=LONGEST_CELL, pattern=_WHOLE)]


class SupplierOut(Schema):
    """Whoever sells us leads, on what terms, and what came of it so far."""

    id: int
    name: str
    price_minor: int = Field(description="Of one lead, in grosze, cents …")
    currency: Currency
    wants: list[Wants] = Field(description="What each lead must have beside a way to be reached and where it comes from.")
    oldest_days: int | None = Field(description="How many days ago the person may have agreed; null: any number.")
    a_day: int | None = Field(description="How many we take in a day (UTC); null: any number.")
    return_days: int = Field(description="For how many days a lead may be given back.")
    source: str = Field(description="What a person is told of where we have their data from, when a lead does not say.")
    ended: bool = Field(description="True: nothing more is bought.")
    bought: int
    paid_minor: int
    owed_minor: int = Field(description="For leads that were given back, until it is credited.")


class SupplierList(Schema):
    items: list[SupplierOut]


class LeadOffered(Told):
    """One lead. An address or a number is needed; what does not do is refused by itself, and the others are bought."""

    reference: Annotated[
        str,
        Field(max_length=LONGEST_REFERENCE, pattern=_WHOLE, description="The supplier's own number of it; kept if refused too."),
    ] = ""
    email: Annotated[str, Field(max_length=LONGEST_ADDRESS, pattern=_WHOLE)] = ""
    phone: Annotated[
        str, Field(max_length=40, pattern=_WHOLE, description="With its country code, or as it is written in Poland.")
    ] = ""
    name: Cell = ""
    company: Cell = ""
    source: Annotated[Cell, Field(description="Where the supplier has it from; else the supplier's `source` holds.")] = ""
    words: Annotated[
        str,
        Field(max_length=LONGEST_WORDS, pattern=_WHOLE, description="That the person agreed to. Without them nobody may write."),
    ] = ""
    agreed_at: AwareDatetime | None = Field(None, description="When they agreed.")
    language: Language | None = None


class DeliveryIn(Told):
    """What a supplier delivers at once."""

    name: Annotated[str, Field(max_length=200, pattern=_WHOLE, description="For the list of deliveries.")] = ""
    leads: Annotated[list[LeadOffered], Field(min_length=1, max_length=MOST_LEADS)]


class OutcomeOut(Schema):
    """What became of one lead."""

    row: int = Field(description="Its place in the delivery, from 1.")
    reference: str
    state: State
    because: Refused | Returned | None = Field(
        description="Why it was refused or given back. `known` stands for everybody whom we know, whatever we know of them."
    )
    price_minor: int
    lead_id: int | None = Field(description="Null when it was refused, is gone, or is out of the key's reach.")
    waits: bool = Field(description="True while nobody may write or call, because no reason to know them was given.")
    notice_due_on: date | None = Field(
        description="By when the person is told where we have their data from; null once it is done."
    )


class DeliveryOut(Schema):
    """A delivery with what became of each lead, as it stands now."""

    id: int
    supplier_id: int
    at: datetime
    known: bool = Field(description="True when this very delivery had come before, and nothing was bought by it now.")
    offered: int
    bought: int
    refused: int
    price_minor: int = Field(description="Of what was bought, less what was given back.")
    owed_minor: int = Field(description="For what was given back and is not credited yet.")
    currency: Currency
    leads: list[OutcomeOut]


@router.get("", response=SupplierList, auth=_READ, summary="Suppliers", operation_id="list_suppliers")
def list_suppliers(request: HttpRequest) -> SupplierList:
    """Whoever sells us leads, by name; those from whom nothing is bought any more too."""
    found = queries.suppliers()
    bills = queries.bills([each.supplier_id for each in found])
    return SupplierList(items=[_supplier(each, bills.get(each.supplier_id, queries.Bill())) for each in found])


@router.post(
    "/{int:supplier_id}/deliveries", response={201: DeliveryOut}, auth=_BUY, summary="Deliver leads", operation_id="deliver_leads"
)
def deliver(request: HttpRequest, supplier_id: Path[Id], body: DeliveryIn) -> Answer[DeliveryOut]:
    """Buy what stands the checks of the supplier's terms; the rest is refused, each with a reason, and nothing of it is kept.

    No consent comes of it, and no mail. The same leads again are the same delivery, under another Idempotency-Key a new one.
    """
    supplier = queries.supplier(supplier_id)
    offers = [_offered(one, supplier) for one in body.leads]
    named = request.headers.get(NAME_HEADER, "")
    key = f"{holder_of(request).key_id}:{named}" if named else ""
    done = buy_leads(supplier_id, offers, name=body.name.strip(), key=key, by=None, now=timezone.now())
    return Answer(201, _delivery(request, queries.batch(supplier_id, done.batch_id), known=done.known))


@router.get(
    "/{int:supplier_id}/deliveries/{int:delivery_id}",
    response=DeliveryOut,
    auth=_READ,
    summary="What became of a delivery",
    operation_id="get_delivery",
)
def get_delivery(request: HttpRequest, supplier_id: Path[Id], delivery_id: Path[Id]) -> DeliveryOut:
    """A delivery as it stands now, whichever way it came: what was bought, refused, given back and credited."""
    return _delivery(request, queries.batch(supplier_id, delivery_id), known=True)


def _offered(one: LeadOffered, supplier: SupplierFacts) -> Offered:
    return Offered(
        reference=one.reference.strip(),
        email=one.email,
        phone=one.phone,
        address=read_address(one.email),
        number=read_phone(one.phone),
        name=one.name.strip(),
        company=one.company.strip(),
        source=one.source.strip() or supplier.source,
        words=one.words.strip(),
        agreed_at=_in_utc(one.agreed_at),
        language=one.language or "",
    )


def _in_utc(told: datetime | None) -> datetime | None:
    try:
        return told.astimezone(UTC) if told is not None else None
    except OverflowError:  # a day at the edge of what a calendar can hold
        return None


def _supplier(found: SupplierFacts, bill: queries.Bill) -> SupplierOut:
    return SupplierOut(
        id=found.supplier_id,
        name=found.name,
        price_minor=found.price_minor,
        currency=Currency(found.currency),
        wants=sorted(found.wants),
        oldest_days=found.oldest_days,
        a_day=found.a_day,
        return_days=found.return_days,
        source=found.source,
        ended=found.ended_at is not None,
        bought=bill.bought,
        paid_minor=bill.paid,
        owed_minor=bill.owed,
    )


def _delivery(request: HttpRequest, batch: BatchFacts, *, known: bool) -> DeliveryOut:
    rows = sorted(queries.each_purchase(batch.supplier_id, batch_id=batch.batch_id), key=lambda row: row.row)
    seen = set(seen_of([row.lead_id for row in rows if row.lead_id is not None], reader=holder_of(request).reader))
    people = {lead_id: person.contact_id for lead_id, person in people_of(seen).items() if person.contact_id is not None}
    unfounded, notices = contacts.unfounded(set(people.values())), notices_of_leads(seen)
    due = {pk: notice.due_on for pk, notice in notices.items() if notice.state is NoticeState.DUE}
    return DeliveryOut(
        id=batch.batch_id,
        supplier_id=batch.supplier_id,
        at=batch.at,
        known=known,
        offered=batch.offered,
        bought=batch.bought,
        refused=batch.offered - batch.bought,
        price_minor=sum(row.price_minor for row in rows if row.state is State.ACCEPTED),
        owed_minor=sum(row.price_minor for row in rows if row.state is State.OWED),
        currency=Currency(queries.supplier(batch.supplier_id).currency),
        leads=[
            OutcomeOut(
                row=row.row,
                reference=row.reference,
                state=row.state,
                because=_because(row),
                price_minor=row.price_minor,
                lead_id=row.lead_id if row.lead_id in seen else None,
                waits=people.get(row.lead_id or 0) in unfounded,
                notice_due_on=due.get(row.lead_id or 0),
            )
            for row in rows
        ],
    )


def _because(row: PurchaseFacts) -> Refused | Returned | None:
    # The answer may be passed on to the supplier, whom it is none of the business who bought from us or said no to us.
    return told_to_supplier(row.refused) if row.refused is not None else row.returned
