"""The only reads of leads that others may call: what they are judged by, the list, the card."""

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
    "Count",
    "LeadCard",
    "LeadLine",
    "LeadPage",
    "NoSuchLead",
    "Subject",
    "TimelineEntry",
    "TimelineKind",
    "count_leads",
    "each_lead",
    "lead_card",
    "lead_ids_at",
    "lead_page",
    "leads_by_magnet",
    "newest_leads",
    "quality_facts",
    "standing_leads",
    "subject_of",
    "total_leads",
    "unanswered_leads",
    "visible",
]
