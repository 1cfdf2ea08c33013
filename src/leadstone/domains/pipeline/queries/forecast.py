"""What the pipeline should bring and how healthy it is, in one currency. Every figure is one of `deals_matching`, added up."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from leadstone.domains.access.rules import Reader, Thing
from leadstone.domains.pipeline.models import Goal
from leadstone.domains.pipeline.queries.deal_matching import deals_matching, last_year, usual_stays
from leadstone.domains.pipeline.rules import forecast as rules
from leadstone.domains.pipeline.rules import health, rots_since
from leadstone.domains.pipeline.rules.deal_filter import DealFilter
from leadstone.domains.pipeline.rules.forecast import Forecast, OpenDeal, Sale, Span
from leadstone.domains.pipeline.rules.health import ClosedDeal, Record
from leadstone.kernel.money import Currency
from leadstone.kernel.periods import months_from, quarter_of

if TYPE_CHECKING:
    from leadstone.domains.pipeline.queries.deal_matching import JudgedDeals

FIRST_CURRENCY = Currency.PLN  # where there is no deal yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How the pipeline fares. `record` is that of the last year; None stands for "not enough data" everywhere."""

    open_count: int
    record: Record
    velocity: int | None  # minor units a day
    coverage: Fraction | None  # of what is missing from the quarter's goal
    ageing: int | None
    stays: int  # how many stays of won deals "usual" is taken from
    rotting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """One look ahead. `others`: the other currencies with their open deals; `carriers`: deals that carry half of the rest."""

    scope: DealFilter
    currency: Currency
    others: Mapping[Currency, int]
    forecast: Forecast
    quarter: Span
    carriers: int
    health: Health
    goals_apply: bool  # the goals are the whole company's, and so are these deals
    is_new: bool  # there never was a deal


class _Row(NamedTuple):
    """What is read of each deal, in the order in which `_rows` asks for it."""

    currency: str
    amount_minor: int | None
    probability: int
    expected_close: date | None
    stage_id: int
    since: datetime
    touched_at: datetime
    rots_after_days: int | None
    opened_at: datetime
    won_at: datetime | None
    closed_at: datetime | None
    worked: bool


def outlook(scope: DealFilter, *, reader: Reader, now: datetime) -> Outlook:
    """The forecast of the deals in `scope`; its currency, or the one of most deals. Five queries, however many deals."""
    ahead = _rows(deals_matching(replace(scope, currency=None, is_closed=False), reader=reader, now=now))
    behind = _rows(deals_matching(replace(scope, currency=None, closed=last_year(now)), reader=reader, now=now))
    currency = scope.currency or _commonest(ahead) or _commonest(behind) or FIRST_CURRENCY
    others = Counter(Currency(row.currency) for row in ahead if row.currency != currency.value)
    scope = replace(scope, currency=currency)
    is_everything = reader.owners(Thing.DEALS) is None and scope == DealFilter(currency=currency, order=scope.order)
    goals = goals_of(currency, now=now) if is_everything else {}
    here = [row for row in ahead if row.currency == currency.value]
    closed = [row for row in behind if row.currency == currency.value]
    deals = [_open_deal(row) for row in here]
    sales = [_sale(row, now=now) for row in closed if row.won_at]
    today, quarter = now.date(), quarter_of(now.date())
    span = rules.span(quarter, deals=deals, sales=sales, goals=goals, today=today)
    return Outlook(
        scope=scope,
        currency=currency,
        others=others,
        forecast=rules.forecast(deals, sales=sales, goals=goals, today=today),
        quarter=span,
        carriers=rules.carriers_of(quarter, deals=deals, today=today),
        health=_health(here, closed, span=span, reader=reader, now=now),
        goals_apply=is_everything,
        is_new=not ahead and not behind,
    )


def goals_of(currency: Currency, *, now: datetime) -> dict[date, int]:
    """First day of a month → its goal, for the quarter of today and the months of the forecast."""
    quarter = quarter_of(now.date())
    last = months_from(now.date(), count=rules.MONTHS)[-1].last
    rows = Goal.objects.filter(currency=currency.value, month__gte=quarter.first, month__lte=last)
    return dict(rows.values_list("month", "amount_minor"))


def _health(ahead: Sequence[_Row], behind: Sequence[_Row], *, span: Span, reader: Reader, now: datetime) -> Health:
    record = health.record_of(_closed_deal(row) for row in behind if row.worked)
    usual = usual_stays(reader, now=now)
    ageing = [row for row in ahead if health.is_ageing(health.whole_days(row.since, now), typical=usual.get(row.stage_id))]
    rotting = [row for row in ahead if rots_since(quiet_since=row.touched_at, rots_after_days=row.rots_after_days, now=now)]
    return Health(
        open_count=len(ahead),
        record=record,
        velocity=health.velocity(len(ahead), record),
        coverage=health.coverage(span.expected.weighted, goal=span.goal, won=span.won),
        ageing=len(ageing) if usual else None,
        stays=sum(each.sample for each in usual.values()),
        rotting=len(rotting),
    )


def _rows(deals: "JudgedDeals") -> list[_Row]:
    read = deals.values_list(
        "currency",
        "amount_minor",
        "probable",
        "expected_close",
        "stage_id",
        "in_stage_since",
        "touched_at",
        "stage__rots_after_days",
        "opened_at",
        "won_at",
        "closed_at",
        "worked",
    )
    return [_Row(*row) for row in read]


def _commonest(rows: Sequence[_Row]) -> Currency | None:
    counts = Counter(row.currency for row in rows)
    return Currency(min(counts, key=lambda code: (-counts[code], code))) if counts else None


def _open_deal(row: _Row) -> OpenDeal:
    return OpenDeal(amount_minor=row.amount_minor, probability=row.probability, expected_close=row.expected_close)


def _sale(row: _Row, *, now: datetime) -> Sale:
    return Sale(amount_minor=row.amount_minor or 0, on=(row.won_at or now).astimezone(now.tzinfo).date())


def _closed_deal(row: _Row) -> ClosedDeal:
    return ClosedDeal(
        won=row.won_at is not None,
        amount_minor=row.amount_minor or 0,
        opened_at=row.opened_at,
        closed_at=row.closed_at or row.opened_at,
    )
