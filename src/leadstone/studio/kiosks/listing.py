"""Every device, what waits on it, and how many people it brought."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.campaigns.queries import campaigns
from leadstone.domains.kiosks import queries
from leadstone.domains.kiosks.queries import KioskFacts, Order
from leadstone.domains.magnets import queries as magnets
from leadstone.studio.kiosks.filters import is_narrowed, read_filter
from leadstone.studio.kiosks.words import ORDER, STANDING, TONE
from leadstone.studio.leads.filters import read_page
from leadstone.studio.shell.exports import Columns, csv_file
from leadstone.studio.shell.gate import needs

COLUMNS: Columns[KioskFacts] = (
    (pgettext_lazy("device", "Name"), lambda kiosk: kiosk.name),
    (_("Campaign"), lambda kiosk: kiosk.campaign),
    (_("Magnet"), lambda kiosk: kiosk.magnet_title),
    (_("Who collects"), lambda kiosk: kiosk.collector),
    (pgettext_lazy("device", "State"), lambda kiosk: str(STANDING[kiosk.standing])),
    (_("Last seen"), lambda kiosk: _written(kiosk.seen_at)),
    (_("Waits on the device"), lambda kiosk: str(kiosk.waiting)),
    (_("People"), lambda kiosk: str(kiosk.taken)),
    (_("Waits for you"), lambda kiosk: str(kiosk.held)),
    (_("Could not be read"), lambda kiosk: str(kiosk.unreadable)),
    (_("Made"), lambda kiosk: _written(kiosk.made_at)),
    (_("Revoked"), lambda kiosk: _written(kiosk.revoked_at)),
)


@require_safe
@needs(Right.RUN_KIOSK)
def kiosks(request: HttpRequest) -> HttpResponse:
    """What a filter in the address matches; devices in use unless it says otherwise."""
    chosen = read_filter(request.GET)
    page = queries.kiosk_page(chosen, page=read_page(request.GET), now=timezone.now())
    facts = {
        "chosen": chosen,
        "narrowed": is_narrowed(chosen),
        "page": page,
        "lines": [(kiosk, STANDING[kiosk.standing], TONE[kiosk.standing]) for kiosk in page.rows],
        "orders": [(order.value, ORDER[order]) for order in Order],
        "campaigns": campaigns.choices(),
        "magnets": sorted(magnets.titles().items(), key=lambda pair: pair[1]),
        "piles": [("no", _("In use")), ("yes", _("Revoked")), ("all", pgettext_lazy("devices", "All"))],
        "pile": {None: "all", True: "yes", False: "no"}[chosen.revoked],
        "export_query": request.GET.urlencode(),
    }
    return render(request, "kiosks/list.html", facts)


@require_safe
@needs(Right.RUN_KIOSK)
def kiosks_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The rows of the same address as a file."""
    rows = queries.each_kiosk(read_filter(request.GET), now=timezone.now())
    return csv_file(request, name="kiosks", columns=COLUMNS, rows=rows)


def _written(at: datetime | None) -> str:
    """ISO 8601 by the reader's clock, so that a spreadsheet sorts it."""
    return timezone.localtime(at).isoformat(sep=" ", timespec="minutes") if at else ""
