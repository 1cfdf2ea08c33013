"""The only reads of touches, views and totals of questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum

from leadstone.domains.sources.rules import ChannelType
from leadstone.domains.tracking.models import PageViews, QuestionTimes, QuestionTotals, Touch
from leadstone.domains.tracking.rules import Reached, TouchKind
from leadstone.wire.records import TOOK_SECONDS


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


def questions_reached(version_id: int, *, since: date) -> dict[str, Reached]:
    """Key of a question → how it fared from that day on; "" is the form after them. What nobody reached is not in it."""
    totals = QuestionTotals.objects.filter(version_id=version_id, day__gte=since).values_list("question")
    took: dict[str, list[int]] = {}
    times = QuestionTimes.objects.filter(version_id=version_id, day__gte=since, bucket__lte=len(TOOK_SECONDS))
    for question, bucket, answers in times.values_list("question", "bucket").annotate(total=Sum("answers")):
        took.setdefault(question, [0] * (len(TOOK_SECONDS) + 1))[bucket] = answers
    return {
        question: Reached(shown=shown, answered=answered, machines=machines, took=tuple(took.get(question, ())))
        for question, shown, answered, machines in totals.annotate(Sum("shown"), Sum("answered"), Sum("shown_to_machines"))
    }
