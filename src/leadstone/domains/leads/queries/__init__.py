"""The only reads of leads that others may call: what they are judged by, the list, the card."""

from leadstone.domains.leads.queries.assigning import (
    AssignableLead,
    assignable_leads,
    count_unowned,
    leads_opened,
    lines_by_id,
    open_leads_by_owner,
    owners_before,
    unowned_leads,
)
from leadstone.domains.leads.queries.card import LeadCard, NoSuchLead, TimelineEntry, TimelineKind, lead_card
from leadstone.domains.leads.queries.facts import Subject, lead_ids_at, quality_facts, standing_leads, subject_of
from leadstone.domains.leads.queries.listing import (
    MOST_COUNTED,
    Count,
    LeadLine,
    LeadPage,
    count_leads,
    each_lead,
    lead_page,
    newest_leads,
    total_leads,
    visible,
)
from leadstone.domains.leads.queries.tally import leads_by_magnet, unanswered_leads

__all__ = [
    "MOST_COUNTED",
    "AssignableLead",
    "Count",
    "LeadCard",
    "LeadLine",
    "LeadPage",
    "NoSuchLead",
    "Subject",
    "TimelineEntry",
    "TimelineKind",
    "count_leads",
    "assignable_leads",
    "each_lead",
    "count_unowned",
    "lead_card",
    "lead_ids_at",
    "lead_page",
    "leads_by_magnet",
    "newest_leads",
    "leads_opened",
    "lines_by_id",
    "quality_facts",
    "open_leads_by_owner",
    "owners_before",
    "people_of",
    "standing_leads",
    "subject_of",
    "total_leads",
    "unanswered_leads",
    "visible",
    "unowned_leads",
]
