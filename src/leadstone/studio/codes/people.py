"""Whose code it is, for a reader who may see that person; everybody else sees the code without a name."""

from collections.abc import Collection
from dataclasses import dataclass

from leadstone.domains.access.rules import Reader
from leadstone.domains.leads.queries.assigning import lines_by_id
from leadstone.domains.leads.queries.facts import seen_leads_of_people


@dataclass(frozen=True, slots=True)
class Holder:
    """A person, and the lead that the code belongs to."""

    lead_id: int
    name: str


def holders(contact_ids: Collection[int | None], *, reader: Reader) -> dict[int, Holder]:
    """Contact id → who that is, for the people in reach."""
    leads = seen_leads_of_people({pk for pk in contact_ids if pk is not None}, reader=reader)
    latest = {contact_id: next(iter(by_magnet.values())) for contact_id, by_magnet in leads.items()}
    lines = lines_by_id(list(latest.values()), reader=reader)
    return {
        contact_id: Holder(lead_id, lines[lead_id].name or lines[lead_id].email)
        for contact_id, lead_id in latest.items()
        if lead_id in lines
    }
