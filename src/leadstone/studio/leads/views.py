"""The card of one lead, and what is done with it."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadstone.domains.access.rules import Right, may
from leadstone.domains.activities.rules import About
from leadstone.domains.assignment import services as hands
from leadstone.domains.assignment.rules import HandRefusal
from leadstone.domains.audit.rules import Subject
from leadstone.domains.leads.queries import LeadCard
from leadstone.domains.pipeline import queries as pipeline
from leadstone.domains.pipeline import services as deals
from leadstone.kernel.money import Currency
from leadstone.studio.activities import panels
from leadstone.studio.assignment import panels as assignment
from leadstone.studio.assignment.words import REFUSED as HAND_REFUSED
from leadstone.studio.companies.tags import tags_shown
from leadstone.studio.leads import card as shown
from leadstone.studio.leads.deals import open_deals
from leadstone.studio.leads.filters import NOBODY
from leadstone.studio.leads.finding import find_lead
from leadstone.studio.leads.forms import DealForm
from leadstone.studio.magnets.answers import answers_shown
from leadstone.studio.qualification.panels import checklist_panel
from leadstone.studio.shell.gate import actor, needs, reader
from leadstone.studio.shell.noted import noted_read
from leadstone.studio.shell.problems import problem
from leadstone.studio.suppliers.people import origin_panel
from leadstone.studio.today.writing import write_panel
from leadstone.studio.words.leads import BASIS, CHANNEL, STATUS, TONE

COMES_BACK_AFTER = timedelta(days=30)  # offered first


@require_safe
@needs(Right.READ_LEADS)
def lead(request: HttpRequest, lead_id: int) -> HttpResponse:
    """Everything about one lead on one page."""
    card = find_lead(request, lead_id)
    noted_read(request, Subject.LEAD, lead_id)
    return _card_page(request, card, deal_form=DealForm())


@require_POST
@needs(Right.WORK_LEADS)
def owner(request: HttpRequest, lead_id: int) -> HttpResponse:
    """Hand the lead to the colleague that the form names, or to nobody when it says so in as many words."""
    find_lead(request, lead_id)
    given = request.POST.get("owner", "")
    people = {str(pk): pk for pk, _name in assignment.colleagues()}
    if not given:
        # A form that lost its field must not take a lead from anybody.
        return problem(request, status=400, title=_("Whose lead should it be?"), text=_("Choose a colleague, or “Nobody’s”."))
    if given != NOBODY and given not in people:
        raise Http404
    decision = hands.hand_over(lead_id=lead_id, to=people.get(given), by=actor(request).pk, now=timezone.now())
    if decision.allowed:
        words = _("Nobody’s lead now.") if given == NOBODY else _("Handed over.")
        messages.success(request, words, extra_tags=reverse("lead_hand_back", args=[lead_id]))
    else:
        messages.error(request, str(HAND_REFUSED[HandRefusal(str(decision.because))]))
    return redirect("lead", lead_id)


@require_POST
@needs(Right.WORK_LEADS)
def deal(request: HttpRequest, lead_id: int) -> HttpResponse:
    """They bought."""
    found, form = find_lead(request, lead_id), DealForm(request.POST)
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
    find_lead(request, lead_id)
    if not pipeline.has_deal(deal_id, reader=reader(request)):
        raise Http404
    if deals.take_back_deal(deal_id=deal_id, lead_id=lead_id, now=timezone.now()):
        messages.success(request, _("Undone: the sale is gone."))
    return redirect("lead", lead_id)


def _card_page(request: HttpRequest, card: LeadCard, *, deal_form: DealForm, status: int = 200) -> HttpResponse:
    about = About(lead_id=card.lead_id)
    activities = panels.of(request, about)
    call = activities.call.answer if activities.call else None
    facts = checklist_panel(request, card) | {
        "card": card,
        "may_run_campaigns": may(actor(request).role, Right.RUN_CAMPAIGNS),
        "answers": answers_shown(card),
        "name": shown.name_of(card),
        "under_name": shown.under_name(card),
        "triple": shown.triple(card),
        "known": shown.known(card, with_phone=call is not None and call.phone is not None),
        "field_words": shown.FIELD,
        "story": panels.story(request, about, beside=shown.story(card)),
        "moves": shown.moves(card.status),
        "tomorrow": timezone.localdate() + timedelta(days=1),
        "comes_back": timezone.localdate() + COMES_BACK_AFTER,
        "allowed": shown.allowed(card),
        "activities": activities,
        "writing": write_panel(request, card, may_call=call is not None and call.phone is not None),
        "hands": assignment.hands(request, lead_id=card.lead_id, owner_id=card.owner_id, owner_name=card.owner_name),
        "open_deals": open_deals(request, card.lead_id),
        "deals": pipeline.deals_of(card.lead_id, reader=reader(request)),
        "deal_form": deal_form,
        "deal_open": bool(deal_form.errors),
        "status_words": STATUS[card.status],
        "tone": TONE[card.status],
        "channel_words": CHANNEL[card.channel],
        "basis_words": BASIS[card.basis] if card.basis else "",
        "origin": origin_panel(request, card),
        "tags": tags_shown(card.contact_id) if card.contact_id else {},
        "may_work": may(actor(request).role, Right.WORK_LEADS),
    }
    return render(request, "studio/leads/card.html", facts, status=status)
