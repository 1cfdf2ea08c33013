"""What is done with activities: each answers with a toast that can undo it."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leadstone.domains.access.rules import Right
from leadstone.domains.activities import queries, services
from leadstone.domains.activities.queries import ActivityFacts, NoSuchActivity
from leadstone.domains.activities.rules import CALL_OUTCOMES, FOLLOWED_BY, About, ActivityKind, Outcome, put_off
from leadstone.domains.activities.services import Call
from leadstone.kernel.decision import Decision
from leadstone.studio.activities import panels
from leadstone.studio.activities.about import fields_of, read_about
from leadstone.studio.activities.booked import to_the_booking
from leadstone.studio.activities.forms import LAST_YEAR, CallForm, NoteForm, PlanForm, usual_time
from leadstone.studio.activities.when import spoken
from leadstone.studio.activities.words import ENDED, LOGGED, OUTCOME, REFUSED
from leadstone.studio.shell.gate import actor, needs, reader

LAST_MOMENT = datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC).timestamp()


@require_POST
@needs(Right.WORK_LEADS)
def call_log(request: HttpRequest, lead_id: int) -> HttpResponse:
    """Write down a call to a lead; where something follows and no time is said, ask for it."""
    about = read_about(request.POST.dict() | {"lead": str(lead_id)}, reader=reader(request))
    if about.lead_id != lead_id:
        raise Http404
    return _log(request, about, planned=_planned(request))


@require_POST
@needs(Right.WORK_LEADS)
def note_write(request: HttpRequest) -> HttpResponse:
    """Write a note."""
    about, form = read_about(request.POST, reader=reader(request)), NoteForm(request.POST, auto_id="note-%s")
    if not form.is_valid():
        facts = {"form": form, "fields": fields_of(about), "back": back_from(request)}
        return render(request, "activities/note.html", facts, status=422)
    note_id = services.write_note(about=about, text=form.cleaned_data["text"], by=actor(request).pk, now=timezone.now())
    messages.success(request, _("Noted."), extra_tags=_undo(request, "activity_take_back", note_id))
    return redirect(back_from(request))


@require_POST
@needs(Right.WORK_LEADS)
def plan(request: HttpRequest) -> HttpResponse:
    """Plan a task, a call or a meeting."""
    about, form, now = read_about(request.POST, reader=reader(request)), PlanForm(request.POST, auto_id="plan-%s"), timezone.now()
    if not form.is_valid():
        facts = {"form": form, "fields": fields_of(about), "back": back_from(request)}
        return render(request, "activities/plan.html", facts, status=422)
    planned = form.plan(about, owner_id=actor(request).pk)
    activity_id = services.plan(planned, by=actor(request).pk, now=now)
    when = spoken(planned.due_at or now, now=now)
    messages.success(
        request, _("Planned: %(when)s.") % {"when": when}, extra_tags=_undo(request, "activity_take_back", activity_id)
    )
    return redirect(back_from(request))


@require_POST
@needs(Right.WORK_LEADS)
def done(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Say how it ended. Of a planned call it is asked how it went."""
    facts = find(request, activity_id)
    if facts.kind is ActivityKind.CALL and request.POST.get("outcome") != Outcome.CANCELLED:
        return _log(request, facts.about, planned=facts)
    outcome = request.POST.get("outcome", "")
    if outcome not in set(Outcome):
        raise Http404
    decision = services.finish(
        activity_id=activity_id, outcome=Outcome(outcome), note=request.POST.get("note", ""), now=timezone.now()
    )
    _tell(request, decision, words=str(ENDED.get(Outcome(outcome), "")), back=_undo(request, "activity_reopen", activity_id))
    return redirect(back_from(request))


@require_POST
@needs(Right.WORK_LEADS)
def tomorrow(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Put it off until tomorrow, the same time of day."""
    facts, now = find(request, activity_id), timezone.now()
    booked = to_the_booking(request, facts)
    if booked is not None:
        return booked
    until = put_off(facts.due_at, now=now, zone=timezone.get_current_timezone())
    decision = services.postpone(activity_id=activity_id, until=until, now=now)
    back = _undo(request, "activity_due_back", activity_id, int(facts.due_at.timestamp())) if facts.due_at else ""
    _tell(request, decision, words=_("Put off: %(when)s.") % {"when": spoken(until, now=now)}, back=back)
    return redirect(back_from(request))


@require_POST
@needs(Right.WORK_LEADS)
def due_back(request: HttpRequest, activity_id: int, seconds: int) -> HttpResponse:
    """Undo a putting off."""
    booked = to_the_booking(request, find(request, activity_id))
    if booked is not None:
        return booked
    if seconds >= LAST_MOMENT:
        raise Http404
    until = datetime.fromtimestamp(seconds, UTC)
    _tell(request, services.postpone(activity_id=activity_id, until=until, now=timezone.now()), words=_("Undone."))
    return redirect(back_from(request))


@require_POST
@needs(Right.WORK_LEADS)
def take_back(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Take it out of every list."""
    booked = to_the_booking(request, find(request, activity_id))
    if booked is not None:
        return booked
    if services.take_back(activity_id=activity_id, now=timezone.now()):
        messages.success(request, _("Taken back."), extra_tags=_undo(request, "activity_bring_back", activity_id))
    return redirect(back_from(request))


@require_POST
@needs(Right.WORK_LEADS)
def bring_back(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Undo a taking back."""
    find(request, activity_id)
    if services.bring_back(activity_id=activity_id, now=timezone.now()):
        messages.success(request, _("Undone."))
    return redirect(back_from(request))


@require_POST
@needs(Right.WORK_LEADS)
def reopen(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Undo an ending."""
    find(request, activity_id)
    if services.reopen(activity_id=activity_id, now=timezone.now()):
        messages.success(request, _("Undone: it is open again."))
    return redirect(back_from(request))


def find(request: HttpRequest, activity_id: int) -> ActivityFacts:
    """The activity, for who may see it; else there is none."""
    try:
        return queries.activity(activity_id, reader=reader(request))
    except NoSuchActivity as missing:
        raise Http404 from missing


def back_from(request: HttpRequest) -> str:
    """Where the form, or the undo of a toast, leads: a page of ours, else the list."""
    given = request.POST.get("next") or request.GET.get("next", "")
    return given if url_has_allowed_host_and_scheme(given, allowed_hosts=None) else reverse("activities")


def _undo(request: HttpRequest, name: str, *args: int) -> str:
    """The address of an undo that leads back to where one is."""
    return f"{reverse(name, args=args)}?{urlencode({'next': back_from(request)})}"


def _planned(request: HttpRequest) -> ActivityFacts | None:
    given = request.POST.get("planned", "")
    return find(request, int(given)) if given.isascii() and given.isdigit() and len(given) < 18 else None


def _log(request: HttpRequest, about: About, *, planned: ActivityFacts | None) -> HttpResponse:
    chosen, now = request.POST.get("outcome", ""), timezone.now()
    if chosen not in set(CALL_OUTCOMES):
        return _ask(request, about, planned=planned)
    outcome = Outcome(chosen)
    if outcome in FOLLOWED_BY and "day" not in request.POST:
        # Proposed rather than demanded: Enter takes it.
        return _ask(request, about, planned=planned, outcome=outcome, form=CallForm(initial=usual_time(now), auto_id="call-%s"))
    form = CallForm(request.POST, auto_id="call-%s")
    if not form.is_valid():
        return _ask(request, about, planned=planned, outcome=outcome, form=form, status=422)
    call = Call(
        about=about,
        outcome=outcome,
        note=form.cleaned_data["note"],
        again_at=form.again_at(),
        planned_id=planned.activity_id if planned else None,
    )
    logged = services.log_call(call, by=actor(request).pk, now=now)
    undo = "activity_reopen" if planned else "activity_take_back"
    back = _undo(request, undo, logged.call_id) if logged.call_id else ""
    _tell(request, logged.decision, words=str(LOGGED[outcome]), back=back)
    return redirect(back_from(request))


def _ask(
    request: HttpRequest,
    about: About,
    *,
    planned: ActivityFacts | None,
    outcome: Outcome | None = None,
    form: CallForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """How the call went, or when one goes on: a page of its own that leads back."""
    facts = {
        "panel": panels.call(request, about, back_to=back_from(request), planned=planned),
        "form": form,
        "outcome": outcome.value if outcome else "",
        "outcome_words": OUTCOME[outcome] if outcome else "",
        "note": request.POST.get("note", ""),
        "action": request.path,
    }
    return render(request, "activities/call.html", facts, status=status)


def _tell(request: HttpRequest, decision: Decision, *, words: str, back: str = "") -> None:
    if decision.because is None:
        messages.success(request, words, extra_tags=back)
    else:
        messages.error(request, str(REFUSED[decision.because]))
