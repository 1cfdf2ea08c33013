"""The list of campaigns, and campaigns and costs as files."""

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from leadstone.domains.access import queries as access
from leadstone.domains.access.rules import Reader, Right
from leadstone.domains.campaigns.queries import campaigns, costs
from leadstone.domains.campaigns.queries.campaigns import CampaignFacts
from leadstone.domains.campaigns.queries.costs import CostFacts
from leadstone.domains.campaigns.rules import Aim
from leadstone.domains.campaigns.rules.looking import CampaignFilter, CampaignOrder, Standing
from leadstone.domains.sources.rules import ChannelType
from leadstone.studio.campaigns.figures import Brought, brought, leads_address, progress
from leadstone.studio.campaigns.filters import is_narrowed, read_filter
from leadstone.studio.campaigns.words import AIM, COST_KIND, GOAL, ORDER, STANDING, TONE
from leadstone.studio.leads.filters import read_page
from leadstone.studio.shell.exports import Columns, csv_file
from leadstone.studio.shell.gate import needs, reader
from leadstone.studio.words.leads import CHANNEL

_AT_ONCE = 200
Line = tuple[CampaignFacts, Brought]

COLUMNS: Columns[Line] = (
    (pgettext_lazy("of a campaign", "Name"), lambda line: line[0].name),
    (_("Short name"), lambda line: line[0].key),
    (_("Channel"), lambda line: str(CHANNEL[line[0].channel])),
    (_("Aim"), lambda line: str(AIM[line[0].aim])),
    (_("Begins"), lambda line: line[0].starts_on.isoformat()),
    (_("Ends"), lambda line: line[0].ends_on.isoformat() if line[0].ends_on else ""),
    (_("Owner"), lambda line: line[0].owner_name),
    (_("Goal"), lambda line: f"{line[0].goal_number} {GOAL[line[0].goal]}" if line[0].goal else ""),
    (_("Spent"), lambda line: "; ".join(f"{minor / 100:.2f} {currency}" for currency, minor in line[1].spent.items())),
    (_("Scans and clicks"), lambda line: str(line[1].uses)),
    (_("Views"), lambda line: str(line[1].views)),
    (_("Leads"), lambda line: str(line[1].leads.leads)),
    (_("Mailbox proven"), lambda line: str(line[1].leads.proven)),
    (_("Qualified"), lambda line: str(line[1].leads.qualified)),
    (_("Customers"), lambda line: str(line[1].sales.customers)),
    (_("Revenue"), lambda line: "; ".join(f"{minor / 100:.2f} {one}" for one, minor in line[1].sales.revenue.items())),
)
COST_COLUMNS: Columns[CostFacts] = (
    (_("Day"), lambda cost: cost.on.isoformat()),
    (_("Campaign"), lambda cost: cost.campaign_name),
    (_("Short name"), lambda cost: cost.campaign_key),
    (_("What"), lambda cost: str(COST_KIND[cost.kind])),
    (_("How many"), lambda cost: str(cost.quantity) if cost.quantity is not None else ""),
    (_("One costs"), lambda cost: f"{cost.rate_minor / 100:.2f}" if cost.rate_minor is not None else ""),
    (_("Sum"), lambda cost: f"{cost.amount_minor / 100:.2f}"),
    (_("Currency"), lambda cost: cost.currency),
    (_("Note"), lambda cost: cost.note),
    (_("Recorded by"), lambda cost: cost.recorded_by),
)


@require_safe
@needs(Right.RUN_CAMPAIGNS)
def campaign_list(request: HttpRequest) -> HttpResponse:
    """Every campaign that a filter in the address matches; htmx asks for the rows alone."""
    chosen, today = read_filter(request.GET), timezone.localdate()
    page = campaigns.campaigns(chosen, today=today, page=read_page(request.GET))
    figures = brought([row.campaign_id for row in page.rows], reader=reader(request))
    facts = {
        "chosen": chosen,
        "page": page,
        "lines": [_line(row, figures[row.campaign_id], today=today) for row in page.rows],
        "narrowed": is_narrowed(chosen),
        "channels": [(channel.value, CHANNEL[channel]) for channel in ChannelType],
        "aims": [(aim.value, AIM[aim]) for aim in Aim],
        "standings": [(standing.value, STANDING[standing]) for standing in Standing],
        "orders": [(order.value, ORDER[order]) for order in CampaignOrder],
        "colleagues": [(one.user_id, one.name) for one in access.staff(active_only=True)],
        "export_query": request.GET.urlencode(),
    }
    wants_rows = request.headers.get("HX-Target") == "rows"
    response = render(request, "campaigns/_rows.html" if wants_rows else "campaigns/list.html", facts)
    response["Vary"] = "HX-Request, HX-Target, Cookie"
    return response


def _line(row: CampaignFacts, figures: Brought, *, today: date) -> dict[str, object]:
    standing = row.standing(today)
    return {
        "campaign": row,
        "channel": CHANNEL[row.channel],
        "standing": STANDING[standing],
        "tone": TONE[standing],
        "figures": figures,
        "goal": GOAL[row.goal] if row.goal else "",
        "progress": progress(row, figures),
        "leads": leads_address(row.campaign_id),
    }


@require_safe
@needs(Right.RUN_CAMPAIGNS)
def campaigns_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The rows of the same address as a file."""
    rows = _with_figures(read_filter(request.GET), today=timezone.localdate(), reader=reader(request))
    return csv_file(request, name="campaigns", columns=COLUMNS, rows=rows)


def _with_figures(chosen: CampaignFilter, *, today: date, reader: Reader) -> Iterator[Line]:
    waiting: list[CampaignFacts] = []
    for row in campaigns.each_campaign(chosen, today=today):
        waiting.append(row)
        if len(waiting) == _AT_ONCE:
            yield from _figured(waiting, reader=reader)
            waiting = []
    yield from _figured(waiting, reader=reader)


def _figured(rows: list[CampaignFacts], *, reader: Reader) -> Iterator[Line]:
    figures = brought([row.campaign_id for row in rows], reader=reader)
    return ((row, figures[row.campaign_id]) for row in rows)


@require_safe
@needs(Right.RUN_CAMPAIGNS)
def costs_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Every cost of every campaign as a file."""
    return csv_file(request, name="costs", columns=COST_COLUMNS, rows=costs.each_cost())
