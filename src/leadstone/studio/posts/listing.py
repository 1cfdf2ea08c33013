"""The list of posts, and the same as a file."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Reader, Right
from leadstone.domains.campaigns.queries import campaigns
from leadstone.domains.posts import queries
from leadstone.domains.posts.queries import PostFacts
from leadstone.domains.posts.rules import Measure, Network, PostFilter, PostOrder
from leadstone.studio.leads.filters import read_page
from leadstone.studio.posts.figures import Came, came_of
from leadstone.studio.posts.filters import is_narrowed, read_filter
from leadstone.studio.posts.words import MEASURE, NETWORK, ORDER
from leadstone.studio.shell.exports import Columns, csv_file
from leadstone.studio.shell.gate import needs, reader
from leadstone.wire.link_codes import spelled

Line = tuple[PostFacts, Came]


def _said(line: Line, measure: Measure) -> str:
    number = getattr(line[0].figures, measure.value) if line[0].figures else None
    return "" if number is None else str(number)


# Code, date and measures are named as the file of figures names them: filled in by hand, it can be given back.
COLUMNS: Columns[Line] = (
    (_("Code"), lambda line: spelled(line[0].code)),
    (_("Network"), lambda line: str(NETWORK[line[0].network])),
    (_("Campaign"), lambda line: line[0].campaign_name),
    (_("Leads to"), lambda line: line[0].magnet_title),
    (_("Published on"), lambda line: line[0].on.isoformat()),
    (_("What it says"), lambda line: line[0].text),
    (_("Where it can be read"), lambda line: line[0].address),
    (_("Date"), lambda line: line[0].figures.on.isoformat() if line[0].figures else ""),
    (MEASURE[Measure.REACH], lambda line: _said(line, Measure.REACH)),
    (MEASURE[Measure.IMPRESSIONS], lambda line: _said(line, Measure.IMPRESSIONS)),
    (MEASURE[Measure.LIKES], lambda line: _said(line, Measure.LIKES)),
    (MEASURE[Measure.COMMENTS], lambda line: _said(line, Measure.COMMENTS)),
    (MEASURE[Measure.SHARES], lambda line: _said(line, Measure.SHARES)),
    (_("Visits"), lambda line: str(line[1].visits)),
    (_("Leads"), lambda line: str(line[1].leads)),
    (_("Customers"), lambda line: str(line[1].customers)),
)


@require_safe
@needs(Right.RUN_CAMPAIGNS)
def post_list(request: HttpRequest) -> HttpResponse:
    """Every post that a filter in the address matches; htmx asks for the rows alone."""
    chosen = read_filter(request.GET)
    page = queries.posts(chosen, page=read_page(request.GET))
    came = came_of(page.rows, reader=reader(request))
    facts = {
        "chosen": chosen,
        "page": page,
        "lines": [{"post": row, "network": NETWORK[row.network], "came": came[row.post_id]} for row in page.rows],
        "narrowed": is_narrowed(chosen),
        "networks": [(one.value, NETWORK[one]) for one in Network],
        "campaigns": campaigns.choices(),
        "orders": [(order.value, ORDER[order]) for order in PostOrder],
        "export_query": request.GET.urlencode(),
    }
    wants_rows = request.headers.get("HX-Target") == "rows"
    response = render(request, "posts/_rows.html" if wants_rows else "posts/list.html", facts)
    response["Vary"] = "HX-Request, HX-Target, Cookie"
    return response


@require_safe
@needs(Right.RUN_CAMPAIGNS)
def posts_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The rows of the same address as a file."""
    rows = _with_figures(read_filter(request.GET), reader=reader(request))
    return csv_file(request, name="posts", columns=COLUMNS, rows=rows)


def _with_figures(chosen: PostFilter, *, reader: Reader) -> Iterator[Line]:
    for rows in queries.each_post(chosen):
        came = came_of(rows, reader=reader)
        yield from ((row, came[row.post_id]) for row in rows)
