"""Magnets, channels and campaigns that bring customers, side by side."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.insights import queries as insights
from leadstone.domains.insights.queries import ProofRow
from leadstone.domains.insights.queries.costs import NAMED_ON_BILLS, shared_costs
from leadstone.domains.insights.queries.proof import Key
from leadstone.domains.insights.rules.facts import FactKind, Grouping
from leadstone.domains.insights.rules.flags import Tally, Watched, watch
from leadstone.studio.charts.lines import Chart, Line, line_chart
from leadstone.studio.results.proof_filter import OPENED, Asked, ProofOrder, asked
from leadstone.studio.results.proof_names import name_of, names_of
from leadstone.studio.results.proof_opened import address_of_table, opened_at
from leadstone.studio.results.proof_words import BY, FLAG, PERIODS, STEP, days_said
from leadstone.studio.shell.exports import Columns, csv_file
from leadstone.studio.shell.gate import needs
from leadstone.studio.words.moments import month_short
from leadstone.studio.words.numbers import whole

COLUMNS = (
    FactKind.VIEW,
    FactKind.START,
    FactKind.SUBMIT,
    FactKind.BROUGHT,
    FactKind.CONFIRMED,
    FactKind.DELIVERED,
    FactKind.USED,
    FactKind.QUALIFIED,
    FactKind.MEETING,
)
NEVER_LEFT_OUT = frozenset({FactKind.VIEW, FactKind.SUBMIT, FactKind.CONFIRMED, FactKind.QUALIFIED})
FEW_CUSTOMERS = 5  # a cost by so few is told as what it is
SHOWN_ROWS = 200
TREND_DAYS = 330
LEAST_MONTHS = 3  # two points make no trend
SHORTEST_TREND = 6


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, and where its rows are."""

    words: str | Promise
    number: int
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One source as the table shows it. `per_customer`: currency → minor units. Addresses: where the rows of a sum are."""

    row: ProofRow
    name: str | Promise
    won: Figure
    figures: Sequence[Figure]
    cost: Mapping[str, int]
    per_customer: Mapping[str, int]
    watched: Watched
    took: str
    revenue_url: str
    cost_url: str

    @property
    def few(self) -> bool:
        return self.row.customers < FEW_CUSTOMERS

    @property
    def doubts(self) -> list[str]:
        return [str(FLAG[flag]) for flag in self.watched.flags]


@require_safe
@needs(Right.SEE_FIGURES)
def proof(request: HttpRequest) -> HttpResponse:
    """Every source of one kind side by side, the one with the most customers first."""
    wanted = asked(request.GET, now=timezone.now())
    rows = shown_rows(wanted)
    used = {kind for each in rows for kind in COLUMNS if _number(each.row, kind)} | NEVER_LEFT_OUT
    facts = {
        "rows": [(each, [figure for kind, figure in zip(COLUMNS, each.figures, strict=True) if kind in used]) for each in rows],
        "heads": [STEP[kind] for kind in COLUMNS if kind in used],
        "customers_head": STEP[FactKind.WON],
        "asked": wanted,
        "ways": [(by.value, words) for by, words in BY.items()],
        "periods": PERIODS.items(),
        "orders": [(order.value, words) for order, words in ORDERS.items()],
        "lake": insights.lake_state(),
        "address": address_of_table(wanted),
        "trend": _trend(wanted),
        "head": BY[wanted.by],
    }
    return render(request, "studio/results/proof.html", facts)


@require_safe
@needs(Right.SEE_FIGURES)
def proof_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The figures of the same address as a file."""
    wanted = asked(request.GET, now=timezone.now())
    return csv_file(request, name="proof", columns=_columns(wanted), rows=shown_rows(wanted))


def shown_rows(wanted: Asked) -> list[Shown]:
    """The rows of the table in their order; a fixed number of queries."""
    rows = insights.proof_rows(by=wanted.by, since=wanted.since, until=wanted.until)
    before = {row.key: row for row in insights.proof_rows(by=wanted.by, since=wanted.before, until=wanted.since)}
    costs = _costs(wanted, rows)
    rows += [ProofRow(key=key) for key in costs if key not in {row.key for row in rows}]
    names = names_of(wanted.by, [row.key for row in rows])
    shown = [_shown(row, before=before.get(row.key), cost=costs.get(row.key, {}), names=names, wanted=wanted) for row in rows]
    return sorted((each for each in shown if _is_there(each)), key=lambda each: _rank(each, wanted.order))


def _is_there(each: Shown) -> bool:
    """Whether the table has anything to say of it; that a deal moved is no figure."""
    return bool(each.cost or each.row.revenue or any(_number(each.row, kind) for kind in (*COLUMNS, FactKind.WON)))


def _trend(wanted: Asked) -> Chart | None:
    """Leads, prospects and customers of the last twelve months, the month that has only begun among them."""
    since = (wanted.until.replace(day=1) - timedelta(days=TREND_DAYS)).replace(day=1)
    found = {row.key: row for row in insights.proof_rows(by=Grouping.MONTH, since=since, until=wanted.until)}
    if len(found) < LEAST_MONTHS:
        return None
    months = _begun(_months(since, wanted.until), found)
    rows = [found.get(month, ProofRow(key=month)) for month in months]
    told: Sequence[tuple[str | Promise, str, Callable[[ProofRow], int]]] = (
        (_("Leads"), "one", lambda row: row.leads),
        (STEP[FactKind.QUALIFIED], "three", lambda row: row.people.get(FactKind.QUALIFIED, 0)),
        (STEP[FactKind.WON], "two", lambda row: row.customers),
    )
    over = float(len(months) - 2)  # the last month is not over
    lines = [
        Line(name=str(name), points=[(float(at), float(of(row))) for at, row in enumerate(rows)], part=part, firm_until=over)
        for name, part, of in told
    ]
    words = "; ".join(f"{name}: {', '.join(whole(of(row)) for row in rows)}" for name, _part, of in told)
    labels = [(float(at), month_short(month)) for at, month in enumerate(months)]
    return line_chart(lines, labels=labels, tell=lambda value: whole(round(value)), told=words, whole=True)


def _begun(months: Sequence[date], found: Mapping[Key, ProofRow]) -> Sequence[date]:
    """Without the empty months before anything happened; half a year at least, so that a month does not fill the picture."""
    first = next((at for at, month in enumerate(months) if month in found and (found[month].leads or found[month].customers)), 0)
    return months[min(first, max(0, len(months) - SHORTEST_TREND)) :]


def _months(since: date, until: date) -> list[date]:
    months = [since]
    while (after := (months[-1] + timedelta(days=32)).replace(day=1)) < until:
        months.append(after)
    return months


def _rank(each: Shown, order: ProofOrder) -> tuple[float, float, int, str]:
    revenue, per_customer = sum(each.row.revenue.values()), sum(each.per_customer.values())
    first: Mapping[ProofOrder, float] = {
        ProofOrder.CUSTOMERS: -each.row.customers,
        ProofOrder.REVENUE: -revenue,
        ProofOrder.PER_CUSTOMER: per_customer if each.per_customer else float("inf"),
    }
    return first[order], -each.row.customers, -each.row.leads, str(each.name)


def _shown(row: ProofRow, *, before: ProofRow | None, cost: Mapping[str, int], names: Mapping[Key, str], wanted: Asked) -> Shown:
    return Shown(
        row=row,
        name=name_of(wanted.by, row.key, names),
        won=_figure(row, FactKind.WON, wanted),
        figures=[_figure(row, kind, wanted) for kind in COLUMNS],
        cost=cost,
        per_customer={currency: round(minor / row.customers) for currency, minor in cost.items()} if row.customers else {},
        watched=watch(tally(row), before=tally(before)) if before else Watched(flags=(), enough=False),
        took="" if row.median_days is None else days_said(row.median_days),
        revenue_url=opened_at("proof_sales", row.key, wanted),
        cost_url=opened_at("proof_costs", row.key, wanted),
    )


def tally(row: ProofRow) -> Tally:
    """What is watched of a row."""
    kept = row.number.get(FactKind.RATED_YES, 0)
    answers = kept + row.number.get(FactKind.RATED_PARTLY, 0) + row.number.get(FactKind.RATED_NO, 0)
    return Tally(
        leads=row.leads,
        qualified=row.people.get(FactKind.QUALIFIED, 0),
        kept=kept,
        answers=answers,
        complaints=row.number.get(FactKind.COMPLAINT, 0),
    )


def _number(row: ProofRow, kind: FactKind) -> int:
    return (row.people if kind in OPENED else row.number).get(kind, 0)


def _figure(row: ProofRow, kind: FactKind, wanted: Asked) -> Figure:
    number = _number(row, kind)
    if not number:
        return Figure(STEP[kind], number)
    behind = "proof_rows" if kind in OPENED else "proof_looks"
    return Figure(STEP[kind], number, opened_at(behind, row.key, wanted, step=kind.value))


def _costs(wanted: Asked, rows: Sequence[ProofRow]) -> Mapping[Key, Mapping[str, int]]:
    if wanted.by in NAMED_ON_BILLS:
        return {row.key: row.cost for row in rows if row.cost}
    return shared_costs(by=wanted.by, since=wanted.since, until=wanted.until)


ORDERS: Mapping[ProofOrder, str | Promise] = {
    ProofOrder.CUSTOMERS: _("Most customers first"),
    ProofOrder.REVENUE: _("Most revenue first"),
    ProofOrder.PER_CUSTOMER: _("Cheapest customer first"),
}


def _money(amounts: Mapping[str, int]) -> str:
    return "; ".join(f"{minor / 100:.2f} {currency}" for currency, minor in amounts.items())


def _counted(kind: FactKind) -> tuple[str | Promise, Callable[[Shown], str]]:
    return STEP[kind], lambda each: str(_number(each.row, kind))


def _columns(wanted: Asked) -> Columns[Shown]:
    return (
        (BY[wanted.by], lambda each: str(each.name)),
        *(_counted(kind) for kind in (*COLUMNS, FactKind.WON)),
        (_("Revenue"), lambda each: _money(each.row.revenue)),
        (_("Cost"), lambda each: _money(each.cost)),
        (_("Cost of a customer"), lambda each: _money(each.per_customer)),
        (_("Days until they buy (median)"), lambda each: "" if each.row.median_days is None else f"{each.row.median_days:g}"),
        (_("To look at"), lambda each: "; ".join(each.doubts)),
    )
