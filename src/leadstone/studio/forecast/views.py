"""The forecast: one sentence, one picture, and figures that open to their rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right, may
from leadstone.domains.pipeline.queries import forecast as queries
from leadstone.domains.pipeline.queries.deal_matching import last_year
from leadstone.domains.pipeline.queries.forecast import Outlook
from leadstone.domains.pipeline.rules import StageClass
from leadstone.domains.pipeline.rules.deal_filter import Dated, DealFilter, DealOrder
from leadstone.domains.pipeline.rules.forecast import COMMITTED_FROM, Span
from leadstone.studio.forecast.figures import (
    Figure,
    Of,
    PlaceFigures,
    SpanFigures,
    dated,
    later_than,
    of_place,
    of_span,
)
from leadstone.studio.forecast.filters import address, read_filter
from leadstone.studio.forecast.health import health_of
from leadstone.studio.forecast.picture import picture
from leadstone.studio.forecast.scope import other_currencies, scope_of, ways
from leadstone.studio.forecast.words import month
from leadstone.studio.shell.gate import actor, needs, reader
from leadstone.studio.words.numbers import money, percent, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """What the first sentence says."""

    figures: SpanFigures
    carriers: Figure
    carrier_count: int
    open_count: int
    goal: str | None
    share_of_goal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One row of the table beneath the picture."""

    name: str
    figures: SpanFigures
    goal: str | None


@require_safe
@needs(Right.READ_DEALS)
def forecast(request: HttpRequest) -> HttpResponse:
    """What the next months will bring, and how healthy the pipeline is."""
    now = timezone.localtime()
    found = queries.outlook(scope_of(read_filter(request.GET)), reader=reader(request), now=now)
    facts = {
        "found": found,
        "quarter": _quarter(found),
        "picture": picture(found.forecast.months, currency=found.currency),
        "months": [_month(span, found=found) for span in found.forecast.months],
        "places": _places(found),
        "health": health_of(found, looking_back=last_year(now)),
        "others": other_currencies(found.others, shown=found.scope, page="forecast"),
        "committed_from": percent(COMMITTED_FROM / 100),
        "list_url": address("deals_list", replace(found.scope, stage_class=StageClass.OPEN)),
        "wins_url": address("wins_losses", found.scope),
        "goals_url": address("goals", DealFilter(currency=found.currency)),
        "may_set_goals": may(actor(request).role, Right.MANAGE_COMPANY),
    }
    return render(request, "forecast/forecast.html", facts | ways(request, found.scope, page="forecast"))


def _quarter(found: Outlook) -> Quarter:
    span = found.quarter
    rows = replace(found.scope, due=span.days, dated=Dated.TIMELY, stage_class=StageClass.OPEN, order=DealOrder.WEIGHTED)
    return Quarter(
        figures=of_span(span, scope=found.scope),
        carriers=Figure(words=whole(found.carriers), value=str(found.carriers), of=Of.CARRIERS, rows=rows),
        carrier_count=found.carriers,
        open_count=span.expected.count,
        goal=None if span.goal is None else money(span.goal, found.currency),
        share_of_goal=percent(span.likely / span.goal) if span.goal else "",
    )


def _month(span: Span, *, found: Outlook) -> Month:
    return Month(
        name=month(span.days.first) if span.days.first else "",
        figures=of_span(span, scope=found.scope),
        goal=None if span.goal is None else money(span.goal, found.currency),
    )


def _places(found: Outlook) -> Sequence[tuple[str | Promise, PlaceFigures]]:
    """Open deals that no column of the picture holds, each sort with its name; those that there are none of are left out."""
    last = found.forecast.months[-1].days.last
    sorts = (
        (_("The day has passed"), found.forecast.overdue, dated(found.scope, Dated.OVERDUE)),
        (_("Without a day"), found.forecast.undated, dated(found.scope, Dated.UNDATED)),
        (_("Later"), found.forecast.later, later_than(last, scope=found.scope) if last else found.scope),
    )
    return [(words, of_place(sums, rows)) for words, sums, rows in sorts if sums.count]
