"""Leads are given back and credited; and the supplier gets a list of what became of each, without anything of a person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.suppliers import queries, services
from leadstone.domains.suppliers.queries import PurchaseFacts
from leadstone.domains.suppliers.rules import NotReturned, Returned, told_to_supplier
from leadstone.studio.shell.exports import Columns, csv_file
from leadstone.studio.shell.gate import actor, needs
from leadstone.studio.suppliers.card import card_page, chosen_purchases
from leadstone.studio.suppliers.finding import as_moment, as_number, find_purchase, find_supplier
from leadstone.studio.suppliers.forms import GiveBackForm
from leadstone.studio.suppliers.words import NOT_RETURNED, REFUSED, RETURNED, STATE


def _told(row: PurchaseFacts) -> str:
    if row.refused is not None:
        return str(REFUSED[told_to_supplier(row.refused)])
    return str(RETURNED[row.returned]) if row.returned else ""


# What goes to the supplier: their own number and our answer. The note is ours, and may speak of a person.
COLUMNS: Columns[PurchaseFacts] = (
    (gettext_lazy("Delivery"), lambda row: str(row.batch_id)),
    (gettext_lazy("Line"), lambda row: str(row.row)),
    (gettext_lazy("Your number of the lead"), lambda row: row.reference if "@" not in row.reference else ""),
    (gettext_lazy("Day"), lambda row: timezone.localtime(row.at).date().isoformat()),
    (gettext_lazy("What became of it"), lambda row: str(STATE[row.state])),
    (gettext_lazy("Because"), _told),
    (gettext_lazy("Price"), lambda row: f"{row.price_minor / 100:.2f}"),
    (gettext_lazy("Currency"), lambda row: row.currency),
    (gettext_lazy("Given back"), lambda row: timezone.localtime(row.returned_at).date().isoformat() if row.returned_at else ""),
)


@require_safe
@needs(Right.RUN_CAMPAIGNS)
def purchases_csv(request: HttpRequest, supplier_id: int) -> StreamingHttpResponse:
    """The rows of the same address as a file that the supplier may have."""
    find_supplier(supplier_id)
    batch_id, states = chosen_purchases(request)
    rows = queries.each_purchase(supplier_id, batch_id=batch_id, states=states)
    return csv_file(request, name="leads-of-supplier", columns=COLUMNS, rows=rows)


@require_POST
@needs(Right.RUN_CAMPAIGNS)
def give_back(request: HttpRequest, purchase_id: int) -> HttpResponse:
    """Give a lead back for a reason; the undo keeps it after all."""
    found, now = find_purchase(purchase_id), timezone.now()
    supplier = find_supplier(found.supplier_id)
    form = GiveBackForm(request.POST, auto_id=f"back-{purchase_id}-%s")
    if form.is_valid():
        said = form.cleaned_data
        objection = services.give_back(
            purchase_id, because=Returned(said["because"]), note=said["note"], by=actor(request).pk, now=now
        )
        if objection is None:
            undo = reverse("purchase_keep", args=[purchase_id, as_number(now)])
            messages.success(request, _("Given back: its price is owed to us."), extra_tags=undo)
            return _to_purchases(request, found.supplier_id)
        form.add_error("note" if objection is NotReturned.NO_WORDS else "because", str(NOT_RETURNED[objection]))
    return card_page(request, supplier, wrong=(purchase_id, form), status=422)


@require_POST
@needs(Right.RUN_CAMPAIGNS)
def keep_after_all(request: HttpRequest, purchase_id: int, moment: int) -> HttpResponse:
    """Undo giving back."""
    found = find_purchase(purchase_id)
    if services.keep_after_all(purchase_id, returned_at=as_moment(moment)):
        messages.success(request, _("Kept: it is paid for as before."))
    else:
        messages.info(request, _("It stands otherwise by now; nothing was changed."))
    return _to_purchases(request, found.supplier_id)


@require_POST
@needs(Right.RUN_CAMPAIGNS)
def mark_credited(request: HttpRequest, supplier_id: int) -> HttpResponse:
    """Everything that was owed is credited; the undo takes it back."""
    find_supplier(supplier_id)
    now = timezone.now()
    number = services.note_credited(supplier_id, now=now)
    if number:
        told = ngettext("%(number)s lead is credited.", "%(number)s leads are credited.", number) % {"number": number}
        messages.success(request, told, extra_tags=reverse("supplier_not_credited", args=[supplier_id, as_number(now)]))
    return redirect("supplier", supplier_id)


@require_POST
@needs(Right.RUN_CAMPAIGNS)
def not_credited(request: HttpRequest, supplier_id: int, moment: int) -> HttpResponse:
    """Undo the credit of that moment."""
    find_supplier(supplier_id)
    if services.take_back_credited(supplier_id, credited_at=as_moment(moment)):
        messages.success(request, _("Taken back: it is owed to us as before."))
    return redirect("supplier", supplier_id)


def _to_purchases(request: HttpRequest, supplier_id: int) -> HttpResponse:
    query = request.GET.urlencode()
    return redirect(f"{reverse('supplier', args=[supplier_id])}{'?' + query if query else ''}#purchases")
