"""Where leads stand and whose they are, for upper nouns that know their ids."""

from collections.abc import Collection
from dataclasses import dataclass

from leadstone.domains.leads.models import Lead
from leadstone.domains.leads.rules import Status


@dataclass(frozen=True, slots=True)
class LeadSubject:
    """Whom a lead is about: a person, a company, or a person of a company."""

    contact_id: int | None
    company_id: int | None


def statuses(lead_ids: Collection[int]) -> dict[int, Status]:
    """Lead id → where it stands; leads that do not exist or have ended are left out."""
    rows = Lead.objects.filter(pk__in=lead_ids, ended_at=None).values_list("pk", "status")
    return {lead_id: Status(status) for lead_id, status in rows}


def subjects(lead_ids: Collection[int]) -> dict[int, LeadSubject]:
    """Lead id → whom it is about; leads that do not exist or have ended are left out."""
    rows = Lead.objects.filter(pk__in=lead_ids, ended_at=None).values_list("pk", "contact_id", "company_id")
    return {lead_id: LeadSubject(contact_id, company_id) for lead_id, contact_id, company_id in rows}
