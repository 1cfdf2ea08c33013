"""What visits said of themselves in their address lines: how often, and which of them said a word."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
from django.db.models import Count, QuerySet, Sum, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, NullIf

from leadstone.domains.tracking.models import PageViews, Touch
from leadstone.domains.tracking.rules import TouchKind, VisitStep
from leadstone.wire.records import Origin

Says = Callable[[Origin], bool]

_NOTHING = Value("", output_field=TextField())


@dataclass(frozen=True, slots=True)
class Said:
    """What was said in one way, and how often: looks at a page, and forms."""

    origin: Origin
    views: int = 0
    forms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTouch:
    """A form that was sent, and what its visit said. `placed`: channel, campaign and link as they are understood so far."""

    touch_id: int
    origin: Origin
    submission_ref: str
    placed: tuple[str, int | None, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewRow:
    """One total of page views, or of questions begun, that no tracked link led to."""

    row_id: int
    step: VisitStep
    version_id: int
    day: date
    channel: str
    campaign_id: int
    origin: Origin
    people: int
    machines: int


def said(*, since: datetime) -> list[Said]:
    """Every combination of words since then; page views and forms apart, as they are counted apart."""
    seen = PageViews.objects.filter(day__gte=since.date(), step=VisitStep.VIEW.value)
    views = seen.order_by().values_list("source", "medium", "said_campaign")
    forms = _forms().filter(at__gte=since).order_by().values_list("source", "medium", "campaign")
    return [
        *(Said(_origin(*words), views=people) for *words, people in views.annotate(Sum("people"))),
        *(Said(_origin(*words), forms=number) for *words, number in forms.annotate(Count("pk"))),
    ]


def forms_that_say(says: Says) -> Iterator[FormTouch]:
    """The forms whose visits say something; `says` judges each combination of words once."""
    names = ("source", "medium", "campaign")
    judged = {words for words in set(_forms().order_by().values_list(*names)) if says(_origin(*words))}
    for source, medium, campaign in judged:
        rows = _forms().filter(source=source, medium=medium, campaign=campaign)
        for row in rows:
            yield FormTouch(
                touch_id=row.pk,
                origin=msgspec.convert(row.origin, Origin),
                submission_ref=row.submission_ref,
                placed=(row.channel, row.campaign_id, row.link_id),
            )


def views_that_say(says: Says) -> list[ViewRow]:
    """The totals of page views, and of questions begun, whose visits say something and came by no tracked link."""
    names = ("source", "medium", "said_campaign")
    rows = PageViews.objects.filter(link_id=0)
    judged = {words for words in set(rows.order_by().values_list(*names)) if says(_origin(*words))}
    return [
        ViewRow(
            row_id=row.pk,
            step=VisitStep(row.step),
            version_id=row.version_id,
            day=row.day,
            channel=row.channel,
            campaign_id=row.campaign_id,
            origin=_origin(*words),
            people=row.people,
            machines=row.machines,
        )
        for words in judged
        for row in rows.filter(**dict(zip(names, words, strict=True)))
    ]


def _forms() -> QuerySet[Any, Any]:
    """Forms with their words as columns; a page that the visit came from stands in for a source that is not named."""
    said_source = NullIf(KeyTextTransform("source", "origin"), _NOTHING)
    return Touch.objects.filter(kind=TouchKind.FORM.value).annotate(
        source=Coalesce(said_source, KeyTextTransform("referrer_host", "origin"), _NOTHING),
        medium=Coalesce(KeyTextTransform("medium", "origin"), _NOTHING),
        campaign=Coalesce(KeyTextTransform("campaign", "origin"), _NOTHING),
    )


def _origin(source: str, medium: str, campaign: str) -> Origin:
    return Origin(source=source or "", medium=medium or "", campaign=campaign or "")
