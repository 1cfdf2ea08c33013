"""The list of deals and its export: lines, pages, and what all of them add up to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import BigIntegerField, Count, F, Q, Sum
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce

from leadstone.domains.access.rules import Reader
from leadstone.domains.pipeline.models import Stage
from leadstone.domains.pipeline.queries.deal_matching import LOST, OPEN, WON, deals_matching
from leadstone.domains.pipeline.rules import StageClass, health, rots_since
from leadstone.domains.pipeline.rules.deal_filter import DealFilter, DealOrder
from leadstone.domains.sources.rules import ChannelType

if TYPE_CHECKING:
    from leadstone.domains.pipeline.queries.deal_matching import JudgedDeal, JudgedDeals

PAGE_SIZE = 50

_ORDERS: Mapping[DealOrder, tuple[str | OrderBy, ...]] = {
    DealOrder.CLOSE: (F("expected_close").asc(nulls_last=True), "pk"),
    DealOrder.VALUE: (F("amount_minor").desc(nulls_last=True), "pk"),
    DealOrder.WEIGHTED: ("-weighted", "pk"),
    DealOrder.NEWEST: ("-opened_at", "-pk"),
    DealOrder.LONGEST: ("in_stage_since", "pk"),
    DealOrder.CLOSED: (F("closed_at").desc(nulls_last=True), "-pk"),
    DealOrder.NAME: ("company__name", "contact__name", "title", "pk"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DealLine:
    """One row of the list and of the export. Names of stages and reasons: language → words."""

    deal_id: int
    lead_id: int
    title: str
    person: str
    company: str
    owner_name: str
    stage_names: Mapping[str, str]
    stage_class: StageClass
    amount_minor: int | None
    currency: str
    probability: int
    by_hand: bool  # the probability is somebody's own judgement
    weighted: int
    expected_close: date | None
    is_overdue: bool
    opened_at: datetime
    in_stage_since: datetime
    days_in_stage: int
    touched_at: datetime
    is_rotting: bool
    closed_at: datetime | None
    days_to_close: int | None  # whole days from opened to won or lost
    worked: bool
    reason_names: Mapping[str, str]
    left_stage_names: Mapping[str, str]
    channel: ChannelType
    magnet_title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrencyTotal:
    """The matching deals of one currency, added up."""

    currency: str
    count: int
    total: int
    weighted: int
    unvalued: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """All matching deals, on whichever page they stand."""

    count: int
    open: int
    won: int
    lost: int
    by_currency: tuple[CurrencyTotal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DealPage:
    lines: tuple[DealLine, ...]
    number: int  # from 1
    has_next: bool
    totals: Totals


def deal_page(chosen: DealFilter, *, reader: Reader, now: datetime, page: int = 1, size: int = PAGE_SIZE) -> DealPage:
    """One page of the list; a page beyond the end is empty. A fixed number of queries, however long the page."""
    found = deals_matching(chosen, reader=reader, now=now)
    start = (max(page, 1) - 1) * size
    rows = list(_with_names(found.order_by(*_ORDERS[chosen.order]))[start : start + size + 1])
    stages = _stage_names()
    return DealPage(
        lines=tuple(_line(row, stages=stages, now=now) for row in rows[:size]),
        number=max(page, 1),
        has_next=len(rows) > size,
        totals=totals(found),
    )


def each_deal(chosen: DealFilter, *, reader: Reader, now: datetime, chunk: int = 500) -> Iterator[DealLine]:
    """Every matching deal for an export, in the order of the list and in constant memory."""
    found = deals_matching(chosen, reader=reader, now=now).order_by(*_ORDERS[chosen.order])
    stages = _stage_names()
    for row in _with_names(found).iterator(chunk_size=chunk):
        yield _line(row, stages=stages, now=now)


def totals(found: "JudgedDeals") -> Totals:
    """What the deals add up to, by currency; one query."""
    rows = list(
        found.order_by()
        .values("currency")
        .annotate(
            rows=Count("pk"),
            open=Count("pk", filter=OPEN),
            won=Count("pk", filter=WON),
            lost=Count("pk", filter=LOST),
            unvalued=Count("pk", filter=Q(amount_minor=None)),
            total=Coalesce(Sum("amount_minor"), 0, output_field=BigIntegerField()),
            likely=Coalesce(Sum("weighted"), 0, output_field=BigIntegerField()),
        )
        .order_by("-rows", "currency")
    )
    return Totals(
        count=sum(row["rows"] for row in rows),
        open=sum(row["open"] for row in rows),
        won=sum(row["won"] for row in rows),
        lost=sum(row["lost"] for row in rows),
        by_currency=tuple(
            CurrencyTotal(
                currency=row["currency"],
                count=row["rows"],
                total=int(row["total"]),
                weighted=int(row["likely"]),
                unvalued=row["unvalued"],
            )
            for row in rows
        ),
    )


def _with_names(deals: "JudgedDeals") -> "JudgedDeals":
    return deals.select_related("contact", "company", "owner", "stage", "close_reason", "lead__magnet")


def _stage_names() -> dict[int, Mapping[str, str]]:
    return dict(Stage.objects.values_list("pk", "names"))


def _line(row: "JudgedDeal", *, stages: Mapping[int, Mapping[str, str]], now: datetime) -> DealLine:
    closed_at = row.won_at or row.lost_at
    is_open = row.stage.stage_class == StageClass.OPEN.value
    return DealLine(
        deal_id=row.pk,
        lead_id=row.lead_id,
        title=row.title,
        person=row.contact.name if row.contact else "",
        company=row.company.name if row.company else "",
        owner_name=row.owner.name if row.owner else "",
        stage_names=row.stage.names,
        stage_class=StageClass(row.stage.stage_class),
        amount_minor=row.amount_minor,
        currency=row.currency,
        probability=row.probable,
        by_hand=is_open and row.manual_probability is not None,
        weighted=row.weighted,
        expected_close=row.expected_close,
        is_overdue=is_open and row.expected_close is not None and row.expected_close < now.date(),
        opened_at=row.opened_at,
        in_stage_since=row.in_stage_since,
        days_in_stage=health.whole_days(row.in_stage_since, now),
        touched_at=row.touched_at,
        is_rotting=is_open and rots_since(quiet_since=row.touched_at, rots_after_days=row.stage.rots_after_days, now=now),
        closed_at=closed_at,
        days_to_close=health.whole_days(row.opened_at, closed_at) if closed_at else None,
        worked=row.worked,
        reason_names=row.close_reason.names if row.close_reason else {},
        left_stage_names=stages.get(row.left_stage or 0, {}),
        channel=ChannelType(row.lead.channel),
        magnet_title=row.lead.magnet.title if row.lead.magnet else "",
    )
