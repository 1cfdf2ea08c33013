"""What is behind a figure that nobody stands behind by name: the days of its looks, the costs that it bears."""

from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.campaigns.queries import campaigns
from leadstone.domains.insights import queries as insights
from leadstone.domains.insights.queries import LookRow
from leadstone.domains.insights.queries.costs import NAMED_ON_BILLS, CostPart, cost_parts
from leadstone.domains.insights.queries.proof import Key
from leadstone.domains.insights.rules.facts import FactKind, Grouping
from leadstone.studio.results.proof_filter import looks_asked
from leadstone.studio.results.proof_names import channel_name, name_of, names_of
from leadstone.studio.results.proof_opened import Opened, opened
from leadstone.studio.results.proof_words import LOOK_SAID
from leadstone.studio.shell.exports import Columns, csv_file
from leadstone.studio.shell.gate import needs

SHOWN_ROWS = 400


@require_safe
@needs(Right.SEE_FIGURES)
def looks(request: HttpRequest) -> HttpResponse:
    """On which days and from where people looked, or began."""
    told = _looks_opened(request)
    rows = insights.looks_of(told.cell)
    named = names_of(Grouping.MAGNET, []), names_of(Grouping.CAMPAIGN, [row.campaign_id for row in rows])
    facts = {
        "rows": [
            (
                row,
                channel_name(row.channel),
                _named(Grouping.MAGNET, row.magnet_id, named[0]),
                _named(Grouping.CAMPAIGN, row.campaign_id, named[1]),
            )
            for row in rows[:SHOWN_ROWS]
        ],
        "counted": sum(row.number for row in rows),
        "step": LOOK_SAID[told.cell.kind],
        "more": max(0, len(rows) - SHOWN_ROWS),
        "opened": told,
    }
    return render(request, "studio/results/proof_looks.html", facts)


@require_safe
@needs(Right.SEE_FIGURES)
def looks_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same days as a file: whoever adds up its numbers gets the figure."""
    return csv_file(request, name="proof-looks", columns=LOOKS, rows=insights.looks_of(_looks_opened(request).cell))


@require_safe
@needs(Right.SEE_FIGURES)
def costs(request: HttpRequest) -> HttpResponse:
    """The costs that one source bears: all of a bill that names it, its part of a campaign that led to it."""
    told = opened(request, FactKind.COST)
    parts = _parts(told)
    names = campaigns.names({one.campaign_id for one in parts})
    sums: dict[str, int] = {}
    for one in parts:
        sums[one.currency] = sums.get(one.currency, 0) + one.part_minor
    facts = {
        "rows": [(one, names.get(one.campaign_id, "")) for one in parts],
        "sums": sums,
        "shared": told.asked.by not in NAMED_ON_BILLS,
        "opened": told,
    }
    return render(request, "studio/results/proof_costs.html", facts)


@require_safe
@needs(Right.SEE_FIGURES)
def costs_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same parts as a file: whoever adds them up gets the cost."""
    parts = _parts(opened(request, FactKind.COST))
    names = campaigns.names({one.campaign_id for one in parts})
    return csv_file(request, name="proof-costs", columns=_cost_columns(names), rows=parts)


def _looks_opened(request: HttpRequest) -> Opened:
    kind = looks_asked(request.GET)
    if kind is None:
        raise Http404
    return opened(request, kind)


def _parts(told: Opened) -> list[CostPart]:
    return cost_parts(told.cell, by=told.asked.by, key=told.key)


def _named(by: Grouping, key: Key, names: Mapping[Key, str]) -> str | Promise:
    return name_of(by, key, names) if key else ""


def _cost_columns(names: Mapping[int, str]) -> Columns[CostPart]:
    read: tuple[tuple[str | Promise, Callable[[CostPart], str]], ...] = (
        (_("Day"), lambda one: one.day.isoformat() if one.day else ""),
        (_("Campaign"), lambda one: names.get(one.campaign_id, "")),
        (_("Supplier"), lambda one: str(one.supplier_id or "")),
        (_("Cost of all"), lambda one: f"{one.whole_minor / 100:.2f}"),
        (_("Leads from here"), lambda one: str(one.leads or "")),
        (_("Leads in all"), lambda one: str(one.of_leads or "")),
        (_("Part"), lambda one: f"{one.part_minor / 100:.2f}"),
        (_("Currency"), lambda one: one.currency),
    )
    return read


LOOKS: Columns[LookRow] = (
    (_("Day"), lambda row: row.day.isoformat()),
    (_("Channel"), lambda row: row.channel),
    (_("Magnet"), lambda row: str(row.magnet_id or "")),
    (_("Campaign"), lambda row: str(row.campaign_id or "")),
    (_("Link"), lambda row: str(row.link_id or "")),
    (pgettext_lazy("how many", "Number"), lambda row: str(row.number)),
)
