"""The only writes of touches and views."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from leadstone.domains.sources.rules import ChannelType
from leadstone.domains.tracking.models import PageViews, Touch
from leadstone.domains.tracking.rules import TouchKind
from leadstone.infra.bulk import insert_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """One contact between a person and us. `origin`: what the visit said of its source."""

    contact_id: int
    at: datetime
    kind: TouchKind
    channel: ChannelType
    origin: Mapping[str, str]
    version_id: int | None = None
    submission_ref: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ViewKey:
    """What page views are added up by."""

    version_id: int
    day: date
    channel: ChannelType
    source: str


@transaction.atomic
def note_touches(touches: Sequence[Touched]) -> None:
    insert_rows(
        Touch(
            contact_id=touch.contact_id,
            at=touch.at,
            kind=touch.kind.value,
            channel=touch.channel.value,
            origin=dict(touch.origin),
            version_id=touch.version_id,
            submission_ref=touch.submission_ref,
            note=touch.note,
        )
        for touch in touches
    )


@transaction.atomic
def add_views(totals: Mapping[ViewKey, tuple[int, int]]) -> None:
    """Add (people, machines) to each total; exact however many workers add at once."""
    rows = [PageViews(version_id=key.version_id, day=key.day, channel=key.channel.value, source=key.source) for key in totals]
    PageViews.objects.bulk_create(rows, ignore_conflicts=True)
    for key, (people, machines) in totals.items():
        PageViews.objects.filter(version_id=key.version_id, day=key.day, channel=key.channel.value, source=key.source).update(
            people=F("people") + people, machines=F("machines") + machines
        )


@transaction.atomic
def forget_origins(contact_id: int, *, submission_refs: Sequence[str] | None = None) -> None:
    """Erase what the touches of a person say beyond that they happened; `submission_refs` limits it to some forms."""
    touches = Touch.objects.filter(contact_id=contact_id)
    if submission_refs is not None:
        touches = touches.filter(submission_ref__in=submission_refs)
    touches.update(origin={}, note="", submission_ref="")
