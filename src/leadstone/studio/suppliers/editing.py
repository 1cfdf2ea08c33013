"""Suppliers are begun with, changed, ended and begun with again."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadstone.domains.access.rules import Right
from leadstone.domains.campaigns.services.campaigns import CampaignWords, KeyTaken, NotAKey, key_from, open_campaign
from leadstone.domains.sources.rules import ChannelType
from leadstone.domains.suppliers import services
from leadstone.domains.suppliers.services import CurrencyStays
from leadstone.studio.shell.gate import actor, needs
from leadstone.studio.suppliers.finding import find_supplier
from leadstone.studio.suppliers.forms import NEW_CAMPAIGN, SupplierForm


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.RUN_CAMPAIGNS)
def supplier_new(request: HttpRequest) -> HttpResponse:
    """The form, and the new supplier's card after it."""
    form = SupplierForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            supplier_id = _begin(request, form)
        except (KeyTaken, NotAKey):
            form.add_error("campaign", _("There is a campaign of this name already. Choose it, or another one."))
        else:
            messages.success(request, _("The supplier is there. Now give a delivery: a file, or a pasted list."))
            return redirect("supplier", supplier_id)
    return render(request, "suppliers/edit.html", {"form": form}, status=422 if form.errors else 200)


@transaction.atomic
def _begin(request: HttpRequest, form: SupplierForm) -> int:
    by, now = actor(request).pk, timezone.now()
    chosen, name = form.cleaned_data["campaign"], form.cleaned_data["name"]
    if chosen == NEW_CAMPAIGN:
        words = CampaignWords(name=name[:120], channel=ChannelType.THIRD_PARTY, starts_on=timezone.localdate(), owner_id=by)
        chosen = open_campaign(words, key=key_from(name), by=by, now=now)
    return services.open_supplier(form.agreed(campaign_id=int(chosen)), by=by, now=now)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.RUN_CAMPAIGNS)
def supplier_change(request: HttpRequest, supplier_id: int) -> HttpResponse:
    """The same form over what was agreed; what was bought keeps its price."""
    found = find_supplier(supplier_id)
    form = SupplierForm(request.POST or None, found=found)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_supplier(supplier_id, form.agreed(campaign_id=int(form.cleaned_data["campaign"])))
        except CurrencyStays as mistake:
            form.add_error("currency", _(mistake.sentence))
        else:
            messages.success(request, _("Saved."))
            return redirect("supplier", supplier_id)
    return render(request, "suppliers/edit.html", {"form": form, "supplier": found}, status=422 if form.errors else 200)


@require_POST
@needs(Right.RUN_CAMPAIGNS)
def supplier_end(request: HttpRequest, supplier_id: int) -> HttpResponse:
    """Nothing more is bought; the undo begins again."""
    find_supplier(supplier_id)
    services.end_supplier(supplier_id, now=timezone.now())
    undo = reverse("supplier_begin_again", args=[supplier_id])
    messages.success(request, _("Ended: nothing more is bought. What was bought stays."), extra_tags=undo)
    return redirect("supplier", supplier_id)


@require_POST
@needs(Right.RUN_CAMPAIGNS)
def supplier_begin_again(request: HttpRequest, supplier_id: int) -> HttpResponse:
    """Deliveries are looked at as before; the undo ends it."""
    find_supplier(supplier_id)
    services.begin_again(supplier_id)
    undo = reverse("supplier_end", args=[supplier_id])
    messages.success(request, _("Begun again: the next delivery is looked at."), extra_tags=undo)
    return redirect("supplier", supplier_id)
