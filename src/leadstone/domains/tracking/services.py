"""The only writes of touches, views and totals of questions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from leadstone.domains.sources.rules import ChannelType
from leadstone.domains.tracking.models import LinkUses, PageViews, QuestionTimes, QuestionTotals, StoppedRun, Touch
from leadstone.domains.tracking.rules import TouchKind, VisitStep
from leadstone.infra.bulk import insert_rows

_AT_ONCE = 500


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
    campaign_id: int | None = None
    link_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ViewKey:
    """What page views, and questions begun, are added up by. `said_campaign`: as the address line named it; ids of 0: none."""

    version_id: int
    day: date
    channel: ChannelType
    source: str
    medium: str = ""
    said_campaign: str = ""
    campaign_id: int = 0
    link_id: int = 0
    step: VisitStep = VisitStep.VIEW

    @property
    def columns(self) -> dict[str, object]:
        return asdict(self) | {"channel": self.channel.value, "step": self.step.value}


@dataclass(frozen=True, slots=True, order=True)
class LinkKey:
    """What uses of links are added up by. `way`: "t" from a screen, "q" from paper."""

    link_id: int
    day: date
    way: str


@dataclass(frozen=True, slots=True)
class QuestionKey:
    """What totals of questions are added up by."""

    version_id: int
    day: date
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What is added to one question; `took` by bucket."""

    shown: int = 0
    shown_to_machines: int = 0
    answered: int = 0
    answered_by_machines: int = 0
    took: tuple[int, ...] = ()


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
            campaign_id=touch.campaign_id,
            link_id=touch.link_id,
            note=touch.note,
        )
        for touch in touches
    )


@transaction.atomic
def add_views(totals: Mapping[ViewKey, tuple[int, int]]) -> None:
    """Add (people, machines) to each total; exact however many workers add at once."""
    PageViews.objects.bulk_create([PageViews(**key.columns) for key in totals], ignore_conflicts=True)
    for key, (people, machines) in totals.items():
        same = PageViews.objects.filter(**key.columns)
        same.update(people=F("people") + people, machines=F("machines") + machines)


@transaction.atomic
def add_link_uses(totals: Mapping[LinkKey, tuple[int, int]]) -> None:
    """Add (people, machines) to each total; exact however many workers add at once, and in one order."""
    keys = sorted(totals)
    LinkUses.objects.bulk_create([LinkUses(**asdict(key)) for key in keys], ignore_conflicts=True)
    for key in keys:
        people, machines = totals[key]
        LinkUses.objects.filter(**asdict(key)).update(people=F("people") + people, machines=F("machines") + machines)


@transaction.atomic
def add_questions(totals: Mapping[QuestionKey, Counted]) -> None:
    """Add to each total; exact however many workers add at once, and in one order, so that no two of them wait for each other."""
    keys = sorted(totals, key=astuple)
    rows = [QuestionTotals(version_id=key.version_id, day=key.day, question=key.question) for key in keys]
    QuestionTotals.objects.bulk_create(rows, ignore_conflicts=True)
    times = [
        QuestionTimes(version_id=key.version_id, day=key.day, question=key.question, bucket=bucket)
        for key in keys
        for bucket, answers in enumerate(totals[key].took)
        if answers
    ]
    QuestionTimes.objects.bulk_create(times, ignore_conflicts=True)
    for key in keys:
        counted = totals[key]
        QuestionTotals.objects.filter(version_id=key.version_id, day=key.day, question=key.question).update(
            shown=F("shown") + counted.shown,
            shown_to_machines=F("shown_to_machines") + counted.shown_to_machines,
            answered=F("answered") + counted.answered,
            answered_by_machines=F("answered_by_machines") + counted.answered_by_machines,
        )
    for row in times:
        same = QuestionTimes.objects.filter(version_id=row.version_id, day=row.day, question=row.question, bucket=row.bucket)
        same.update(answers=F("answers") + totals[QuestionKey(row.version_id, row.day, row.question)].took[row.bucket])


@transaction.atomic
def place_touches(placed: Mapping[tuple[ChannelType, int | None, int | None], Sequence[int]]) -> None:
    """Channel, campaign and link → ids of the touches that are understood to have come by them."""
    for (channel, campaign_id, link_id), touch_ids in placed.items():
        for start in range(0, len(touch_ids), _AT_ONCE):
            rows = Touch.objects.filter(pk__in=touch_ids[start : start + _AT_ONCE])
            rows.update(channel=channel.value, campaign_id=campaign_id, link_id=link_id)


@transaction.atomic
def place_views(row_ids: Sequence[int], *, totals: Mapping[ViewKey, tuple[int, int]]) -> None:
    """These rows are understood as those totals from now on; the views in them stay as many."""
    for start in range(0, len(row_ids), _AT_ONCE):
        PageViews.objects.filter(pk__in=row_ids[start : start + _AT_ONCE]).delete()
    add_views(totals)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """What somebody chose who stopped half way. `answers`: key of a question → what was chosen."""

    run: str
    version_id: int
    day: date
    answers: Mapping[str, str]


@transaction.atomic
def keep_stopped(runs: Sequence[Stopped]) -> None:
    """Keep what those chose who stopped; who went on and stopped again is kept as they stopped last."""
    last = {each.run: each for each in runs}
    StoppedRun.objects.bulk_create(
        [
            StoppedRun(run=each.run, version_id=each.version_id, day=each.day, answers=dict(each.answers))
            for _run, each in sorted(last.items())
        ],
        update_conflicts=True,
        unique_fields=["run"],
        update_fields=["version_id", "day", "answers"],
    )


@transaction.atomic
def drop_stopped(runs: Collection[str]) -> None:
    """These stopped no more: their form was sent, and holds what they chose."""
    StoppedRun.objects.filter(run__in=runs).delete()


@transaction.atomic
def forget_stopped(version_id: int, *, before: date) -> int:
    """Delete what was kept of those who stopped before that day; returns how many runs that were."""
    deleted, _by_model = StoppedRun.objects.filter(version_id=version_id, day__lt=before).delete()
    return deleted


@transaction.atomic
def forget_origins(contact_id: int, *, submission_refs: Sequence[str] | None = None) -> None:
    """Erase what the touches of a person say beyond that they happened; `submission_refs` limits it to some forms."""
    touches = Touch.objects.filter(contact_id=contact_id)
    if submission_refs is not None:
        touches = touches.filter(submission_ref__in=submission_refs)
    touches.update(origin={}, note="", submission_ref="")
