"""A member of staff enters a company that nobody speaks for yet, and later the person who does."""

from datetime import datetime

from django.db import transaction

from leadstone.domains.activities import services as activities
from leadstone.domains.companies import services as companies
from leadstone.domains.companies.services import CompanyDetails
from leadstone.domains.contacts import services as contacts
from leadstone.domains.leads import services as leads
from leadstone.domains.leads.events import LeadAdded
from leadstone.domains.leads.rules import Basis
from leadstone.domains.sources.rules import ChannelType
from leadstone.flows.lead_added import LONGEST_NAME, read_ways
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.errors import LeadstoneError
from leadstone.kernel.ids import new_ref


class NothingToFindThemBy(LeadstoneError):
    code = "nothing_to_find_them_by"
    sentence = "A company needs a website or a tax number beside its name, so that it can be found again."


class KnownElsewhere(LeadstoneError):
    code = "known_elsewhere"
    sentence = "This person is known already, at another company."


@transaction.atomic
def add_company_lead(
    details: CompanyDetails, *, channel: ChannelType, where_met: str, basis: Basis, by: int, now: datetime
) -> int:
    """Enter a company as a lead without a person; it belongs to `by`. Returns the lead's id.

    Raises `NothingToFindThemBy` and what `companies.services.add_company` raises.
    """
    if not details.website.strip() and not details.tax_id.strip():
        raise NothingToFindThemBy
    company_id, _known = companies.add_company(details, now=now)
    return open_company_lead(company_id, channel=channel, where_met=where_met, basis=basis, by=by, now=now)


@transaction.atomic
def open_company_lead(company_id: int, *, channel: ChannelType, where_met: str, basis: Basis, by: int, now: datetime) -> int:
    """A lead of a company that is known. Returns the lead's id."""
    meeting = leads.Meeting(
        contact_id=None,
        company_id=company_id,
        channel=channel,
        basis=basis,
        where_met=where_met.strip()[:200],
        owner_id=by,
    )
    lead_id = leads.add_lead(meeting, now=now)
    outbox.record(LeadAdded(lead_id=lead_id, contact_id=None), at=now)
    return lead_id


@transaction.atomic
def add_person(
    company_id: int,
    *,
    company: str,
    lead_id: int | None,
    name: str,
    email: str,
    phone: str,
    position: str,
    by: int,
    language: str,
    now: datetime,
) -> int:
    """Somebody who belongs to this company, and who speaks for its lead from now on when `lead_id` names one. Returns their id.

    Raises `KnownElsewhere` and what `lead_added.read_ways` raises. No consent comes of it.
    """
    address, number = read_ways(email, phone)
    typed = {"name": name, "email": email, "phone": phone, "company": company, "position": position}
    values = {key: " ".join(text.split())[:LONGEST_NAME] for key, text in typed.items() if text.strip()}
    person = contacts.add_by_staff(
        address=address, phone=number, values=values, language=language, company_id=company_id, ref=new_ref(), now=now
    )
    if not contacts.join_company(person.contact_id, company_id=company_id):
        raise KnownElsewhere
    if lead_id is not None and leads.name_person(lead_id=lead_id, contact_id=person.contact_id, by=by, now=now):
        activities.name_person(lead_id=lead_id, contact_id=person.contact_id)
    return person.contact_id
