"""The lead that an address names, if the member of staff who asks may see it."""

from django.http import Http404, HttpRequest

from leadstone.domains.leads import queries as leads
from leadstone.domains.leads.queries import LeadCard, NoSuchLead
from leadstone.studio.shell.gate import reader


def find_lead(request: HttpRequest, lead_id: int) -> LeadCard:
    """The card; 404 for a lead that does not exist and for one out of reach, so that nobody can tell them apart."""
    try:
        return leads.lead_card(lead_id, reader=reader(request))
    except NoSuchLead as missing:
        raise Http404 from missing
