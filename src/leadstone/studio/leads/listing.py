"""The list of leads and its export."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadstone.domains.access import queries as access
from leadstone.domains.access.rules import Reader, Right, may
from leadstone.domains.campaigns.queries import campaigns
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads.rules import LeadFilter, Order, QualityBand, Status
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.sources.rules import ChannelType
from leadstone.studio.leads.export import COLUMNS
from leadstone.studio.leads.filters import is_narrowed, read_filter, read_page
from leadstone.studio.shell.exports import csv_file
from leadstone.studio.shell.gate import actor, needs, reader
from leadstone.studio.words.leads import BAND, CHANNEL, ORDER, STATUS, TONE


@require_safe
@needs(Right.READ_LEADS)
def leads_list(request: HttpRequest) -> HttpResponse:
    """Everybody whom a filter in the address matches; htmx asks for the rows alone."""
    chosen = read_filter(request.GET)
    page = leads.lead_page(chosen, reader=reader(request), page=read_page(request.GET))
    facts = {
        "chosen": chosen,
        "page": page,
        "narrowed": is_narrowed(chosen),
        "status_words": STATUS,
        "channel_words": CHANNEL,
        "tones": TONE,
        "columns": (Order.ACCURACY, Order.INCENTIVE, Order.AWARENESS),
        "export_query": request.GET.urlencode(),
        "may_export": may(actor(request).role, Right.EXPORT_LEADS),
        "may_work": may(actor(request).role, Right.WORK_LEADS),
    }
    wants_rows = request.headers.get("HX-Target") == "rows"
    facts |= _statuses(reader(request)) if wants_rows else _choices(chosen, reader=reader(request))
    response = render(request, "studio/leads/_answer.html" if wants_rows else "studio/leads/list.html", facts)
    response["Vary"] = "HX-Request, HX-Target, Cookie"
    return response


def _statuses(reader: Reader) -> dict[str, object]:
    """What stands above the list."""
    return {
        "statuses": [(status, STATUS[status]) for status in Status],
        "all_count": leads.count_leads(LeadFilter(), reader=reader),
        "unfounded_count": leads.count_leads(LeadFilter(unfounded=True), reader=reader),
        "new_count": leads.count_leads(LeadFilter(status=Status.NEW), reader=reader),
    }


def _choices(chosen: LeadFilter, *, reader: Reader) -> dict[str, object]:
    """What the filters offer."""
    return _statuses(reader) | {
        "magnets": list(magnets.titles().items()),
        "channels": [(channel.value, CHANNEL[channel]) for channel in ChannelType],
        "campaigns": _campaigns(chosen),
        "bands": [(band.value, BAND[band]) for band in QualityBand],
        "orders": [(order.value, ORDER[order]) for order in Order],
        "colleagues": [(one.user_id, one.name) for one in access.staff(active_only=True)],
        "more_filters": any(
            (
                chosen.channel,
                chosen.campaign_id,
                chosen.band,
                chosen.proven is not None,
                chosen.owner_id,
                chosen.unowned,
                chosen.unfounded,
                chosen.tag,
            )
        ),
    }


def _campaigns(chosen: LeadFilter) -> list[tuple[int, str]]:
    """What may be chosen; one that was put away stays in the list while it is what the list shows."""
    offered = campaigns.choices()
    if chosen.campaign_id is None or chosen.campaign_id in dict(offered):
        return offered
    return [*campaigns.names([chosen.campaign_id]).items(), *offered]


@require_safe
@needs(Right.EXPORT_LEADS)
def leads_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The rows of the same address as a file, streamed."""
    rows = leads.each_lead(read_filter(request.GET), reader=reader(request))
    return csv_file(request, name="leads", columns=COLUMNS, rows=rows)
