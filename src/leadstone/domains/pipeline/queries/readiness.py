"""What deals meet of everything that a stage may ask."""

from collections.abc import Sequence

from leadstone.domains.activities import queries as activities
from leadstone.domains.pipeline.models import Deal
from leadstone.domains.pipeline.rules import AUTHORITY, Requirement
from leadstone.domains.qualification import queries as qualification


def requirements_met(deals: Sequence[Deal]) -> dict[int, frozenset[Requirement]]:
    """Deal id → the requirements that it meets as it stands. Three queries, however many deals.

    Reasons are no property of a deal that is moved: whoever moves it says one.
    """
    leads = {deal.pk: deal.lead_id for deal in deals}
    established = qualification.points_established(set(leads.values()))
    planned = activities.next_activities(leads)
    met_with = activities.meetings_held(leads)
    found = {}
    for deal in deals:
        facts = {
            Requirement.VALUE: bool(deal.amount_minor),
            Requirement.EXPECTED_CLOSE: deal.expected_close is not None,
            Requirement.DECIDER: AUTHORITY in established[deal.lead_id],
            Requirement.NEXT_ACTIVITY: deal.pk in planned,
            Requirement.MEETING_HELD: deal.pk in met_with,
        }
        found[deal.pk] = frozenset(requirement for requirement, met in facts.items() if met)
    return found
