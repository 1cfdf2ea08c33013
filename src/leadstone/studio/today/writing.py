"""Writing to one person: the drawer on Today and on the lead's card, and what becomes of it."""

from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leadstone.domains.access.rules import Right, may
from leadstone.domains.agenda import queries as agenda
from leadstone.domains.agenda.queries import WritingAnswer
from leadstone.domains.agenda.rules import Why
from leadstone.domains.consent.rules import MessageKind
from leadstone.domains.leads.queries import LeadCard
from leadstone.flows import personal_mail
from leadstone.studio.leads.finding import find_lead
from leadstone.studio.shell.gate import actor, needs
from leadstone.studio.shell.views import back_from
from leadstone.studio.today.forms import WriteForm
from leadstone.studio.today.suggesting import language_of, opening_of, told_of
from leadstone.studio.today.words import mail_text, not_written, subject


@dataclass(frozen=True, slots=True, kw_only=True)
class WritePanel:
    """The drawer of one lead: the form as it is suggested, or why nobody may write. `form` is None then."""

    lead_id: int
    form: WriteForm | None
    to: str
    language: str
    why_not: str
    is_answer: bool  # to what they asked; anything else is marketing that they agreed to
    next: str
    may_work: bool
    primary: bool = False


def write_panel(
    request: HttpRequest, card: LeadCard, *, why: Why = Why.NEW_FAIR, may_call: bool = True, back_to: str = ""
) -> WritePanel:
    """What `studio/today/_write.html` needs. Where no call is allowed, writing is the first thing that is offered."""
    answer = agenda.writing_answer(card.lead_id, on=timezone.now().date())
    language = language_of(card, answer)
    found, told = opening_of(card, why=why, question=answer.question, may_call=may_call), told_of(answer.question, card)
    suggested = {"subject": subject(found, told, language=language), "text": mail_text(found, told, language=language)}
    form = WriteForm(initial=suggested, auto_id="write-%s") if answer.decision else None
    return replace(_panel(request, card, answer, form=form, back_to=back_to), primary=form is not None and not may_call)


@require_POST
@needs(Right.WORK_LEADS)
def write(request: HttpRequest, lead_id: int) -> HttpResponse:
    """Write to the person of a lead; the toast takes it back before it leaves."""
    card, form = find_lead(request, lead_id), WriteForm(request.POST, auto_id="write-%s")
    if not form.is_valid():
        answer = agenda.writing_answer(lead_id, on=timezone.now().date())
        panel = _panel(request, card, answer, form=form, back_to=back_from(request))
        return render(request, "studio/today/write.html", {"panel": panel, "card": card}, status=422)
    written = personal_mail.write_to(lead_id=lead_id, by=actor(request).pk, now=timezone.now(), **form.cleaned_data)
    if written.note_id is None:
        messages.error(request, not_written(written.decision.because))
    else:
        back = reverse("lead_write_back", args=[lead_id, written.note_id])
        messages.success(request, _("Written. It leaves in a moment."), extra_tags=back)
    return redirect(back_from(request))


@require_POST
@needs(Right.WORK_LEADS)
def write_back(request: HttpRequest, lead_id: int, note_id: int) -> HttpResponse:
    """Take a mail back that has not left."""
    find_lead(request, lead_id)
    if personal_mail.take_back(lead_id=lead_id, note_id=note_id, now=timezone.now()):
        messages.success(request, _("Undone: it does not leave."))
    else:
        messages.error(request, _("It has left already."))
    return redirect("today")


def _panel(request: HttpRequest, card: LeadCard, answer: WritingAnswer, *, form: WriteForm | None, back_to: str) -> WritePanel:
    return WritePanel(
        lead_id=card.lead_id,
        form=form,
        to=answer.mailbox.value if answer.mailbox else "",
        language=language_of(card, answer),
        why_not=not_written(answer.decision.because),
        is_answer=answer.decision.message_kind is MessageKind.TRANSACTIONAL,
        next=back_to or request.get_full_path(),
        may_work=may(actor(request).role, Right.WORK_LEADS),
    )
