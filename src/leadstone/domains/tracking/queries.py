"""The only reads of touches and views."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum

from leadstone.domains.sources.rules import ChannelType
from leadstone.domains.tracking.models import PageViews, Touch
from leadstone.domains.tracking.rules import TouchKind


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchFacts:
    at: datetime
    kind: TouchKind
    channel: ChannelType
    origin: Mapping[str, str]
    version_id: int | None
    submission_ref: str
    note: str


def touches_of(contact_id: int) -> list[TouchFacts]:
    """Every touch of a person, the oldest first."""
    return [
        TouchFacts(
            at=row.at,
            kind=TouchKind(row.kind),
            channel=ChannelType(row.channel),
            origin=row.origin,
            version_id=row.version_id,
            submission_ref=row.submission_ref,
            note=row.note,
        )
        for row in Touch.objects.filter(contact_id=contact_id).order_by("at", "pk")
    ]


def views_by_version(*, since: date) -> dict[int, int]:
    """Version id → how often people looked at it from that day on."""
    rows = PageViews.objects.filter(day__gte=since).values_list("version_id").annotate(total=Sum("people"))
    return dict(rows)
