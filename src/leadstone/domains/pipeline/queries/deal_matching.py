"""Which deals a filter means: the one query behind the list, the totals, the export and the rows of each figure.

`now` comes in the reader's zone: its date is today, and a deal is won on the day that the reader's calendar showed.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, TypedDict

from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from leadstone.domains.access.rules import Reader
from leadstone.domains.pipeline.models import Deal, Stage, StageChange
from leadstone.domains.pipeline.queries.seen import deals_seen_by
from leadstone.domains.pipeline.rules import StageClass, health
from leadstone.domains.pipeline.rules.board import Whose
from leadstone.domains.pipeline.rules.deal_filter import NONE, Dated, DealFilter
from leadstone.domains.pipeline.rules.forecast import COMMITTED_FROM
from leadstone.domains.pipeline.rules.health import Step, Typical
from leadstone.kernel.folding import fold
from leadstone.kernel.periods import Days, days_until

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    JudgedDeal = WithAnnotations[Deal, "Judged"]
    JudgedDeals = QuerySet[JudgedDeal]

LOOKING_BACK = 365  # days over which rates and usual durations are taken

OPEN, WON, LOST = (Q(stage__stage_class=each.value) for each in StageClass)
_LATEST = ("-at", "-pk")
_HISTORY = StageChange.objects.filter(deal=OuterRef("pk"))
_ENDS = [StageClass.WON.value, StageClass.LOST.value]


class Judged(TypedDict):
    """What `deals_matching` knows of each row beside its columns."""

    probable: int  # percent: the manual probability or the stage's, 100 when won, 0 when lost
    weighted: int
    in_stage_since: datetime
    left_stage: int | None
    closed_at: datetime | None
    worked: bool


def deals_matching(chosen: DealFilter, *, reader: Reader, now: datetime) -> "JudgedDeals":
    """The one query behind every figure of deals; each row knows its probability, weighted value and time in the stage."""
    deals = _judged(deals_seen_by(reader))
    for wanted in _conditions(chosen, reader=reader, now=now):
        deals = deals.filter(wanted)
    if chosen.rotting is not None:
        deals = _either(deals, _rotting(now), chosen.rotting)
    if chosen.ageing is not None:
        deals = _either(deals, _ageing(reader, now=now), chosen.ageing)
    return deals


def usual_stays(reader: Reader, *, now: datetime) -> Mapping[int, Typical]:
    """Stage id → how long deals that were won in the last year stood in it."""
    recent = deals_seen_by(reader).filter(won_at__gte=now - timedelta(days=LOOKING_BACK))
    changes = StageChange.objects.filter(deal__in=recent).order_by("deal_id", "at", "pk")
    histories: dict[int, list[Step]] = {}
    for deal_id, stage_id, stage_class, at in changes.values_list("deal_id", "after_id", "after__stage_class", "at"):
        histories.setdefault(deal_id, []).append(Step(stage_id, StageClass(stage_class), at))
    return health.typical_stays(histories.values())


def last_year(now: datetime) -> Days:
    """The days over which rates are taken."""
    return days_until(now.date(), count=LOOKING_BACK)


def _judged(deals: QuerySet[Deal]) -> "JudgedDeals":
    whole = BigIntegerField()
    return deals.annotate(
        probable=Case(
            When(WON, then=Value(100)),
            When(LOST, then=Value(0)),
            default=Coalesce("manual_probability", "stage__probability"),
            output_field=IntegerField(),
        ),
        closed_at=Coalesce("won_at", "lost_at"),
        # The history is the truth; a deal without one entered when it says so.
        in_stage_since=Coalesce(Subquery(_HISTORY.order_by(*_LATEST).values("at")[:1]), "entered_stage_at"),
        left_stage=Subquery(
            _HISTORY.filter(after__stage_class__in=_ENDS).order_by(*_LATEST).values("before_id")[:1], output_field=whole
        ),
        worked=Exists(_HISTORY.filter(after__stage_class=StageClass.OPEN.value)),
    ).annotate(
        # `rules.forecast.weighted`, in the database: whole numbers divide to whole numbers on both.
        weighted=ExpressionWrapper((Coalesce(F("amount_minor"), 0, output_field=whole) * F("probable") + 50) / 100, whole)
    )


def _conditions(chosen: DealFilter, *, reader: Reader, now: datetime) -> Iterator[Q]:
    yield from _whose(chosen, reader=reader)
    if chosen.stage_class is not None:
        yield Q(stage__stage_class=chosen.stage_class.value)
    if chosen.is_closed is not None:
        yield WON | LOST if chosen.is_closed else OPEN
    if chosen.currency is not None:
        yield Q(currency=chosen.currency.value)
    if chosen.channel is not None:
        yield Q(lead__channel=chosen.channel.value)
    for name, wanted in (
        ("stage_id", chosen.stage_id),
        ("left_stage", chosen.left_stage_id),
        ("close_reason_id", chosen.reason_id),
        ("lead__magnet_id", chosen.magnet_id),
    ):
        if wanted is not None:
            yield Q(**{f"{name}__isnull": True}) if wanted == NONE else Q(**{name: wanted})
    if chosen.valued is not None:
        yield Q(amount_minor__isnull=not chosen.valued)
    if chosen.worked is not None:
        yield Q(worked=chosen.worked)
    if chosen.committed is not None:
        yield Q(probable__gte=COMMITTED_FROM) if chosen.committed else Q(probable__lt=COMMITTED_FROM)
    yield from _times(chosen, now=now)
    yield from _search(chosen.search)


def _search(text: str) -> Iterator[Q]:
    """Every word must be found, in any order. NUL cannot be stored, so nothing holds it; titles are kept as they were typed."""
    for word in text.replace("\0", " ").split()[:8]:
        folded = fold(word).strip()
        yield Q(contact__search__contains=folded) | Q(company__search__contains=folded) | Q(title__icontains=word)


def _whose(chosen: DealFilter, *, reader: Reader) -> Iterator[Q]:
    if chosen.whose is Whose.MINE:
        yield Q(owner_id=reader.user_id)
    elif chosen.whose is Whose.TEAM:
        yield Q(owner_id__in=reader.team | ({reader.user_id} - {None}))
    if chosen.owner_id is not None:
        yield Q(owner=None) if chosen.owner_id == NONE else Q(owner_id=chosen.owner_id)


def _times(chosen: DealFilter, *, now: datetime) -> Iterator[Q]:
    today = now.date()
    if chosen.due is not None:
        expected = OPEN & _dates("expected_close", chosen.due) & Q(expected_close__isnull=False)
        yield expected | (WON & _moments("won_at", chosen.due, now=now))
    if chosen.closed is not None:
        yield Q(closed_at__isnull=False) & _moments("closed_at", chosen.closed, now=now)
    if chosen.dated is Dated.TIMELY:
        yield ~OPEN | Q(expected_close__gte=today)
    elif chosen.dated is Dated.OVERDUE:
        yield OPEN & Q(expected_close__lt=today)
    elif chosen.dated is Dated.UNDATED:
        yield OPEN & Q(expected_close=None)


def _dates(name: str, days: Days) -> Q:
    first = Q(**{f"{name}__gte": days.first}) if days.first else Q()
    return first & Q(**{f"{name}__lte": days.last}) if days.last else first


def _moments(name: str, days: Days, *, now: datetime) -> Q:
    """From the first midnight to the last one, as the clocks of the reader's zone show it."""
    first = Q(**{f"{name}__gte": datetime.combine(days.first, time.min, now.tzinfo)}) if days.first else Q()
    if days.last is None or days.last == date.max:
        return first
    return first & Q(**{f"{name}__lt": datetime.combine(days.last + timedelta(days=1), time.min, now.tzinfo)})


def _either(deals: "JudgedDeals", condition: Q, wanted: bool) -> "JudgedDeals":
    return deals.filter(condition) if wanted else deals.exclude(condition)


def _rotting(now: datetime) -> Q:
    """`health.is_rotting`, in the database."""
    found = Q(pk__in=[])
    stages = Stage.objects.filter(stage_class=StageClass.OPEN.value, rots_after_days__isnull=False)
    for stage_id, days in stages.values_list("pk", "rots_after_days"):
        found |= Q(stage_id=stage_id, touched_at__lte=now - timedelta(days=days or 0))
    return found


def _ageing(reader: Reader, *, now: datetime) -> Q:
    """`health.is_ageing`, in the database."""
    found = Q(pk__in=[])
    for stage_id, typical in usual_stays(reader, now=now).items():
        found |= OPEN & Q(stage_id=stage_id, in_stage_since__lte=health.ages_before(typical, now=now))
    return found
