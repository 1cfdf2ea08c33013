"""A member of staff enters somebody whom they met, in ten seconds: a name, a way to reach them, where, and on what basis."""

from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import blake2s
from uuid import UUID

import msgspec
from django.db import IntegrityError, transaction

from leadstone.domains.companies import services as companies
from leadstone.domains.contacts import services as contacts
from leadstone.domains.leads import services as leads
from leadstone.domains.leads.events import LeadAdded
from leadstone.domains.leads.queries import standing
from leadstone.domains.leads.rules import Basis
from leadstone.domains.sources.rules import ChannelType
from leadstone.domains.tracking import services as tracking
from leadstone.domains.tracking.rules import TouchKind
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.address import Address, read_address
from leadstone.kernel.errors import LeadstoneError
from leadstone.kernel.ids import new_ref
from leadstone.kernel.phone import Phone, read_phone

LONGEST_NAME = 200


class NobodyToReach(LeadstoneError):
    code = "nobody_to_reach"
    sentence = "A lead needs an e-mail address or a phone number."


class NotAnAddress(LeadstoneError):
    code = "not_an_address"
    sentence = "This is not an e-mail address."


class NotAPhone(LeadstoneError):
    code = "not_a_phone"
    sentence = "This is not a phone number."


@transaction.atomic
def add_lead(
    *,
    name: str,
    email: str,
    phone: str,
    company: str,
    channel: ChannelType,
    where_met: str,
    basis: Basis,
    by: int,
    language: str,
    now: datetime,
    campaign_id: int | None = None,
) -> int:
    """Enter a lead and return its id; it belongs to `by`, who enters it.

    No consent comes of it: the basis is why we may keep the person, not why we may send letters.
    Raises `NobodyToReach`, `NotAnAddress`, `NotAPhone`.
    """
    address, number = read_ways(email, phone)
    # A company is known by its mail domain alone; what staff wrote stands in the statement in any case.
    at_company = companies.remember_companies({address.domain: company.strip()} if address else {}, now=now)
    company_id = at_company.get(address.domain) if address else None
    typed = {"name": name, "email": email, "phone": phone, "company": company}
    values = {key: " ".join(text.split())[:LONGEST_NAME] for key, text in typed.items() if text.strip()}
    person = contacts.add_by_staff(
        address=address, phone=number, values=values, language=language, company_id=company_id, ref=new_ref(), now=now
    )
    # Whoever enters them answers for why we know them.
    contacts.mark_founded({person.contact_id})
    meeting = leads.Meeting(
        contact_id=person.contact_id,
        company_id=company_id,
        channel=channel,
        basis=basis,
        where_met=where_met.strip()[:200],
        owner_id=by,
        campaign_id=campaign_id,
    )
    lead_id = leads.add_lead(meeting, now=now)
    tracking.note_touches(
        [
            tracking.Touched(
                contact_id=person.contact_id,
                at=now,
                kind=TouchKind.MET,
                channel=channel,
                origin={},
                campaign_id=campaign_id,
                note=where_met.strip()[:400],
            )
        ]
    )
    outbox.record(LeadAdded(lead_id=lead_id, contact_id=person.contact_id), at=now)
    return lead_id


def press_of(nonce: UUID, typed: Mapping[str, str]) -> str:
    """The key of one press of the form that `nonce` came with. Other words, sent from the same page, are another press."""
    return blake2s(nonce.bytes + msgspec.json.encode(typed, order="deterministic")).hexdigest()


def add_once(press: str, add: Callable[[], int], *, now: datetime) -> int:
    """The lead that a press made: made now by `add`, or long ago when it was a double click. Raises what `add` raises."""
    try:
        with transaction.atomic():
            before = standing.arrived({press}).get(press)
            if before is not None:
                return before
            lead_id = add()
            leads.note_arrival(press, lead_id=lead_id, now=now)
            return lead_id
    except IntegrityError:
        # Both were on their way at once; whoever came second opens the lead of the first.
        before = standing.arrived({press}).get(press)
        if before is None:
            raise
        return before


def read_ways(email: str, phone: str) -> tuple[Address | None, Phone | None]:
    """The address and the number as staff typed them, at least one. Raises `NobodyToReach`, `NotAnAddress`, `NotAPhone`."""
    address = read_address(email) if email.strip() else None
    number = read_phone(phone.strip()) if phone.strip() else None
    if email.strip() and address is None:
        raise NotAnAddress
    if phone.strip() and number is None:
        raise NotAPhone
    if address is None and number is None:
        raise NobodyToReach
    return address, number
