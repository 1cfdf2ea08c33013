"""When and how much somebody takes: their own, and a colleague's for whoever keeps the rules."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leadstone.domains.access import queries as access
from leadstone.domains.access.rules import Right, may
from leadstone.domains.assignment import queries, services
from leadstone.domains.assignment.rules.hours import HOME_ZONE
from leadstone.studio.assignment.forms import AvailabilityForm, availability_initial
from leadstone.studio.assignment.panels import colleagues
from leadstone.studio.shell.gate import actor, needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.WORK_LEADS)
def availability(request: HttpRequest) -> HttpResponse:
    """One's own."""
    return _page(request, actor(request).pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.ASSIGN_LEADS)
def availability_of(request: HttpRequest, user_id: int) -> HttpResponse:
    """A colleague's."""
    return _page(request, user_id)


def _page(request: HttpRequest, user_id: int) -> HttpResponse:
    whose = access.member(user_id)
    if whose is None or not may(whose.role, Right.WORK_LEADS):
        raise Http404
    form = AvailabilityForm(request.POST or None, initial=availability_initial(queries.availability_of(user_id)))
    if request.method == "POST" and form.is_valid():
        services.change_availability(form.said(), user_id=user_id)
        messages.success(request, _("Kept. Turns go by it from now on."))
        return redirect(request.path)
    facts = {
        "form": form,
        "whose": whose,
        "mine": user_id == actor(request).pk,
        "zone": whose.time_zone or HOME_ZONE,
        "may_rule": may(actor(request).role, Right.ASSIGN_LEADS),
        "people": colleagues(),
    }
    return render(request, "assignment/availability.html", facts, status=422 if form.errors else 200)
