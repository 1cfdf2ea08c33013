"""What was redeemed, where, by whom and for how much."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import F, OrderBy, QuerySet

from leadstone.domains.codes.models import Redemption
from leadstone.domains.codes.queries.finding import PURPOSE
from leadstone.domains.codes.rules import Door
from leadstone.infra.sealed_text import open_text
from leadstone.kernel.errors import LeadstoneError

PAGE_SIZE = 50


class NoSuchRedemption(LeadstoneError):
    code = "no_such_redemption"
    sentence = "There is no such redemption."


class Order(StrEnum):
    """How a list of redemptions is sorted."""

    LATEST = "latest"
    OLDEST = "oldest"
    LARGEST = "largest"
    SMALLEST = "smallest"


_ORDERS: dict[Order, tuple[OrderBy, ...]] = {
    Order.LATEST: (F("at").desc(), F("pk").desc()),
    Order.OLDEST: (F("at").asc(), F("pk").asc()),
    Order.LARGEST: (F("amount_minor").desc(nulls_last=True), F("pk").desc()),
    Order.SMALLEST: (F("amount_minor").asc(nulls_last=True), F("pk").asc()),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RedemptionFilter:
    """What a list of redemptions shows; those that were taken back only when it says so."""

    magnet_id: int | None = None
    door: Door | None = None
    since: datetime | None = None
    taken_back: bool = False
    order: Order = Order.LATEST


@dataclass(frozen=True, slots=True, kw_only=True)
class RedemptionFacts:
    """One order for which a code was taken. `amount_minor` are minor units of `currency`."""

    redemption_id: int
    code_id: int
    code: str
    magnet_id: int
    magnet_title: str
    contact_id: int | None
    number: int
    at: datetime
    door: Door
    by_id: int | None
    by_name: str
    amount_minor: int | None
    currency: str
    deal_id: int | None
    taken_back_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RedemptionPage:
    lines: Sequence[RedemptionFacts]
    number: int  # from 1
    has_next: bool


def redemption(redemption_id: int) -> RedemptionFacts:
    """One redemption; raises `NoSuchRedemption`."""
    found = _facts(Redemption.objects.filter(pk=redemption_id))
    if not found:
        raise NoSuchRedemption
    return found[0]


def redemptions_of(code_id: int) -> list[RedemptionFacts]:
    """The orders for which a code was taken and not given back, the latest first."""
    return _facts(Redemption.objects.filter(code_id=code_id, taken_back_at=None).order_by("-at", "-pk"))


def redemption_page(chosen: RedemptionFilter, *, page: int = 1, size: int = PAGE_SIZE) -> RedemptionPage:
    """One page of what a filter matches."""
    start = (max(page, 1) - 1) * size
    found = _facts(_matching(chosen)[start : start + size + 1])
    return RedemptionPage(lines=found[:size], number=max(page, 1), has_next=len(found) > size)


def each_redemption(chosen: RedemptionFilter) -> Iterator[RedemptionFacts]:
    """Everything that a filter matches, for an export, a page at a time."""
    number, has_next = 1, True
    while has_next:
        page = redemption_page(chosen, page=number, size=500)
        yield from page.lines
        number, has_next = number + 1, page.has_next


def _matching(chosen: RedemptionFilter) -> QuerySet[Redemption]:
    rows = Redemption.objects.filter(taken_back_at__isnull=not chosen.taken_back)
    if chosen.magnet_id is not None:
        rows = rows.filter(code__pool__magnet_id=chosen.magnet_id)
    if chosen.door is not None:
        rows = rows.filter(door=chosen.door.value)
    if chosen.since is not None:
        rows = rows.filter(at__gte=chosen.since)
    return rows.order_by(*_ORDERS[chosen.order])


def _facts(rows: QuerySet[Redemption]) -> list[RedemptionFacts]:
    return [
        RedemptionFacts(
            redemption_id=row.pk,
            code_id=row.code_id,
            code=open_text(row.code.sealed, purpose=PURPOSE),
            magnet_id=row.code.pool.magnet_id,
            magnet_title=row.code.pool.magnet.title,
            contact_id=row.code.contact_id,
            number=row.number,
            at=row.at,
            door=Door(row.door),
            by_id=row.by_id,
            by_name=row.by.name if row.by else "",
            amount_minor=row.amount_minor,
            currency=row.currency,
            deal_id=row.deal_id,
            taken_back_at=row.taken_back_at,
        )
        for row in rows.select_related("code__pool__magnet", "by")
    ]
