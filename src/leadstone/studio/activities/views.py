"""One activity: what it is about, when, and changing it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leadstone.domains.access.rules import Right, may
from leadstone.domains.activities import services
from leadstone.domains.activities.queries import ActivityFacts
from leadstone.domains.activities.rules import ENDINGS, ActivityKind
from leadstone.studio.activities import stories
from leadstone.studio.activities.booked import to_the_booking
from leadstone.studio.activities.doing import back_from, find
from leadstone.studio.activities.forms import ChangeForm, NoteForm, as_typed
from leadstone.studio.activities.panels import line_of
from leadstone.studio.activities.words import KIND, OUTCOME, REFUSED, title_of, with_whom
from leadstone.studio.shell.gate import actor, needs
from leadstone.studio.suppliers.errands import place_of

AUTO_ID = "change-%s"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.READ_LEADS)
def activity(request: HttpRequest, activity_id: int) -> HttpResponse:
    """One task, call, meeting or note; an open one and a note can be changed by who works with leads."""
    facts = find(request, activity_id)
    if request.method == "POST" and not may(actor(request).role, Right.WORK_LEADS):
        raise PermissionDenied
    booked = to_the_booking(request, facts)
    if booked is not None:
        return booked
    if request.method == "POST":
        return _change(request, facts)
    return _page(request, facts, _form(facts))


def _change(request: HttpRequest, facts: ActivityFacts) -> HttpResponse:
    if facts.kind is ActivityKind.NOTE:
        note = NoteForm(request.POST, auto_id=AUTO_ID)
        if not note.is_valid():
            return _page(request, facts, note, status=422)
        services.rewrite_note(activity_id=facts.activity_id, text=note.cleaned_data["text"])
        messages.success(request, _("Saved."))
        return redirect(back_from(request))
    form = ChangeForm(request.POST, auto_id=AUTO_ID)
    if not form.is_valid():
        return _page(request, facts, form, status=422)
    plan = form.plan(facts.about, owner_id=form.cleaned_data["owner"])
    decision = services.change(plan, activity_id=facts.activity_id, now=timezone.now())
    if decision.because is None:
        messages.success(request, _("Saved."))
    else:
        messages.error(request, str(REFUSED[decision.because]))
    return redirect(back_from(request))


def _form(facts: ActivityFacts) -> ChangeForm | NoteForm | None:
    if facts.kind is ActivityKind.NOTE:
        return NoteForm(initial={"text": facts.text}, auto_id=AUTO_ID)
    return ChangeForm(initial=as_typed(facts), auto_id=AUTO_ID) if facts.done_at is None else None


def _page(request: HttpRequest, facts: ActivityFacts, form: ChangeForm | NoteForm | None, *, status: int = 200) -> HttpResponse:
    shown = {
        "facts": facts,
        "title": title_of(facts),
        "kind_words": KIND[facts.kind],
        "whom": with_whom(facts),
        "line": line_of(facts, reader_id=actor(request).pk, now=timezone.now()),
        "form": form,
        "told": stories.line_of(facts) if facts.done_at else None,
        "endings": [(outcome, OUTCOME[outcome]) for outcome in ENDINGS[facts.kind]]
        if facts.kind is not ActivityKind.CALL
        else [],
        "opens": place_of(facts.activity_id),
        "back": back_from(request),
        "may_work": may(actor(request).role, Right.WORK_LEADS),
    }
    return render(request, "activities/activity.html", shown, status=status)
