"""Parcels leave: the chosen ones are marked, their people are told, and for a while it can be taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leadstone.domains.access.rules import Right
from leadstone.domains.shipments.rules import Carrier
from leadstone.domains.shipments.services.parcels import Sending
from leadstone.flows.parcels_sent import send_parcels, take_back_sent
from leadstone.studio.shell.gate import LARGEST_ID, actor, needs
from leadstone.studio.shipments.forms import SentForm
from leadstone.studio.shipments.listing import list_page

MOST_AT_ONCE = 200


@require_POST
@needs(Right.SHIP)
def sent(request: HttpRequest) -> HttpResponse:
    """Mark the chosen parcels as sent."""
    ids = chosen_ids(request)
    form = SentForm(request.POST, chosen=len(ids))
    if not ids:
        messages.error(request, _("Choose at least one parcel."))
        return list_page(request, form=SentForm(initial=request.POST.dict()), status=422)
    if not form.is_valid():
        return list_page(request, form=form, status=422)
    sending = Sending(
        sent_on=form.cleaned_data["sent_on"],
        carrier=Carrier(form.cleaned_data["carrier"]),
        tracking=form.cleaned_data["tracking"],
    )
    moved = send_parcels(dict.fromkeys(ids, sending), by=actor(request).pk, now=timezone.now())
    if moved:
        words = ngettext(
            "%(n)s parcel is on its way, and its person is told.",
            "%(n)s parcels are on their way, and their people are told.",
            len(moved),
        )
        back = reverse("parcels_sent_back", args=["-".join(map(str, moved))])
        messages.success(request, words % {"n": len(moved)}, extra_tags=back)
    else:
        messages.info(request, _("Nothing was there to send: somebody was quicker."))
    return redirect("parcels")


@require_POST
@needs(Right.SHIP)
def sent_back(request: HttpRequest, parcel_ids: str) -> HttpResponse:
    """They were marked by mistake."""
    back = take_back_sent(numbers(parcel_ids.split("-")), by=actor(request).pk, now=timezone.now())
    if back:
        messages.success(request, _("Undone: they lie on the shelf again."))
    return redirect("parcels")


def chosen_ids(request: HttpRequest) -> list[int]:
    """The parcels whose boxes were ticked."""
    return numbers(request.POST.getlist("parcel"))


def numbers(texts: list[str]) -> list[int]:
    """Ids as an address or a form names them; what is none is left out."""
    found = [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 20]
    return [number for number in dict.fromkeys(found) if number <= LARGEST_ID][:MOST_AT_ONCE]
