"""One more deal with a lead that is a prospect already."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadstone.domains.access.rules import Right
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads.queries import LeadLine
from leadstone.domains.leads.rules import LeadFilter, Status
from leadstone.domains.pipeline import services
from leadstone.kernel.money import Currency
from leadstone.studio.deals.forms import AddDealForm
from leadstone.studio.deals.moving import find_line
from leadstone.studio.deals.words import called
from leadstone.studio.shell.gate import actor, needs, reader

MOST_OFFERED = 200


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.WORK_DEALS)
def deal_add(request: HttpRequest, lead_id: int = 0) -> HttpResponse:
    """The form, and what becomes of it: the deal's card, or the form again with the mistake beside its field."""
    search = request.GET.get("q", "").strip()[:200]
    offered = _offered(request, search, lead_id=lead_id)
    form = AddDealForm(request.POST or None, initial={"lead": lead_id}, auto_id="deal-%s", leads=offered)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        opened = services.add_deal(
            lead_id=given["lead"],
            title=given["title"],
            amount_minor=given["amount"],
            currency=Currency(given["currency"] or Currency.PLN),
            expected_close=given["expected_close"],
            by=actor(request).pk,
            now=timezone.now(),
        )
        if opened.deal_id is not None:
            back = reverse("deal_add_back", args=[opened.deal_id, given["lead"]])
            messages.success(request, _("Added to the board."), extra_tags=back)
            return redirect("deal", opened.deal_id)
        form.add_error("lead", _("Nobody has established intent and interest here yet. Qualify the lead first."))
    facts = {"form": form, "offered": offered, "search": search}
    return render(request, "deals/add.html", facts, status=422 if form.is_bound else 200)


@require_POST
@needs(Right.WORK_DEALS)
def deal_add_back(request: HttpRequest, deal_id: int, lead_id: int) -> HttpResponse:
    """Take back a deal that was added by mistake, while nobody has worked with it."""
    find_line(request, deal_id)
    if services.take_back_deal(deal_id=deal_id, lead_id=lead_id, now=timezone.now()):
        messages.success(request, _("Undone: the deal is gone."))
    else:
        messages.error(request, _("Somebody has changed this deal since; it stays as it is."))
    return redirect("board")


def _offered(request: HttpRequest, search: str, *, lead_id: int) -> list[tuple[int, str]]:
    """Prospects whom the reader sees, by what was searched for."""
    chosen = LeadFilter(status=Status.QUALIFIED, search=search)
    lines = leads.lead_page(chosen, reader=reader(request), size=MOST_OFFERED).lines
    found = [(line.lead_id, _told(line)) for line in lines]
    if lead_id and lead_id not in dict(found):
        try:
            named = leads.lead_card(lead_id, reader=reader(request))
        except leads.NoSuchLead as missing:
            raise Http404 from missing
        name = named.shown["name"].value if "name" in named.shown else named.company
        found.insert(0, (lead_id, called(name)))
    return found


def _told(line: LeadLine) -> str:
    name = called(line.name or line.email)
    parts = [part for part in (name, line.company if line.company != name else "", line.magnet_title) if part]
    return ", ".join(parts)
