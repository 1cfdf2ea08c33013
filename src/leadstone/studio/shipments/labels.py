"""Labels of the chosen parcels, to be printed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leadstone.domains.access.rules import Right
from leadstone.domains.audit import services as audit
from leadstone.domains.audit.rules import Action, Subject
from leadstone.domains.brand import queries as brand
from leadstone.domains.shipments import queries
from leadstone.domains.shipments.queries import ParcelFacts
from leadstone.domains.shipments.services.parcels import mark_packed
from leadstone.infra.labels import SHEETS, Label, labels_pdf
from leadstone.kernel.postal import in_poland
from leadstone.studio.shell.gate import actor, needs
from leadstone.studio.shipments.acting import chosen_ids

DEFAULT_SHEET = "a4-3x8"


@require_POST
@needs(Right.SHIP)
def printed(request: HttpRequest) -> HttpResponse:
    """A PDF with the labels; what waited to be sent counts as packed from now on."""
    parcels = [parcel for parcel in queries.parcels(chosen_ids(request)) if parcel.address.complete]
    if not parcels:
        messages.error(request, _("Choose at least one parcel with an address."))
        return redirect("parcels")
    sheet = SHEETS.get(request.POST.get("sheet", ""), SHEETS[DEFAULT_SHEET])
    start = request.POST.get("start", "")
    who = brand.brand_facts()
    pdf = labels_pdf(
        [label_of(parcel) for parcel in parcels],
        sheet=sheet,
        start=int(start) if start.isascii() and start.isdigit() and len(start) < 4 else 1,
        sender=[part for part in (who.company, who.postal_address) if part] if who else [],
        language=get_language() or "en",
    )
    now = timezone.now()
    mark_packed([parcel.parcel_id for parcel in parcels], now=now)
    facts: dict[str, int | str] = {"list": "parcel labels", "rows": len(parcels)}
    audit.note(actor_id=actor(request).pk, action=Action.EXPORTED, subject=Subject.LIST, facts=facts, now=now)
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="labels.pdf"', "Cache-Control": "no-store"},
    )


def label_of(parcel: ParcelFacts) -> Label:
    """The lines of an address as the post reads them; the country only where it is another one."""
    told = parcel.address
    abroad = (told.country.upper(),) if not in_poland(told.country) else ()
    lines = (told.name, told.street, f"{told.postcode} {told.city}", *abroad)
    return Label(lines=tuple(line for line in lines if line.strip()), mark=str(parcel.parcel_id))
