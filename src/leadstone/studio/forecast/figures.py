"""Figures that open to their rows: each carries its words, its exact value, and the list that adds up to it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from django.utils.html import format_html
from django.utils.safestring import SafeString

from leadstone.domains.pipeline.rules import StageClass
from leadstone.domains.pipeline.rules.deal_filter import Dated, DealFilter, DealOrder
from leadstone.domains.pipeline.rules.forecast import Span, Sums
from leadstone.kernel.periods import Days
from leadstone.studio.forecast.filters import address
from leadstone.studio.words.numbers import money, whole


class Of(StrEnum):
    """What the rows behind a figure have to be asked for to find it again. The names are those of the export's columns."""

    COUNT = "count"  # how many rows
    AMOUNT = "amount"  # the sum of their values
    WEIGHTED = "weighted"  # the sum of their weighted values
    WIN_RATE = "win_rate"  # won rows ÷ all rows
    WIN_RATE_BY_VALUE = "win_rate_by_value"
    AVERAGE = "average"  # the mean value, rounded half up
    MEDIAN_DAYS = "median_days"  # of the days from opened to closed
    CARRIERS = "carriers"  # how few of the rows carry half of the weighted sum


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`value` is exact, for machines: a number of rows, minor units, days or a ratio like "7/12"."""

    words: str
    value: str
    of: Of
    rows: DealFilter

    @property
    def url(self) -> str:
        return address("deals_list", self.rows)

    @property
    def is_nothing(self) -> bool:
        return self.value == "0"

    @property
    def cell(self) -> SafeString:
        """The figure in a table, where nothing is a dash."""
        return format_html('<data class="faint" value="0">{}</data>', "–") if self.is_nothing else self.linked

    @property
    def linked(self) -> SafeString:
        """The figure as a link to its rows; where there is nothing, there is nothing to open."""
        if self.is_nothing:
            return format_html('<data value="0">{}</data>', self.words)
        return format_html(
            '<a href="{}" data-of="{}"><data value="{}">{}</data></a>', self.url, self.of.value, self.value, self.words
        )


def counted(number: int, rows: DealFilter) -> Figure:
    return Figure(words=whole(number), value=str(number), of=Of.COUNT, rows=rows)


def amount(minor: int, rows: DealFilter, *, of: Of = Of.AMOUNT) -> Figure:
    """`rows` names the currency."""
    # A mean is said in whole units: its cents would only pretend.
    said = (minor + 50) // 100 * 100 if of is Of.AVERAGE else minor
    order = DealOrder.WEIGHTED if of is Of.WEIGHTED else DealOrder.VALUE
    return Figure(words=money(said, rows.currency or ""), value=str(minor), of=of, rows=replace(rows, order=order))


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanFigures:
    """What a month or a quarter brings, ready to be shown."""

    won: Figure
    committed: Figure
    likely: Figure
    best: Figure
    open: Figure
    unvalued: Figure


def of_span(span: Span, *, scope: DealFilter) -> SpanFigures:
    """`likely` and `best` are found in the same rows: what was won in these days, and what is still expected in them."""
    rows = replace(scope, due=span.days, dated=Dated.TIMELY)
    expected = replace(rows, stage_class=StageClass.OPEN)
    return SpanFigures(
        won=amount(span.won, replace(scope, due=span.days, stage_class=StageClass.WON)),
        committed=amount(span.expected.committed, replace(expected, committed=True)),
        likely=amount(span.likely, rows, of=Of.WEIGHTED),
        best=amount(span.best, rows),
        open=counted(span.expected.count, expected),
        unvalued=counted(span.expected.unvalued, replace(expected, valued=False)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFigures:
    """Open deals that no month holds."""

    open: Figure
    committed: Figure
    likely: Figure
    best: Figure


def of_place(sums: Sums, rows: DealFilter) -> PlaceFigures:
    return PlaceFigures(
        open=counted(sums.count, rows),
        committed=amount(sums.committed, replace(rows, committed=True)),
        likely=amount(sums.weighted, rows, of=Of.WEIGHTED),
        best=amount(sums.total, rows),
    )


def later_than(last: date, *, scope: DealFilter) -> DealFilter:
    """Open deals that are expected after the last month of the forecast."""
    return replace(scope, stage_class=StageClass.OPEN, due=Days(last + timedelta(days=1)))


def dated(scope: DealFilter, how: Dated) -> DealFilter:
    return replace(scope, stage_class=StageClass.OPEN, dated=how)
