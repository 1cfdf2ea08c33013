"""Magnets judged by the customers that they bring."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.insights import queries as insights
from leadstone.domains.insights.rules import FigureOrder
from leadstone.domains.pipeline import queries as pipeline
from leadstone.studio.results.export import COLUMNS
from leadstone.studio.results.funnel import funnel
from leadstone.studio.shell.exports import csv_file
from leadstone.studio.shell.gate import needs
from leadstone.studio.words.figures import DAYS, doubts


@require_safe
@needs(Right.SEE_FIGURES)
def results(request: HttpRequest) -> HttpResponse:
    """All magnets side by side, the most customers first unless the address asks for another order."""
    order = _order(request)
    rows = [(row, doubts(row.honesty)) for row in insights.figures(now=timezone.now(), order=order)]
    return render(request, "studio/results/results.html", {"rows": rows, "days": DAYS, "order": order.value})


@require_safe
@needs(Right.SEE_FIGURES)
def results_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The rows of the same address as a file."""
    rows = insights.figures(now=timezone.now(), order=_order(request))
    return csv_file(request, name="results", columns=COLUMNS, rows=rows)


def _order(request: HttpRequest) -> FigureOrder:
    asked = request.GET.get("order", "")
    return FigureOrder(asked) if asked in set(FigureOrder) else FigureOrder.CUSTOMERS


@require_safe
@needs(Right.SEE_FIGURES)
def magnet_figures(request: HttpRequest, magnet_id: int) -> HttpResponse:
    """One magnet: the way from the page to the customer, the promise, and who bought."""
    figures = insights.figures_of(magnet_id, now=timezone.now())
    if figures is None:
        raise Http404
    facts = {
        "figures": figures,
        "doubts": doubts(figures.honesty),
        "steps": funnel(figures),
        "deals": pipeline.deals_of_magnet(magnet_id, since=figures.since),
        "days": DAYS,
    }
    return render(request, "studio/results/magnet.html", facts)
