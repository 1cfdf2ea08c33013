"""The company or person that an address names, if the member of staff who asks may see them."""

from django.http import Http404, HttpRequest

from leadstone.domains.companies.queries import NoSuchCompany
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads.queries import CompanyCard, ContactCard, NoSuchPerson
from leadstone.studio.shell.gate import reader


def find_company(request: HttpRequest, company_id: int) -> CompanyCard:
    """The card; 404 for a company that does not exist and for one out of reach, so that nobody can tell them apart."""
    try:
        return leads.company_card(company_id, reader=reader(request))
    except NoSuchCompany as missing:
        raise Http404 from missing


def find_person(request: HttpRequest, contact_id: int) -> ContactCard:
    """The card of a person, by the same rule."""
    try:
        return leads.contact_card(contact_id, reader=reader(request))
    except NoSuchPerson as missing:
        raise Http404 from missing
