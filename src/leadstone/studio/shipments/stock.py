"""What lies on the shelf, and every movement that made it so."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.rules import ships
from leadstone.domains.shipments import queries
from leadstone.domains.shipments.queries import StockFacts
from leadstone.domains.shipments.rules import StockRefusal, effect_of
from leadstone.domains.shipments.services.shelf import note_by_hand
from leadstone.studio.leads.filters import read_page
from leadstone.studio.shell.gate import actor, needs
from leadstone.studio.shipments.forms import MovementForm
from leadstone.studio.shipments.words import MOVEMENT, REFUSED


@require_safe
@needs(Right.SHIP)
def stocks(request: HttpRequest) -> HttpResponse:
    """Every stock, and the samples that have none yet."""
    known = queries.stocks()
    begun = {each.magnet_id for each in known}
    more = [
        StockFacts(magnet_id=each.pk, title=each.title)
        for each in magnets.magnets()
        if each.pk not in begun and each.withdrawn_at is None and ships(magnets.draft_of(each))
    ]
    facts = {"stocks": [*known, *more], "punctuality": queries.punctuality(now=timezone.now())}
    return render(request, "shipments/stocks.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SHIP)
def stock(request: HttpRequest, magnet_id: int) -> HttpResponse:
    """One stock with its history; a movement is entered beside it."""
    magnet = magnets.magnet_or_none(magnet_id)
    if magnet is None or not ships(magnets.draft_of(magnet)):
        raise Http404
    form = MovementForm(request.POST or None, initial={"kind": "received"})
    if request.method == "POST" and form.is_valid():
        decision = note_by_hand(
            magnet_id=magnet_id,
            kind=form.movement,
            quantity=form.cleaned_data["quantity"],
            note=form.cleaned_data["note"],
            by=actor(request).pk,
            now=timezone.now(),
        )
        if decision.allowed:
            messages.success(request, _("Written down. Who waited is served first."))
            return redirect("stock", magnet_id)
        form.add_error("quantity", str(REFUSED[StockRefusal(str(decision.because))]))
    number = read_page(request.GET)
    moved, more = queries.movements(magnet_id, page=number)
    facts = {
        "number": number,
        "more": more,
        "stock": queries.stock_of(magnet_id) or StockFacts(magnet_id=magnet_id, title=magnet.title),
        "movements": [(each, MOVEMENT[each.kind], effect_of(each.kind, each.quantity)) for each in moved],
        "form": form,
        "punctuality": queries.punctuality(now=timezone.now(), magnet_id=magnet_id),
    }
    return render(request, "shipments/stock.html", facts, status=422 if form.errors else 200)
