"""The people behind a figure: its leads one by one, its sales one by one. A file of the rows computes the figure again."""

from collections.abc import Collection, Sequence

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.insights import queries as insights
from leadstone.domains.insights.queries import CellRow, SaleRow
from leadstone.domains.insights.rules.facts import ARRIVALS, FactKind
from leadstone.domains.leads.queries import facts as leads
from leadstone.domains.leads.queries.assigning import lines_by_id
from leadstone.studio.results.proof_filter import step_asked
from leadstone.studio.results.proof_opened import Opened, opened
from leadstone.studio.results.proof_words import STEP_SAID
from leadstone.studio.shell.exports import Columns, csv_file
from leadstone.studio.shell.gate import needs, reader

SHOWN_ROWS = 200


@require_safe
@needs(Right.SEE_FIGURES)
def cell(request: HttpRequest) -> HttpResponse:
    """The leads behind one figure. Those of colleagues out of reach are counted, and not shown."""
    told = _leads_opened(request)
    found = insights.rows_of(told.cell)
    facts = {
        **_seen(request, found.rows),
        "found": found,
        "step": STEP_SAID[told.cell.kind],
        "of_time": told.cell.kind not in ARRIVALS,
        "opened": told,
    }
    return render(request, "studio/results/proof_rows.html", facts)


@require_safe
@needs(Right.SEE_FIGURES)
def cell_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same rows as a file: whoever counts its leads gets the figure, and the median of its days that of the time to buy."""
    return csv_file(request, name="proof-rows", columns=LEADS, rows=insights.rows_of(_leads_opened(request).cell).rows)


@require_safe
@needs(Right.SEE_FIGURES)
def sales(request: HttpRequest) -> HttpResponse:
    """The sales that a sum of revenue is made of."""
    told = opened(request, FactKind.WON)
    found = insights.sales_of(told.cell)
    return render(request, "studio/results/proof_sales.html", {**_seen(request, found.rows), "found": found, "opened": told})


@require_safe
@needs(Right.SEE_FIGURES)
def sales_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same sales as a file: whoever adds up its amounts gets the revenue."""
    found = insights.sales_of(opened(request, FactKind.WON).cell)
    return csv_file(request, name="proof-sales", columns=SALES, rows=found.rows)


def _leads_opened(request: HttpRequest) -> Opened:
    step = step_asked(request.GET)
    if step is None:
        raise Http404
    return opened(request, step)


def _seen(request: HttpRequest, rows: Sequence[CellRow] | Sequence[SaleRow]) -> dict[str, object]:
    """The first rows with their leads, as far as the reader may see these; how many more there are, and of how many leads not."""
    ids = {row.lead_id for row in rows}
    seen: Collection[int] = leads.seen_of(ids, reader=reader(request))
    visible = [row for row in rows if row.lead_id in seen]
    lines = lines_by_id([row.lead_id for row in visible[:SHOWN_ROWS]], reader=reader(request))
    return {
        "rows": [(row, lines[row.lead_id]) for row in visible[:SHOWN_ROWS] if row.lead_id in lines],
        "hidden": len(ids) - len({row.lead_id for row in visible}),
        "more": max(0, len(visible) - SHOWN_ROWS),
    }


LEADS: Columns[CellRow] = (
    (_("Lead"), lambda row: str(row.lead_id)),
    (_("At"), lambda row: row.at.isoformat()),
    (_("Came"), lambda row: row.came_at.isoformat()),
    (_("Days"), lambda row: str(row.days)),
    (_("Channel"), lambda row: row.channel),
    (_("Magnet"), lambda row: str(row.magnet_id or "")),
    (_("Campaign"), lambda row: str(row.campaign_id or "")),
)
SALES: Columns[SaleRow] = (
    (_("Lead"), lambda row: str(row.lead_id)),
    (_("At"), lambda row: row.at.isoformat()),
    (_("Channel"), lambda row: row.channel),
    (_("Magnet"), lambda row: str(row.magnet_id or "")),
    (_("Campaign"), lambda row: str(row.campaign_id or "")),
    (_("Amount"), lambda row: f"{row.amount_minor / 100:.2f}"),
    (_("Currency"), lambda row: row.currency),
)
