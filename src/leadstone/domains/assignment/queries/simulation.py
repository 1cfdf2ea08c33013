"""What rules would have done with the leads that came; nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from leadstone.domains.access.rules import Reader
from leadstone.domains.assignment.queries.colleagues import colleague_facts
from leadstone.domains.assignment.queries.rules import OwnerRuleFacts
from leadstone.domains.assignment.rules.fitting import LeadFacts
from leadstone.domains.assignment.rules.giving import RuleFacts, Standing, Turn, give_turns
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads.queries import AssignableLead

MOST_LEADS = 5_000  # a picture of what a rule does needs no more


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """One lead: whose it is, and what the rules would have made of it."""

    owner_id: int | None
    turn: Turn


def simulate(rules: Sequence[OwnerRuleFacts], *, since: datetime, reader: Reader) -> list[Simulated]:
    """What these rules, asked in this order, would have done with the leads since then that the reader may see.

    Each lead is decided as if it were the moment when it came. Away days and hours are today's; how many leads somebody
    carried on a day of the past is not known, so nobody is full. At most the newest `MOST_LEADS`.
    """
    came = leads.leads_opened(since=since, reader=reader, limit=MOST_LEADS)
    facts = [lead_facts(lead) for lead in came]
    turns = give_turns(facts, standing([rule.as_rule() for rule in rules], facts, counting=False), now=None)
    return [Simulated(owner_id=lead.owner_id, turn=turn) for lead, turn in zip(came, turns, strict=True)]


def standing(rules: Sequence[RuleFacts], facts: Sequence[LeadFacts], *, counting: bool) -> Standing:
    """What turns about these leads are decided by."""
    people, firms = leads.owners_before(
        contact_ids={each.contact_id for each in facts if each.contact_id is not None},
        company_ids={each.company_id for each in facts if each.company_id is not None},
        besides=[each.lead_id for each in facts],
    )
    return Standing(
        rules=rules,
        colleagues=colleague_facts(counting=counting),
        owners_of_people=people,
        owners_of_companies=firms,
    )


def lead_facts(lead: AssignableLead) -> LeadFacts:
    return LeadFacts(
        lead_id=lead.lead_id,
        contact_id=lead.contact_id,
        company_id=lead.company_id,
        opened_at=lead.opened_at,
        channel=lead.channel,
        magnet_id=lead.magnet_id,
        language=lead.language,
        countries=lead.countries,
        postcode=lead.postcode,
        band=lead.band,
    )
