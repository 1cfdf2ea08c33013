"""The card of one lead, and what is done with it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadstone.domains.access import queries as access
from leadstone.domains.access.rules import Right, may
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads import services
from leadstone.domains.leads.queries import LeadCard, NoSuchLead
from leadstone.domains.leads.rules import MoveRefusal, Status
from leadstone.domains.pipeline import queries as pipeline
from leadstone.domains.pipeline import services as deals
from leadstone.kernel.money import Currency
from leadstone.studio.leads import card as shown
from leadstone.studio.leads.forms import DealForm, NoteForm
from leadstone.studio.shell.gate import actor, needs, reader
from leadstone.studio.words.leads import BASIS, CHANNEL, MOVED, REFUSED, STATUS, TONE


@require_safe
@needs(Right.READ_LEADS)
def lead(request: HttpRequest, lead_id: int) -> HttpResponse:
    """Everything about one lead on one page."""
    return _card_page(request, _find(request, lead_id), deal_form=DealForm())


@require_POST
@needs(Right.WORK_LEADS)
def move(request: HttpRequest, lead_id: int) -> HttpResponse:
    """Give the lead another status; the toast leads back."""
    found, form = _find(request, lead_id), NoteForm(request.POST)
    target = request.POST.get("to", "")
    if target not in set(Status) or not form.is_valid():
        raise Http404
    decision = services.move(
        lead_id=lead_id, to=Status(target), by=actor(request).pk, now=timezone.now(), note=form.cleaned_data["note"]
    )
    if decision.allowed:
        back = reverse("lead_move_back", args=[lead_id, found.status.value, target])
        messages.success(request, str(MOVED[Status(target)]), extra_tags=back)
    else:
        messages.error(request, str(REFUSED[MoveRefusal(str(decision.because))]))
    # From the first screen the next person should come up.
    return redirect("today") if request.POST.get("next") == "today" else redirect("lead", lead_id)


@require_POST
@needs(Right.WORK_LEADS)
def move_back(request: HttpRequest, lead_id: int, before: str, after: str) -> HttpResponse:
    """Undo a move, if nobody has moved the lead since."""
    if before not in set(Status) or after not in set(Status):
        raise Http404
    _find(request, lead_id)
    if services.take_back_move(
        lead_id=lead_id, before=Status(before), after=Status(after), by=actor(request).pk, now=timezone.now()
    ):
        messages.success(request, str(_("Undone: %(status)s.")) % {"status": STATUS[Status(before)]})
    else:
        messages.error(request, str(REFUSED[MoveRefusal.MOVED_MEANWHILE]))
    return redirect("lead", lead_id)


@require_POST
@needs(Right.WORK_LEADS)
def owner(request: HttpRequest, lead_id: int) -> HttpResponse:
    """Whose lead it is."""
    found = _find(request, lead_id)
    given = request.POST.get("owner", "")
    people = {str(pk): pk for pk, _name in _colleagues()}
    if given and given not in people:
        raise Http404
    services.assign_owner(lead_id=lead_id, owner_id=people.get(given))
    back = reverse("lead_owner_back", args=[lead_id, found.owner_id or 0])
    messages.success(request, _("Handed over.") if given else _("Nobody’s lead now."), extra_tags=back)
    return redirect("lead", lead_id)


@require_POST
@needs(Right.WORK_LEADS)
def owner_back(request: HttpRequest, lead_id: int, owner_id: int) -> HttpResponse:
    """Give the lead back to whom it belonged."""
    _find(request, lead_id)
    people = {pk for pk, _name in _colleagues()}
    services.assign_owner(lead_id=lead_id, owner_id=owner_id if owner_id in people else None)
    messages.success(request, _("Undone."))
    return redirect("lead", lead_id)


@require_POST
@needs(Right.WORK_LEADS)
def deal(request: HttpRequest, lead_id: int) -> HttpResponse:
    """They bought."""
    found, form = _find(request, lead_id), DealForm(request.POST)
    if not form.is_valid():
        return _card_page(request, found, deal_form=form, status=422)
    deal_id = deals.record_deal(
        lead_id=lead_id,
        amount_minor=form.cleaned_data["amount"],
        currency=Currency(form.cleaned_data["currency"]),
        title=form.cleaned_data["title"],
        by=actor(request).pk,
        now=timezone.now(),
    )
    messages.success(
        request, _("A customer. It counts for the magnet too."), extra_tags=reverse("lead_deal_back", args=[lead_id, deal_id])
    )
    return redirect("lead", lead_id)


@require_POST
@needs(Right.WORK_LEADS)
def deal_back(request: HttpRequest, lead_id: int, deal_id: int) -> HttpResponse:
    """Take back a sale that was recorded by mistake."""
    _find(request, lead_id)
    if deals.take_back_deal(deal_id=deal_id, lead_id=lead_id, now=timezone.now()):
        messages.success(request, _("Undone: the sale is gone."))
    return redirect("lead", lead_id)


def _colleagues() -> list[tuple[int, str]]:
    return [(one.user_id, one.name) for one in access.staff(active_only=True)]


def _find(request: HttpRequest, lead_id: int) -> LeadCard:
    try:
        return leads.lead_card(lead_id, reader=reader(request))
    except NoSuchLead as missing:
        raise Http404 from missing


def _card_page(request: HttpRequest, card: LeadCard, *, deal_form: DealForm, status: int = 200) -> HttpResponse:
    sales = pipeline.deals_of(card.lead_id)
    facts = {
        "card": card,
        "name": shown.name_of(card),
        "under_name": shown.under_name(card),
        "triple": shown.triple(card),
        "known": shown.known(card),
        "field_words": shown.FIELD,
        "story": shown.story(card),
        "moves": shown.moves(card.status),
        "allowed": shown.allowed(card),
        "deals": sales,
        "deal_form": deal_form,
        "deal_open": bool(deal_form.errors),
        "status_words": STATUS[card.status],
        "tone": TONE[card.status],
        "channel_words": CHANNEL[card.channel],
        "basis_words": BASIS[card.basis] if card.basis else "",
        "colleagues": _colleagues(),
        "may_work": may(actor(request).role, Right.WORK_LEADS),
    }
    return render(request, "studio/leads/card.html", facts, status=status)
