"""The queue of parcels: what must leave first, and what stands in its way."""

from datetime import date, datetime

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.shipments import queries
from leadstone.domains.shipments.queries import ParcelFacts
from leadstone.domains.shipments.rules import HOLDING, Carrier, ParcelFilter, ParcelOrder
from leadstone.infra.labels import SHEETS
from leadstone.studio.leads.filters import read_page
from leadstone.studio.shell.exports import Columns, csv_file
from leadstone.studio.shell.gate import needs
from leadstone.studio.shipments.filters import GROUPS, group_of, read_filter
from leadstone.studio.shipments.forms import SentForm
from leadstone.studio.shipments.words import CARRIER, ORDER, STATE, TONE

GROUP_WORDS = {
    "to_send": _("To send"),
    "problems": _("Address problems"),
    "waiting": _("In line"),
    "sent": _("Sent"),
    "household": _("Had one already"),
    "all": pgettext_lazy("parcels", "All"),
}
COLUMNS: Columns[ParcelFacts] = (
    (_("Number"), lambda parcel: str(parcel.parcel_id)),
    (_("State"), lambda parcel: str(STATE[parcel.state])),
    (_("Name"), lambda parcel: parcel.address.name),
    (_("Street"), lambda parcel: parcel.address.street),
    (_("Postcode"), lambda parcel: parcel.address.postcode),
    (_("Town"), lambda parcel: parcel.address.city),
    (_("Country"), lambda parcel: parcel.address.country),
    (_("Magnet"), lambda parcel: parcel.magnet_title),
    (_("Asked for"), lambda parcel: _written(parcel.asked_at)),
    (_("Promised by"), lambda parcel: _written(parcel.due_at)),
    (_("Sent on"), lambda parcel: parcel.sent_on.isoformat() if parcel.sent_on else ""),
    (_("Carrier"), lambda parcel: str(CARRIER[Carrier(parcel.carrier)]) if parcel.carrier else ""),
    (_("Tracking number"), lambda parcel: parcel.tracking),
)


@require_safe
@needs(Right.SHIP)
def parcel_list(request: HttpRequest) -> HttpResponse:
    """What a filter in the address matches; what is to be sent, first what is promised first."""
    return list_page(request)


@require_safe
@needs(Right.SHIP)
def parcels_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The rows of the same address as a file, for a carrier's own system."""
    return csv_file(request, name="parcels", columns=COLUMNS, rows=queries.each_parcel(read_filter(request.GET)))


def list_page(request: HttpRequest, *, form: SentForm | None = None, status: int = 200) -> HttpResponse:
    """The queue; `form` with its errors when what was pressed could not be done."""
    now = timezone.now()
    chosen, group = read_filter(request.GET), group_of(request.GET)
    page = queries.parcel_page(chosen, page=read_page(request.GET))
    counts = queries.counts()
    stocks = queries.stocks()
    facts = {
        "chosen": chosen,
        "group": group,
        "groups": [(key, GROUP_WORDS[key], sum(counts[each] for each in states or counts)) for key, states in GROUPS.items()],
        "page": page,
        "lines": [(parcel, STATE[parcel.state], TONE[parcel.state], _lateness(parcel, now=now)) for parcel in page.lines],
        "narrowed": chosen != ParcelFilter(states=chosen.states, order=chosen.order),
        "orders": [(order.value, ORDER[order]) for order in ParcelOrder],
        "stocks": stocks,
        "punctuality": queries.punctuality(now=now),
        "form": form or SentForm(initial={"sent_on": timezone.localdate()}),
        "sheets": [(key, sheet.name) for key, sheet in SHEETS.items()],
        "may_send": any(parcel.state in HOLDING for parcel in page.lines),
        "may_print": any(parcel.address.complete for parcel in page.lines),
        "export_query": request.GET.urlencode(),
        "chosen_ids": set(request.POST.getlist("parcel")),
    }
    return render(request, "shipments/list.html", facts, status=status)


def _lateness(parcel: ParcelFacts, *, now: datetime) -> str:
    """ "late", "today" or "" for what has not left."""
    if parcel.sent_on or parcel.due_at is None or parcel.state not in HOLDING:
        return ""
    due: date = timezone.localdate(parcel.due_at)
    today = timezone.localdate(now)
    return "late" if due < today else "today" if due == today else ""


def _written(at: datetime | None) -> str:
    """ISO 8601 by the reader's clock, so that a spreadsheet sorts it."""
    return timezone.localtime(at).isoformat(sep=" ", timespec="minutes") if at else ""
