"""Where the people of a task are, when one task is for many of them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from leadstone.domains.suppliers.queries.notices import errands
from leadstone.domains.suppliers.rules import Asks
from leadstone.studio.leads.filters import NO_BASIS


@dataclass(frozen=True, slots=True)
class Place:
    url: str
    words: str | Promise


def place_of(activity_id: int) -> Place | None:
    """The list that this task is about; None for a task about one person."""
    found = errands(activity_ids=[activity_id])
    if not found:
        return None
    [errand] = found
    if errand.asks is Asks.BASIS:
        return Place(f"{reverse('leads')}?{urlencode({'basis': NO_BASIS})}", _("Open the list of those without a reason"))
    query = urlencode({"supplier": str(errand.supplier_id), "day": errand.due_on.isoformat()})
    return Place(f"{reverse('people_to_tell')}?{query}", _("Open the list of those to be told"))
