"""Where leads came from, gathered for many at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from leadstone.domains.leads.models import Lead


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadOrigin:
    """A lead that stands, and what brought it. `contact_key`: of its person; None for a company without one."""

    lead_id: int
    contact_id: int | None
    contact_key: UUID | None
    magnet_id: int | None
    version_id: int | None
    campaign_id: int | None
    channel: str
    opened_at: datetime
    submission_id: int | None


_COLUMNS = (
    "pk",
    "contact_id",
    "contact__key",
    "magnet_id",
    "version_id",
    "campaign_id",
    "channel",
    "opened_at",
    "submission_id",
)
_FIELDS = LeadOrigin.__slots__


def lead_origins(lead_ids: Collection[int]) -> dict[int, LeadOrigin]:
    """Lead id → its origin; leads that ended are left out."""
    rows = Lead.objects.filter(pk__in=lead_ids, ended_at=None).values_list(*_COLUMNS)
    return {row[0]: LeadOrigin(**dict(zip(_FIELDS, row, strict=True))) for row in rows}


def leads_of_exchanges(pairs: Collection[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """(contact id, magnet id) → the lead of that exchange."""
    rows = Lead.objects.filter(contact_id__in={contact_id for contact_id, _ in pairs}, magnet_id__isnull=False)
    found = {(contact_id, magnet_id): pk for pk, contact_id, magnet_id in rows.values_list("pk", "contact_id", "magnet_id")}
    return {pair: found[pair] for pair in pairs if pair in found}


def last_leads(contact_ids: Collection[int]) -> dict[int, int]:
    """Contact id → their newest standing lead."""
    rows = Lead.objects.filter(contact_id__in=contact_ids, ended_at=None).order_by("opened_at", "pk")
    return {contact_id: pk for contact_id, pk in rows.values_list("contact_id", "pk") if contact_id is not None}


def lead_ids_after(last: int, *, limit: int) -> list[int]:
    """The next leads by id, for whoever walks through all of them."""
    return list(Lead.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:limit])
