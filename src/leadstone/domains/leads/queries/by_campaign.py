"""What campaigns brought: leads as numbers, and which form each began with."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q

from leadstone.domains.access.rules import Reader
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.leads.models import Lead
from leadstone.domains.leads.queries.listing import visible
from leadstone.domains.leads.rules import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignLeads:
    """How many leads a campaign brought that still stand: all, with a proven mailbox, qualified."""

    leads: int = 0
    proven: int = 0
    qualified: int = 0


def leads_by_campaign(campaign_ids: Collection[int], *, reader: Reader) -> dict[int, CampaignLeads]:
    """Campaign id → what it brought, as far as the reader sees it; a campaign without a lead is left out."""
    rows = Lead.objects.filter(visible(reader), campaign_id__in=campaign_ids, ended_at=None)
    counted = (
        rows.annotate(mailbox=contacts.has_proven_mailbox(OuterRef("contact")))
        .order_by()
        .values_list("campaign_id")
        .annotate(
            all=Count("pk"),
            proven=Count("pk", filter=Q(mailbox=True)),
            qualified=Count("pk", filter=Q(status=Status.QUALIFIED.value)),
        )
    )
    return {pk: CampaignLeads(leads=leads, proven=proven, qualified=qualified) for pk, leads, proven, qualified in counted if pk}


def leads_by_form(campaign_ids: Collection[int], *, reader: Reader) -> dict[str, int]:
    """Ref of the form that a lead of these campaigns began with → the lead's id."""
    rows = Lead.objects.filter(visible(reader), campaign_id__in=campaign_ids, ended_at=None, submission__isnull=False)
    return dict(rows.values_list("submission__ref", "pk"))
