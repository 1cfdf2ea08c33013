"""The only reads of touches, views and totals of questions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet, Sum

from leadstone.domains.sources.rules import ChannelType
from leadstone.domains.tracking.models import LinkUses, PageViews, QuestionTimes, QuestionTotals, Touch
from leadstone.domains.tracking.rules import Reached, TouchKind, VisitStep
from leadstone.wire.records import TOOK_SECONDS, WAYS


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


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTouch:
    """A form, with its own source."""

    contact_id: int
    at: datetime
    channel: str
    version_id: int | None
    campaign_id: int | None
    link_id: int | None


def touches_by_form(contact_ids: Collection[int]) -> dict[str, FormTouch]:
    """Reference of a submission → the touch that it was, for every form of these people that is not forgotten."""
    return _by_form(Touch.objects.filter(contact_id__in=contact_ids, kind=TouchKind.FORM.value).exclude(submission_ref=""))


def touches_of_forms(refs: Collection[str]) -> dict[str, FormTouch]:
    """Reference of a submission → the touch that it was; a form that is forgotten is left out."""
    return _by_form(Touch.objects.filter(submission_ref__in=refs, kind=TouchKind.FORM.value))


def _by_form(rows: QuerySet[Touch]) -> dict[str, FormTouch]:
    columns = FormTouch.__slots__
    told = rows.values_list("submission_ref", *columns)
    return {ref: FormTouch(**dict(zip(columns, row, strict=True))) for ref, *row in told}


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewTotal:
    """How often a version was looked at, or its questions were begun, on one day from one source; ids of 0: none."""

    step: VisitStep
    version_id: int
    day: date
    channel: ChannelType
    campaign_id: int
    link_id: int
    people: int
    machines: int


def all_views() -> list[ViewTotal]:
    """Every total of views and beginnings that is kept."""
    columns = ("step", "version_id", "day", "channel", "campaign_id", "link_id")
    sums = PageViews.objects.values(*columns).annotate(people=Sum("people"), machines=Sum("machines")).order_by()
    return [ViewTotal(**row | {"channel": ChannelType(row["channel"]), "step": VisitStep(row["step"])}) for row in sums]


def _views() -> QuerySet[PageViews]:
    return PageViews.objects.filter(step=VisitStep.VIEW.value)


def views_by_version(*, since: date) -> dict[int, int]:
    """Version id → how often people looked at it from that day on."""
    rows = _views().filter(day__gte=since).values_list("version_id").annotate(total=Sum("people"))
    return dict(rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFigures:
    """What people did with a link; machines are left out but for their own number."""

    opened: int = 0  # from a screen
    scanned: int = 0  # from paper
    machines: int = 0
    views: int = 0  # of the page behind it

    @property
    def uses(self) -> int:
        return self.opened + self.scanned


def figures_of_links(link_ids: Collection[int]) -> dict[int, LinkFigures]:
    """Link id → its figures over all time; zeros where nothing happened."""
    used: dict[tuple[int, str], tuple[int, int]] = {}
    rows = LinkUses.objects.filter(link_id__in=link_ids).order_by().values_list("link_id", "way")
    for link_id, way, people, machines in rows.annotate(Sum("people"), Sum("machines")):
        used[link_id, way] = (people, machines)
    seen = _views().filter(link_id__in=link_ids).order_by().values_list("link_id").annotate(Sum("people"))
    views = dict(seen)
    return {
        pk: LinkFigures(
            opened=used.get((pk, "t"), (0, 0))[0],
            scanned=used.get((pk, "q"), (0, 0))[0],
            machines=sum(used.get((pk, way), (0, 0))[1] for way in WAYS),
            views=views.get(pk, 0),
        )
        for pk in link_ids
    }


def views_by_channel(since: date, until: date) -> dict[ChannelType, int]:
    """Channel → how often people looked at a page from `since` to `until`, both days included."""
    rows = _views().filter(day__gte=since, day__lte=until).order_by().values_list("channel").annotate(Sum("people"))
    return {ChannelType(channel): int(people) for channel, people in rows}


def views_by_campaign(campaign_ids: Collection[int]) -> dict[int, int]:
    """Campaign id → how often people looked at a page because of it."""
    rows = _views().filter(campaign_id__in=campaign_ids).order_by()
    return dict(rows.values_list("campaign_id").annotate(Sum("people")))


def forms_by_link(link_ids: Collection[int]) -> dict[str, int]:
    """Ref of a form → the link that led to it."""
    rows = Touch.objects.filter(link_id__in=link_ids).exclude(submission_ref="")
    return {ref: link_id for ref, link_id in rows.values_list("submission_ref", "link_id") if link_id}


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
