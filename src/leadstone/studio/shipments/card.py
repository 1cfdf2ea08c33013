"""One parcel: where it goes, what happened to it, and what to do when it comes back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.shipments import queries
from leadstone.domains.shipments.queries import ParcelFacts
from leadstone.domains.shipments.rules import HOLDING, Address, Carrier, ParcelState, tracking_url
from leadstone.domains.shipments.services.parcels import correct_address
from leadstone.flows.parcels_sent import parcel_came_back
from leadstone.kernel.postal import read_postcode
from leadstone.studio.shell.gate import actor, needs
from leadstone.studio.shipments.forms import AddressForm, SentForm
from leadstone.studio.shipments.words import CARRIER, STATE, TONE

MENDABLE = frozenset({*HOLDING, ParcelState.WAITING, ParcelState.RETURNED, ParcelState.ADDRESS, ParcelState.HOUSEHOLD})


@require_safe
@needs(Right.SHIP)
def parcel(request: HttpRequest, parcel_id: int) -> HttpResponse:
    return _page(request, _found(parcel_id))


@require_POST
@needs(Right.SHIP)
def returned(request: HttpRequest, parcel_id: int) -> HttpResponse:
    """The post brought it back."""
    _found(parcel_id)
    usable = request.POST.get("usable") == "yes"
    if parcel_came_back(parcel_id, usable=usable, by=actor(request).pk, now=timezone.now()):
        messages.success(request, _("Written down. The person is asked for the right address."))
    else:
        messages.info(request, _("It had not been sent."))
    return redirect("parcel", parcel_id)


@require_POST
@needs(Right.SHIP)
def address(request: HttpRequest, parcel_id: int) -> HttpResponse:
    """Where it really goes, as the person told us."""
    found = _found(parcel_id)
    form = AddressForm(request.POST)
    if form.is_valid():
        told = {name: str(value).strip() for name, value in form.cleaned_data.items()}
        postcode = read_postcode(told["postcode"], country=told["country"])
        if postcode is None:
            form.add_error("postcode", _("This is not a postcode. A Polish one looks like 00-549."))
        else:
            correct_address(parcel_id, address=Address(**{**told, "postcode": postcode}), now=timezone.now())
            messages.success(request, _("The parcel goes there now."))
            return redirect("parcel", parcel_id)
    return _page(request, found, form=form, status=422)


def _page(request: HttpRequest, found: ParcelFacts, *, form: AddressForm | None = None, status: int = 200) -> HttpResponse:
    told = found.address
    given = {"name": told.name, "street": told.street, "postcode": told.postcode, "city": told.city, "country": told.country}
    facts = {
        "parcel": found,
        "state": STATE[found.state],
        "tone": TONE[found.state],
        "carrier": CARRIER[Carrier(found.carrier)] if found.carrier else "",
        "tracking_url": tracking_url(found.carrier, found.tracking),
        "place": queries.place_in_line(found.parcel_id),
        "went_on": queries.went_there_on(found.parcel_id),
        "form": form or AddressForm(initial=given),
        "sent_form": SentForm(initial={"sent_on": timezone.localdate()}),
        "mendable": found.state in MENDABLE,
        "sendable": found.state in HOLDING,
        "returnable": found.state is ParcelState.SENT,
    }
    return render(request, "shipments/parcel.html", facts, status=status)


def _found(parcel_id: int) -> ParcelFacts:
    found = queries.parcel(parcel_id)
    if found is None:
        raise Http404
    return found
