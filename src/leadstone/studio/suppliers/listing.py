"""Everybody who sells us leads: what was bought, refused and given back, and what a customer cost."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.suppliers import queries
from leadstone.domains.suppliers.queries import SupplierFacts
from leadstone.domains.suppliers.queries.notices import NoticeFilter, count_notices
from leadstone.kernel.folding import fold
from leadstone.studio.leads.filters import read_page
from leadstone.studio.shell.exports import Columns, csv_file
from leadstone.studio.shell.gate import needs, reader
from leadstone.studio.suppliers.figures import Came, came

PAGE_SIZE = 50
LONGEST_SEARCH = 200
Line = tuple[SupplierFacts, Came]

STANDINGS: Mapping[str, str | Promise] = {"running": _("We buy from them"), "ended": _("We no longer do")}
ORDERS: Mapping[str, str | Promise] = {
    "": pgettext_lazy("of suppliers", "By name"),
    "bought": _("Most bought first"),
    "given_back": _("Most given back first"),
    "customers": _("Most customers first"),
}
_SORTED: Mapping[str, Callable[[Line], int]] = {
    "bought": lambda line: -line[1].bill.bought,
    "given_back": lambda line: -line[1].bill.given_back,
    "customers": lambda line: -line[1].sales.customers,
}
COLUMNS: Columns[Line] = (
    (pgettext_lazy("of a supplier", "Name"), lambda line: line[0].name),
    (_("Price of one lead"), lambda line: f"{line[0].price_minor / 100:.2f}"),
    (_("Currency"), lambda line: line[0].currency),
    (_("Offered"), lambda line: str(line[1].bill.offered)),
    (pgettext_lazy("leads", "Bought"), lambda line: str(line[1].bill.bought)),
    (_("Refused"), lambda line: str(line[1].refused)),
    (_("Given back"), lambda line: str(line[1].bill.given_back)),
    (_("They owe us"), lambda line: f"{line[1].bill.owed / 100:.2f}"),
    (_("We pay"), lambda line: f"{line[1].bill.paid / 100:.2f}"),
    (_("Qualified"), lambda line: str(line[1].qualified)),
    (_("Customers"), lambda line: str(line[1].sales.customers)),
    (_("Cost of a customer"), lambda line: f"{line[1].a_customer / 100:.2f}" if line[1].a_customer is not None else ""),
    (_("Ended"), lambda line: line[0].ended_at.date().isoformat() if line[0].ended_at else ""),
)


@require_safe
@needs(Right.RUN_CAMPAIGNS)
def supplier_list(request: HttpRequest) -> HttpResponse:
    """Every supplier that a filter in the address matches; htmx asks for the rows alone."""
    lines, page = _lines(request), read_page(request.GET)
    start = (page - 1) * PAGE_SIZE
    facts = {
        "lines": lines[start : start + PAGE_SIZE],
        "total": len(lines),
        "page": page,
        "has_next": len(lines) > start + PAGE_SIZE,
        "chosen": {name: request.GET.get(name, "") for name in ("standing", "order", "q")},
        "narrowed": any(request.GET.get(name) for name in ("standing", "q")),
        "standings": list(STANDINGS.items()),
        "orders": list(ORDERS.items()),
        "export_query": request.GET.urlencode(),
        "untold": count_notices(NoticeFilter(), reader=reader(request), today=timezone.localdate()),
    }
    wants_rows = request.headers.get("HX-Target") == "rows"
    response = render(request, "suppliers/_rows.html" if wants_rows else "suppliers/list.html", facts)
    response["Vary"] = "HX-Request, HX-Target, Cookie"
    return response


@require_safe
@needs(Right.RUN_CAMPAIGNS)
def suppliers_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The rows of the same address as a file."""
    return csv_file(request, name="suppliers", columns=COLUMNS, rows=_lines(request))


def _lines(request: HttpRequest) -> list[Line]:
    ended = {"running": False, "ended": True}.get(request.GET.get("standing", ""))
    words = fold(request.GET.get("q", "").replace("\0", " ")[:LONGEST_SEARCH])
    found = [each for each in queries.suppliers(ended=ended) if words in fold(each.name)]
    figures = came([each.supplier_id for each in found], reader=reader(request))
    lines = [(each, figures[each.supplier_id]) for each in found]
    order = request.GET.get("order", "")
    return sorted(lines, key=_SORTED[order]) if order in _SORTED else lines
