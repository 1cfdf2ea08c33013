"""Wins and losses: why, by whom and where from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from leadstone.domains.access import queries as access
from leadstone.domains.access.rules import Right
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.pipeline.queries import wins_losses as queries
from leadstone.domains.pipeline.queries.deal_matching import last_year
from leadstone.domains.pipeline.queries.wins_losses import Report
from leadstone.domains.pipeline.rules import StageClass
from leadstone.domains.pipeline.rules.deal_filter import DealFilter, DealOrder
from leadstone.domains.pipeline.rules.wins_losses import Group
from leadstone.domains.sources.rules import ChannelType
from leadstone.kernel.periods import days_until, quarter_of
from leadstone.studio.forecast.figures import Figure, amount, counted
from leadstone.studio.forecast.filters import address, read_filter
from leadstone.studio.forecast.rates import rates_of
from leadstone.studio.forecast.scope import Way, other_currencies, scope_of, ways
from leadstone.studio.forecast.words import named, span
from leadstone.studio.shell.gate import needs, reader
from leadstone.studio.words.leads import CHANNEL

Named = Callable[[int | str], str]
Rows = Callable[[int | str], DealFilter]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One group of closed deals. Widths of its bar are percentages of the largest group, written with a point."""

    words: str
    won: Figure
    won_amount: Figure
    lost: Figure
    lost_amount: Figure
    won_width: str
    width: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    title: str | Promise
    lines: Sequence[Line]


@require_safe
@needs(Right.READ_DEALS)
def wins_losses(request: HttpRequest) -> HttpResponse:
    """Closed deals over some days, in one currency."""
    now, asked, who = timezone.localtime(), read_filter(request.GET), reader(request)
    days = asked.closed or last_year(now)
    within = replace(scope_of(asked), closed=days)
    currency, others = queries.currencies(within, reader=who, now=now)
    scope = replace(within, currency=currency)
    found = queries.wins_and_losses(scope, reader=who, now=now)
    facts = {
        "found": found,
        "rates": rates_of(found.record, rows=scope),
        "days": span(days),
        "periods": _periods(scope, today=now.date()),
        "reasons": _reasons(found, scope=scope),
        "tables": _tables(found, scope=scope),
        "straight": counted(found.straight, replace(scope, is_closed=True, worked=False, order=DealOrder.CLOSED)),
        "total": _line(found.total, words="", scope=scope),
        "others": other_currencies(others, shown=scope, page="wins_losses"),
        "forecast_url": address("forecast", replace(scope, closed=None)),
    }
    return render(request, "forecast/wins_losses.html", facts | ways(request, scope, page="wins_losses"))


def _periods(scope: DealFilter, *, today: date) -> list[Way]:
    quarter = quarter_of(today)
    before = quarter_of((quarter.first or today) - timedelta(days=1))
    offered = (
        (_("Last 365 days"), days_until(today, count=365)),
        (_("Last 90 days"), days_until(today, count=90)),
        (_("This quarter"), quarter),
        (_("The quarter before"), before),
    )
    return [
        Way(words=words, url=address("wins_losses", replace(scope, closed=days)), is_current=days == scope.closed)
        for words, days in offered
    ]


def _reasons(found: Report, *, scope: DealFilter) -> list[Table]:
    names, stages = queries.reason_names(), queries.stage_names()
    lost, won = replace(scope, stage_class=StageClass.LOST), replace(scope, stage_class=StageClass.WON)

    def why(key: int | str) -> str:
        return named(names.get(int(key), {})) or gettext("No reason said")

    def where(key: int | str) -> str:
        return named(stages.get(int(key), {})) or gettext("Never stood on the board")

    return [
        _table(_("Why deals were lost"), found.lost_reasons, why, lambda key: replace(lost, reason_id=int(key))),
        _table(_("Where lost deals stood last"), found.lost_from, where, lambda key: replace(lost, left_stage_id=int(key))),
        _table(_("Why deals were won"), found.won_reasons, why, lambda key: replace(won, reason_id=int(key))),
    ]


def _tables(found: Report, *, scope: DealFilter) -> list[Table]:
    people = {one.user_id: one.name for one in access.staff()}
    titles = magnets.titles()

    def who(key: int | str) -> str:
        return people.get(int(key)) or gettext("Nobody’s")

    def channel(key: int | str) -> str:
        return str(CHANNEL[ChannelType(str(key))])

    def magnet(key: int | str) -> str:
        return titles.get(int(key)) or gettext("Without a magnet")

    return [
        _table(_("By owner"), found.owners, who, lambda key: replace(scope, owner_id=int(key))),
        _table(_("By channel"), found.channels, channel, lambda key: replace(scope, channel=ChannelType(str(key)))),
        _table(_("By magnet"), found.magnets, magnet, lambda key: replace(scope, magnet_id=int(key))),
    ]


def _table(title: str | Promise, groups: Sequence[Group], name: Named, rows: Rows) -> Table:
    largest = max((group.closed for group in groups), default=1)
    lines = [_line(group, words=name(group.key), scope=rows(group.key), largest=largest) for group in groups]
    return Table(title=title, lines=lines)


def _line(group: Group, *, words: str, scope: DealFilter, largest: int = 1) -> Line:
    shown = replace(scope, order=DealOrder.CLOSED)
    won, lost = replace(shown, stage_class=StageClass.WON), replace(shown, stage_class=StageClass.LOST)
    return Line(
        words=words,
        won=counted(group.won, won),
        won_amount=amount(group.won_minor, won),
        lost=counted(group.lost, lost),
        lost_amount=amount(group.lost_minor, lost),
        won_width=f"{100 * group.won / largest:.2f}",
        width=f"{100 * group.closed / largest:.2f}",
    )
