"""Whom we have to tell that we have their data, and whose task it is."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from django.db.models import Q, QuerySet

from leadstone.domains.access.rules import Reader
from leadstone.domains.leads.queries.listing import visible
from leadstone.domains.suppliers.models import Errand, Notice, Purchase
from leadstone.domains.suppliers.rules import Asks, NoticeState, latest_notice


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFacts:
    """Whom we have to tell, by when, and whether we did. `latest`: the last day that the law allows."""

    lead_id: int
    received_on: date
    due_on: date
    latest: date
    source: str
    state: NoticeState
    activity_id: int | None
    on_its_way: bool  # a letter was written, and has not left yet
    told_at: datetime | None
    told_by_id: int | None
    how: str

    def is_late(self, today: date) -> bool:
        return self.state is NoticeState.DUE and today > self.due_on


class Standing(StrEnum):
    """How far the people of a list are."""

    DUE = "due"
    LATE = "late"  # due, and its day has passed
    TOLD = "told"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFilter:
    """Which people a list of those to be told shows."""

    standing: Standing = Standing.DUE
    supplier_id: int | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrandFacts:
    """One task for many people."""

    supplier_id: int
    supplier_name: str
    asks: Asks
    due_on: date
    owner_id: int | None
    activity_id: int


def notice_page(chosen: NoticeFilter, *, reader: Reader, today: date, page: int = 1, size: int = 50) -> list[NoticeFacts]:
    """A page of whoever in reach of the reader is to be told, the most urgent first."""
    rows = _matching(chosen, reader=reader, today=today).order_by("due_on", "pk")
    return [_notice(row) for row in rows[(page - 1) * size : page * size]]


def each_notice(chosen: NoticeFilter, *, reader: Reader, today: date) -> Iterator[NoticeFacts]:
    """All of them, for a file."""
    rows = _matching(chosen, reader=reader, today=today).order_by("due_on", "pk")
    return (_notice(row) for row in rows.iterator(chunk_size=500))


def count_notices(chosen: NoticeFilter, *, reader: Reader, today: date) -> int:
    """How many `notice_page` has on all of its pages."""
    return _matching(chosen, reader=reader, today=today).count()


def notice_leads(chosen: NoticeFilter, *, reader: Reader, today: date, without_letter: bool = False) -> list[int]:
    """The leads of all of them; `without_letter`: only those to whom none is on its way."""
    rows = _matching(chosen, reader=reader, today=today).order_by("due_on", "pk")
    return list((rows.filter(message_key="") if without_letter else rows).values_list("lead_id", flat=True))


def told_then(told_at: datetime, *, by: int, reader: Reader) -> list[int]:
    """The leads in reach whose people somebody of us told at that moment."""
    rows = Notice.objects.filter(visible(reader, via="lead__"), told_at=told_at, told_by_id=by)
    return list(rows.order_by("pk").values_list("lead_id", flat=True))


def notices_of_leads(lead_ids: Collection[int]) -> dict[int, NoticeFacts]:
    """Lead id → whether its person was told; a lead that came by itself is left out."""
    return {row.lead_id: _notice(row) for row in Notice.objects.filter(lead_id__in=lead_ids)}


def notices_of_tasks(activity_ids: Collection[int]) -> list[NoticeFacts]:
    """Whom these tasks are about, where they are about telling somebody."""
    return [_notice(row) for row in Notice.objects.filter(activity_id__in=activity_ids).order_by("pk")]


def notices_by_letter(*, today: date, limit: int) -> list[int]:
    """Leads whose person is due to be told by a letter that leaves by itself, the most urgent first."""
    rows = Notice.objects.filter(
        state=NoticeState.DUE.value, due_on__lte=today, message_key="", lead__purchases__supplier__tells_itself=True
    )
    return list(rows.order_by("due_on", "pk").values_list("lead_id", flat=True)[:limit])


def errands(
    *, activity_ids: Collection[int] | None = None, supplier_ids: Collection[int] | None = None, asks: Asks | None = None
) -> list[ErrandFacts]:
    """Tasks for many people: of these, of these suppliers, of this kind; the most urgent first."""
    rows = Errand.objects.select_related("supplier").order_by("due_on", "pk")
    if activity_ids is not None:
        rows = rows.filter(activity_id__in=activity_ids)
    if supplier_ids is not None:
        rows = rows.filter(supplier_id__in=supplier_ids)
    if asks is not None:
        rows = rows.filter(asks=asks.value)
    return [
        ErrandFacts(
            supplier_id=row.supplier_id,
            supplier_name=row.supplier.name,
            asks=Asks(row.asks),
            due_on=row.due_on,
            owner_id=row.owner_id,
            activity_id=row.activity_id,
        )
        for row in rows
    ]


def still_due(activity_ids: Iterable[int]) -> set[int]:
    """Which of these tasks still have somebody to be told."""
    rows = Notice.objects.filter(activity_id__in=set(activity_ids), state=NoticeState.DUE.value)
    return {pk for pk in rows.values_list("activity_id", flat=True) if pk is not None}


def unfounded_of(supplier_id: int, *, bought_on: date) -> int:
    """How many people whom this supplier sold us on a day (UTC) we still know without a reason."""
    since = datetime.combine(bought_on, time.min, UTC)
    rows = Purchase.objects.filter(supplier_id=supplier_id, at__gte=since, at__lt=since + timedelta(days=1))
    return rows.filter(lead__contact__unfounded_since__isnull=False, lead__ended_at=None).count()


def _matching(chosen: NoticeFilter, *, reader: Reader, today: date) -> QuerySet[Notice]:
    state = NoticeState.TOLD if chosen.standing is Standing.TOLD else NoticeState.DUE
    rows = Notice.objects.filter(visible(reader, via="lead__"), state=state.value, lead__ended_at=None)
    if chosen.standing is Standing.LATE:
        rows = rows.filter(due_on__lt=today)
    if chosen.due_on is not None:
        rows = rows.filter(due_on=chosen.due_on)
    if chosen.supplier_id is not None:
        rows = rows.filter(Q(lead__purchases__supplier_id=chosen.supplier_id, lead__purchases__refused="")).distinct()
    return rows


def _notice(row: Notice) -> NoticeFacts:
    return NoticeFacts(
        lead_id=row.lead_id,
        received_on=row.received_on,
        due_on=row.due_on,
        latest=latest_notice(row.received_on),
        source=row.source,
        state=NoticeState(row.state),
        activity_id=row.activity_id,
        on_its_way=row.state == NoticeState.DUE.value and bool(row.message_key),
        told_at=row.told_at,
        told_by_id=row.told_by_id,
        how=row.how,
    )
