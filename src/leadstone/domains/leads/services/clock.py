"""The first-response clock of a lead."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from leadstone.domains.leads.models import Lead


@transaction.atomic
def start_clock(respond_by: Mapping[int, datetime]) -> None:
    """Lead id → until when somebody should have answered. A clock that runs, or was answered, is not set again."""
    rows = list(Lead.objects.filter(pk__in=respond_by, respond_by=None, responded_at=None).only("pk"))
    for row in rows:
        row.respond_by = respond_by[row.pk]
    Lead.objects.bulk_update(rows, ["respond_by"], batch_size=200)


@transaction.atomic
def note_response(*, lead_id: int, now: datetime) -> None:
    """Somebody of the staff called, wrote or met: the first time stops the clock, later ones change nothing."""
    Lead.objects.filter(pk=lead_id, responded_at=None).update(responded_at=now)


@transaction.atomic
def forget_response(*, lead_id: int, at: datetime) -> None:
    """What was noted at that moment was a mistake; a response of another moment stands."""
    Lead.objects.filter(pk=lead_id, responded_at=at).update(responded_at=None)
