"""Who works at the demo company, in which team, and which leads are Gosia's: out of Emil's reach, as hers are in another town."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from leadstone.domains.access.rules import THE_HOUSE, Role
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads import services
from leadstone.domains.leads.rules import LeadFilter, Status
from leadstone.domains.pipeline import queries as pipeline
from leadstone.flows import staff_changed

TEAMS: Mapping[str, tuple[str, ...]] = {"Mazowsze": ("dora", "emil"), "Śląsk": ("gosia",)}
EVERY = 6  # of Emil's open leads, one is Gosia's


@dataclass(frozen=True)
class Colleague:
    """One of the people who work at the demo company."""

    key: str
    name: str
    role: Role
    language: str


STAFF = (
    Colleague("dora", "Dora Maj", Role.MARKETER, "en"),
    Colleague("emil", "Emil Nowak", Role.REP, "pl"),
    Colleague("gosia", "Gosia Wilk", Role.REP, "pl"),
    Colleague("marek", "Marek Sowa", Role.MANAGER, "pl"),
    Colleague("fay", "Fay Lis", Role.PRIVACY_OFFICER, "en"),
    Colleague("admin", "Ala Zięba", Role.ADMIN, "pl"),
)


def settle_teams(staff: Mapping[str, int], *, now: datetime) -> None:
    """Two teams, and for Gosia some of the leads that Emil works on. `staff`: key → account."""
    for name, members in TEAMS.items():
        team_id = staff_changed.found_team(name=name, by=staff["admin"], now=now)
        for key in members:
            staff_changed.change_team(user_id=staff[key], team_id=team_id, by=staff["admin"], now=now)
    for status in (Status.WORKING, Status.NURTURING):
        chosen = LeadFilter(status=status, owner_id=staff["emil"])
        open_ones = [line.lead_id for line in leads.each_lead(chosen, reader=THE_HOUSE)]
        for lead_id in open_ones[::EVERY]:
            # Who bought stays with whom they bought from.
            if not pipeline.deals_of(lead_id, reader=THE_HOUSE):
                services.assign_owner(lead_id=lead_id, owner_id=staff["gosia"])
