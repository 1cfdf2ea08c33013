"""Moving a lead: taking it up, keeping it for later, giving it up; and back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leadstone.domains.access.rules import Right
from leadstone.domains.leads import services as leads
from leadstone.domains.leads.rules import MoveRefusal, Status
from leadstone.domains.qualification import services as qualification
from leadstone.kernel.decision import Decision
from leadstone.studio.leads.finding import find_lead
from leadstone.studio.leads.forms import MoveForm
from leadstone.studio.shell.gate import actor, needs
from leadstone.studio.words.leads import MOVED, REFUSED, STATUS


@require_POST
@needs(Right.WORK_LEADS)
def move(request: HttpRequest, lead_id: int) -> HttpResponse:
    """Give the lead another status; the toast leads back."""
    found, form = find_lead(request, lead_id), MoveForm(request.POST)
    form.is_valid()
    if "to" in form.errors:
        raise Http404
    target = Status(form.cleaned_data["to"])
    refused = _refused_by(form, target)
    decision = _move(request, lead_id, target, form) if refused is None else refused
    if decision.allowed:
        back = reverse("lead_move_back", args=[lead_id, found.status.value, target.value])
        messages.success(request, str(MOVED[target]), extra_tags=back)
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
    find_lead(request, lead_id)
    if qualification.take_back_move(
        lead_id=lead_id, before=Status(before), after=Status(after), by=actor(request).pk, now=timezone.now()
    ):
        messages.success(request, str(_("Undone: %(status)s.")) % {"status": STATUS[Status(before)]})
    else:
        messages.error(request, str(REFUSED[MoveRefusal.MOVED_MEANWHILE]))
    return redirect("lead", lead_id)


def _refused_by(form: MoveForm, target: Status) -> Decision | None:
    """What the form alone can tell: a day that is none, a reason that nobody offers, a note that is too long."""
    if "on" in form.errors and target is Status.NURTURING:
        return Decision(False, MoveRefusal.NO_DAY)
    if "because" in form.errors:
        return Decision(False, MoveRefusal.NO_REASON)
    return Decision(False, MoveRefusal.NOTE_TOO_LONG) if "note" in form.errors else None


def _move(request: HttpRequest, lead_id: int, target: Status, form: MoveForm) -> Decision:
    by, now, note = actor(request).pk, timezone.now(), form.cleaned_data["note"]
    if target is Status.NURTURING:
        today = timezone.localdate(now)
        on, because = form.cleaned_data["on"], form.because_or_none()
        return leads.put_back(lead_id=lead_id, on=on, because=because, note=note, by=by, today=today, now=now)
    if target is Status.DISQUALIFIED:
        return leads.give_up(lead_id=lead_id, because=form.because_or_none(), note=note, by=by, now=now)
    return leads.move(lead_id=lead_id, to=target, by=by, now=now, note=note)
