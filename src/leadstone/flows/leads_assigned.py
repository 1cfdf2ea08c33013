"""Who comes gets an owner: the rules of assignment speak for each new lead, from a form or entered by hand for nobody."""

from collections.abc import Sequence
from datetime import datetime

from leadstone.domains.assignment import services as assignment
from leadstone.domains.capture.events import SubmissionAccepted
from leadstone.domains.leads.events import LeadAdded


def assign_new_leads(events: Sequence[SubmissionAccepted], /, *, now: datetime) -> None:
    """A whole batch by one look at the rules; leads that have an owner, or were decided before, are left alone."""
    assignment.assign_leads({event.lead_id for event in events}, now=now)


def assign_added_leads(events: Sequence[LeadAdded], /, *, now: datetime) -> None:
    """The same for leads that a member of staff entered without keeping them."""
    assignment.assign_leads({event.lead_id for event in events}, now=now)
