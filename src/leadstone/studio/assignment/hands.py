"""Leads pass from hand to hand."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leadstone.domains.access.rules import Right, Thing
from leadstone.domains.assignment import services
from leadstone.domains.assignment.rules import HandRefusal
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads.queries import LeadCard, NoSuchLead
from leadstone.kernel.decision import Decision
from leadstone.studio.assignment.panels import colleagues
from leadstone.studio.assignment.words import REFUSED
from leadstone.studio.shell.gate import actor, needs, reader


@require_POST
@needs(Right.WORK_LEADS)
def hand_over(request: HttpRequest, lead_id: int) -> HttpResponse:
    """Hand a lead to a colleague, take it oneself, or put it into the open queue; the toast leads back."""
    _find(request, lead_id)
    given = request.POST.get("owner", "")
    people = {str(pk): (pk, name) for pk, name in colleagues()}
    if given and given not in people:
        raise Http404
    to, name = people.get(given, (None, ""))
    decision = services.hand_over(
        lead_id=lead_id, to=to, by=actor(request).pk, now=timezone.now(), note=request.POST.get("note", "")
    )
    if to is None:
        words = _("Into the open queue: everybody sees it there.")
    elif to == actor(request).pk:
        words = _("It is yours.")
    else:
        words = _("Handed to %(name)s, who may return it.") % {"name": name}
    return _told(request, lead_id, decision, words=words, owner_id=to)


@require_POST
@needs(Right.WORK_LEADS)
def take(request: HttpRequest, lead_id: int) -> HttpResponse:
    """Take a lead from the open queue."""
    _find(request, lead_id)
    me = actor(request).pk
    decision = services.take(lead_id=lead_id, by=me, now=timezone.now())
    return _told(request, lead_id, decision, words=_("It is yours."), owner_id=me)


@require_POST
@needs(Right.WORK_LEADS)
def accept(request: HttpRequest, lead_id: int) -> HttpResponse:
    """Say yes to a hand-over."""
    _find(request, lead_id)
    decision = services.accept(lead_id=lead_id, by=actor(request).pk, now=timezone.now())
    if decision.allowed:
        messages.success(request, _("It is yours."))
    else:
        messages.error(request, str(REFUSED[HandRefusal(str(decision.because))]))
    return redirect("lead", lead_id)


@require_POST
@needs(Right.WORK_LEADS)
def return_lead(request: HttpRequest, lead_id: int) -> HttpResponse:
    """Give a lead back, with a reason."""
    _find(request, lead_id)
    decision = services.return_lead(
        lead_id=lead_id, by=actor(request).pk, reason=request.POST.get("reason", ""), now=timezone.now()
    )
    owner_id = leads.assignable_leads([lead_id])[0].owner_id
    words = _("Returned into the open queue.") if owner_id is None else _("Returned to whoever had it before.")
    return _told(request, lead_id, decision, words=words, owner_id=owner_id, undone=owner_id is None)


@require_POST
@needs(Right.WORK_LEADS)
def back(request: HttpRequest, lead_id: int) -> HttpResponse:
    """Undo one's own last hand-over, also when the lead went out of one's reach with it."""
    try:
        undone = services.take_back(lead_id=lead_id, by=actor(request).pk, now=timezone.now())
    except NoSuchLead as missing:
        raise Http404 from missing
    if not undone:
        _find(request, lead_id)
        messages.error(request, _("Too late: somebody has taken it on since."))
    else:
        messages.success(request, _("Undone."))
    return redirect("lead", lead_id)


def _find(request: HttpRequest, lead_id: int) -> LeadCard:
    try:
        return leads.lead_card(lead_id, reader=reader(request))
    except NoSuchLead as missing:
        raise Http404 from missing


def _told(
    request: HttpRequest, lead_id: int, decision: Decision, *, words: str, owner_id: int | None, undone: bool = True
) -> HttpResponse:
    """The toast, and the page to go on with: the queue that the lead was taken from, or its card while it is in reach.

    `undone`: whether it can be undone; what a colleague has back already is theirs.
    """
    if decision.allowed:
        messages.success(request, words, extra_tags=reverse("lead_hand_back", args=[lead_id]) if undone else "")
    else:
        messages.error(request, str(REFUSED[HandRefusal(str(decision.because))]))
    if request.POST.get("next") == "queue":
        return redirect("open_queue")
    in_reach = not decision.allowed or reader(request).sees(Thing.LEADS, owner_id=owner_id)
    return redirect("lead", lead_id) if in_reach else redirect("leads")
