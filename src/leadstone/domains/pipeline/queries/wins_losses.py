"""What was won and lost over some days, sorted by why, by whom and where from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count

from leadstone.domains.access.rules import Reader
from leadstone.domains.pipeline.models import CloseReason, Stage
from leadstone.domains.pipeline.queries.deal_matching import deals_matching
from leadstone.domains.pipeline.queries.forecast import FIRST_CURRENCY
from leadstone.domains.pipeline.rules import health
from leadstone.domains.pipeline.rules.deal_filter import NONE, DealFilter
from leadstone.domains.pipeline.rules.health import ClosedDeal, Record
from leadstone.domains.pipeline.rules.wins_losses import Group, Outcome, grouped
from leadstone.kernel.money import Currency

Names = Mapping[int, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Every table adds up to the same deals: those closed in the scope asked for. Keys are ids (0: none) and channels."""

    total: Group
    record: Record  # of those that stood on the board
    straight: int  # recorded as won or lost without having stood on the board
    lost_reasons: Sequence[Group]
    won_reasons: Sequence[Group]
    owners: Sequence[Group]
    channels: Sequence[Group]
    magnets: Sequence[Group]
    lost_from: Sequence[Group]  # the stage in which lost deals stood last


class _Row(NamedTuple):
    """What is read of each deal; the names are those of the columns."""

    won_at: datetime | None
    amount_minor: int | None
    close_reason_id: int | None
    owner_id: int | None
    lead__channel: str
    lead__magnet_id: int | None
    left_stage: int | None
    worked: bool
    opened_at: datetime
    closed_at: datetime | None


def wins_and_losses(scope: DealFilter, *, reader: Reader, now: datetime) -> Report:
    """The deals that were closed within `scope`, which names the days and the currency. One query."""
    closed = deals_matching(replace(scope, is_closed=True), reader=reader, now=now)
    rows = [_Row(*row) for row in closed.values_list(*_Row._fields)]
    outcomes = [_outcome(row) for row in rows]
    won, lost = [one for one in outcomes if one.won], [one for one in outcomes if not one.won]
    return Report(
        total=next(iter(grouped(outcomes, by=lambda _one: NONE)), Group(key=NONE)),
        record=health.record_of(_closed_deal(row) for row in rows if row.worked),
        straight=sum(not row.worked for row in rows),
        lost_reasons=grouped(lost, by=lambda one: one.reason_id),
        won_reasons=grouped(won, by=lambda one: one.reason_id),
        owners=grouped(outcomes, by=lambda one: one.owner_id),
        channels=grouped(outcomes, by=lambda one: one.channel),
        magnets=grouped(outcomes, by=lambda one: one.magnet_id),
        lost_from=grouped(lost, by=lambda one: one.left_stage_id),
    )


def currencies(scope: DealFilter, *, reader: Reader, now: datetime) -> tuple[Currency, dict[Currency, int]]:
    """The currency to show (that of `scope`, or of most closed deals), and the others with their number of closed deals."""
    closed = deals_matching(replace(scope, currency=None, is_closed=True), reader=reader, now=now)
    counts = dict(closed.order_by().values_list("currency").annotate(Count("pk")))
    commonest = min(counts, key=lambda code: (-counts[code], code), default=FIRST_CURRENCY)
    shown = scope.currency or Currency(commonest)
    return shown, {Currency(code): count for code, count in counts.items() if code != shown.value}


def reason_names() -> Names:
    """Every reason for winning or losing, also those no longer in use."""
    return dict(CloseReason.objects.order_by("position", "pk").values_list("pk", "names"))


def stage_names() -> Names:
    """Every stage, also those no longer on the board."""
    return dict(Stage.objects.order_by("position", "pk").values_list("pk", "names"))


def _outcome(row: _Row) -> Outcome:
    return Outcome(
        won=row.won_at is not None,
        amount_minor=row.amount_minor or 0,
        reason_id=row.close_reason_id or NONE,
        owner_id=row.owner_id or NONE,
        channel=row.lead__channel,
        magnet_id=row.lead__magnet_id or NONE,
        left_stage_id=row.left_stage or NONE,
    )


def _closed_deal(row: _Row) -> ClosedDeal:
    return ClosedDeal(
        won=row.won_at is not None,
        amount_minor=row.amount_minor or 0,
        opened_at=row.opened_at,
        closed_at=row.closed_at or row.opened_at,
    )
