"""From a draft to letters that leave, and what may be done while they do."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leadstone.domains.access.rules import Right, may
from leadstone.domains.newsletters.rules import TIME_TO_THINK, Refusal, moment_at
from leadstone.domains.newsletters.services import sending, writing
from leadstone.flows.issue_letters import try_issue
from leadstone.studio.newsletters.composing import found, issue_page
from leadstone.studio.newsletters.forms import SendForm
from leadstone.studio.shell.gate import actor, needs


@require_POST
@needs(Right.WRITE_LETTERS)
def test(request: HttpRequest, issue_id: int) -> HttpResponse:
    """To oneself, through the same gateway and mail server as to everybody."""
    card = found(issue_id)
    if card.subject.strip():
        try_issue(card, to_address=actor(request).email, now=timezone.now())
        messages.success(request, _("On its way to %(address)s.") % {"address": actor(request).email})
    else:
        messages.error(request, _("It needs a subject."))
    return redirect("issue", issue_id)


@require_POST
@needs(Right.WRITE_LETTERS)
def send(request: HttpRequest, issue_id: int) -> HttpResponse:
    """At once, with ten seconds to take it back, or at a time on the sender's own clock."""
    card, now, zone = found(issue_id), timezone.now(), str(timezone.get_current_timezone())
    form = SendForm(request.POST, auto_id="send-%s")
    if not form.is_valid():
        return issue_page(request, card, send_form=form, status=422)
    wall = form.wall()
    at = moment_at(wall, zone=zone) if wall else now + TIME_TO_THINK
    reason = form.cleaned_data["reason"]
    if reason and not may(actor(request).role, Right.OVERRIDE):
        raise PermissionDenied
    if at is None:
        return issue_page(request, card, send_form=form, refused=(Refusal.NOT_THERE,), status=422)
    refused = sending.plan_issue(
        issue_id=issue_id,
        revision=form.cleaned_data["revision"],
        at=at,
        wall=wall.isoformat(timespec="minutes") if wall else "",
        zone=zone,
        beyond_promise=reason,
        by=actor(request).pk,
        now=now,
    )
    if refused:
        return issue_page(request, found(issue_id), send_form=form, refused=refused, status=422)
    said = _("It leaves in ten seconds.") if at - now <= TIME_TO_THINK + timedelta(seconds=1) else _("It is planned.")
    messages.success(request, said, extra_tags=reverse("issue_take_back", args=[issue_id]))
    return redirect("issue", issue_id)


@require_POST
@needs(Right.WRITE_LETTERS)
def take_back(request: HttpRequest, issue_id: int) -> HttpResponse:
    found(issue_id)
    if sending.take_back_issue(issue_id=issue_id, now=timezone.now()):
        messages.success(request, _("Taken back: it is a draft again, and nobody got it."))
    else:
        messages.error(request, _("Too late: the first letters have left. Hold it, or stop it."))
    return redirect("issue", issue_id)


@require_POST
@needs(Right.WRITE_LETTERS)
def hold(request: HttpRequest, issue_id: int) -> HttpResponse:
    found(issue_id)
    held = sending.pause_issue(issue_id=issue_id, now=timezone.now())
    return _told(request, issue_id, held, _("Held. What was in a worker’s hand still leaves."), undo="issue_go_on")


@require_POST
@needs(Right.WRITE_LETTERS)
def go_on(request: HttpRequest, issue_id: int) -> HttpResponse:
    found(issue_id)
    return _told(request, issue_id, sending.go_on_with_issue(issue_id=issue_id, now=timezone.now()), _("It goes on."))


@require_POST
@needs(Right.WRITE_LETTERS)
def stop(request: HttpRequest, issue_id: int) -> HttpResponse:
    """For good; the page offers it only for a letter that is held, so that nobody stops one by a slip."""
    found(issue_id)
    stopped = sending.stop_issue(issue_id=issue_id, now=timezone.now())
    return _told(request, issue_id, stopped, _("Stopped: nobody else gets it."))


@require_POST
@needs(Right.WRITE_LETTERS)
def archive(request: HttpRequest, issue_id: int) -> HttpResponse:
    card = found(issue_id)
    shown = writing.show_in_archive(issue_id=issue_id, shown=not card.in_archive, now=timezone.now())
    said = _("It is no longer public.") if card.in_archive else _("It is public in a moment.")
    return _told(request, issue_id, shown, said, undo="issue_archive")


def _told(request: HttpRequest, issue_id: int, done: bool, said: str, *, undo: str = "") -> HttpResponse:
    """Back to the letter, and what was done with it; nothing is said of what somebody else had done before."""
    if done:
        messages.success(request, said, extra_tags=reverse(undo, args=[issue_id]) if undo else "")
    return redirect("issue", issue_id)
