"""What the card of a lead says of somebody who did not come to us themselves: where from, whether told, and on what basis."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django import forms
from django.contrib import messages
from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from leadstone.domains.access.rules import Right, may
from leadstone.domains.audit import services as audit
from leadstone.domains.audit.rules import Action, Subject
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.leads.queries import LeadCard
from leadstone.domains.leads.rules import Basis
from leadstone.domains.suppliers import queries
from leadstone.domains.suppliers.queries.notices import notices_of_leads
from leadstone.domains.suppliers.rules import How
from leadstone.flows import notices_due
from leadstone.flows.unfounded_kept import state_basis, take_back_basis
from leadstone.studio.leads.finding import find_lead
from leadstone.studio.shell.forms import StudioForm
from leadstone.studio.shell.gate import actor, needs
from leadstone.studio.suppliers.finding import as_moment, as_number
from leadstone.studio.suppliers.words import HOW, TOLD
from leadstone.studio.words.leads import BASIS

BY_HAND = (How.PHONE, How.PERSON, How.LETTER)
# Whoever agreed elsewhere did so in words that came with them; nobody can say that for them afterwards.
STATED = tuple(basis for basis in Basis if basis is not Basis.AGREED_ELSEWHERE)
# Longer than a toast stays, for whoever has the page still open.
BASIS_BACK_WITHIN = timedelta(minutes=10)
# Since when they were in quarantine decides when they are erased, so nobody may make it up.
_SIGNED = TimestampSigner(salt="leadstone.basis")


class BasisForm(StudioForm):
    """Why we may know somebody."""

    basis = forms.ChoiceField(
        label=gettext_lazy("Why we may know them"),
        choices=[("", gettext_lazy("Choose")), *((basis.value, BASIS[basis]) for basis in STATED)],
    )


def origin_panel(request: HttpRequest, card: LeadCard) -> Mapping[str, object]:
    """For whom a supplier sold us: who, where from, the words, and whether they were told."""
    bought = queries.purchases_of_leads([card.lead_id]).get(card.lead_id)
    notice = notices_of_leads([card.lead_id]).get(card.lead_id)
    unfounded = bool(card.contact_id and contacts.unfounded({card.contact_id}))
    if bought is None and notice is None and not unfounded:
        return {}
    return {
        "bought": bought,
        "supplier": queries.supplier(bought.supplier_id) if bought else None,
        "opens": may(actor(request).role, Right.RUN_CAMPAIGNS),
        "notice": notice,
        "late": notice is not None and notice.is_late(timezone.localdate()),
        "told": TOLD[How(notice.how)] if notice and notice.how else "",
        "ways": [(how.value, HOW[how]) for how in BY_HAND],
        "may_write": notice is not None and bool(notices_due.reachable([card.lead_id])),
        "unfounded": unfounded,
        "basis_form": BasisForm(auto_id="state-%s") if unfounded else None,
    }


@require_POST
@needs(Right.WORK_LEADS)
def notice_write(request: HttpRequest, lead_id: int) -> HttpResponse:
    """Send the letter; it is told when it has left."""
    find_lead(request, lead_id)
    if notices_due.write_to([lead_id], now=timezone.now()):
        messages.success(request, _("The letter is on its way. They count as told once it has left."))
    else:
        messages.info(request, _("No letter was written: there is one already, they were told, or none may reach them."))
    return redirect("lead", lead_id)


@require_POST
@needs(Right.WORK_LEADS)
def notice_tell(request: HttpRequest, lead_id: int) -> HttpResponse:
    """They were told in another way; the undo takes it back."""
    find_lead(request, lead_id)
    how, now = request.POST.get("how", ""), timezone.now()
    if how not in set(BY_HAND):
        messages.error(request, _("Say how they were told."))
    elif notices_due.tell([lead_id], how=How(how), by=actor(request).pk, now=now):
        undo = reverse("notice_untell", args=[lead_id, as_number(now)])
        messages.success(request, _("Written down: they know where we have their data from."), extra_tags=undo)
    return redirect("lead", lead_id)


@require_POST
@needs(Right.WORK_LEADS)
def notice_untell(request: HttpRequest, lead_id: int, moment: int) -> HttpResponse:
    """Undo the telling of that moment."""
    find_lead(request, lead_id)
    if notices_due.take_back([lead_id], told_at=as_moment(moment), now=timezone.now()):
        messages.success(request, _("Taken back: they are still to be told."))
    return redirect("lead", lead_id)


@require_POST
@needs(Right.WORK_LEADS)
def basis_state(request: HttpRequest, lead_id: int) -> HttpResponse:
    """Somebody answers by name for why we may know this person; the undo puts them back into the quarantine."""
    found, form, now = find_lead(request, lead_id), BasisForm(request.POST), timezone.now()
    if not form.is_valid():
        messages.error(request, _("Choose why we may know them."))
    elif found.contact_id is not None:
        basis = Basis(form.cleaned_data["basis"])
        since = state_basis(lead_id, contact_id=found.contact_id, basis=basis, now=now)
        if since is not None:
            _note(request, lead_id, Action.BASIS_STATED, basis, now=now)
            told = _SIGNED.sign_object([lead_id, basis.value, as_number(since)])
            undo = reverse("basis_take_back", args=[lead_id, told])
            messages.success(request, _("Written down, with your name. They are out of the quarantine."), extra_tags=undo)
    return redirect("lead", lead_id)


@require_POST
@needs(Right.WORK_LEADS)
def basis_take_back(request: HttpRequest, lead_id: int, told: str) -> HttpResponse:
    """It was a slip: they are in the quarantine since when they were, and are erased on the same day."""
    found, now = find_lead(request, lead_id), timezone.now()
    try:
        of_lead, value, since = _SIGNED.unsign_object(told, max_age=BASIS_BACK_WITHIN)
    except BadSignature as forged:
        raise Http404 from forged
    if of_lead != lead_id or found.contact_id is None:
        raise Http404
    basis = Basis(value)
    if take_back_basis(lead_id, contact_id=found.contact_id, basis=basis, since=as_moment(since), now=now):
        _note(request, lead_id, Action.BASIS_TAKEN_BACK, basis, now=now)
        messages.success(request, _("Taken back: they are in quarantine as before."))
    else:
        messages.info(request, _("It stands otherwise by now; nothing was changed."))
    return redirect("lead", lead_id)


def _note(request: HttpRequest, lead_id: int, action: Action, basis: Basis, *, now: datetime) -> None:
    facts = {"basis": basis.value}
    audit.note(actor_id=actor(request).pk, action=action, subject=Subject.LEAD, subject_id=lead_id, facts=facts, now=now)
