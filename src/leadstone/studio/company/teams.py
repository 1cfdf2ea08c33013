"""Teams: colleagues who see each other's leads and deals."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadstone.domains.access import queries
from leadstone.domains.access.rules import Right
from leadstone.flows import staff_changed
from leadstone.kernel.errors import LeadstoneError
from leadstone.studio.company.forms import TeamForm
from leadstone.studio.shell.gate import actor, needs


@needs(Right.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def teams(request: HttpRequest) -> HttpResponse:
    """Every team with its members, and the form for one more."""
    form = TeamForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            staff_changed.found_team(name=form.cleaned_data["name"], by=actor(request).pk, now=timezone.now())
            messages.success(request, _("The team stands. Put people into it under People."))
            return redirect("teams")
        except LeadstoneError as mistake:
            form.add_error("name", _(mistake.sentence))
    members: dict[int, list[str]] = {}
    for one in queries.staff():
        if one.team_id is not None:
            members.setdefault(one.team_id, []).append(one.name)
    page = {"form": form, "teams": [(team, members.get(team.team_id, [])) for team in queries.teams()], "tab": "teams"}
    return render(request, "studio/company/teams.html", page, status=422 if form.is_bound else 200)


@needs(Right.MANAGE_PEOPLE)
@require_POST
def rename(request: HttpRequest, team_id: int) -> HttpResponse:
    """Another name for a team."""
    form = TeamForm(request.POST)
    if team_id not in {team.team_id for team in queries.teams()}:
        raise Http404
    if not form.is_valid():
        messages.error(request, _("A team needs a name."))
        return redirect("teams")
    try:
        staff_changed.rename_team(team_id=team_id, name=form.cleaned_data["name"], by=actor(request).pk, now=timezone.now())
        messages.success(request, _("Kept."))
    except LeadstoneError as mistake:
        messages.error(request, _(mistake.sentence))
    return redirect("teams")


@needs(Right.MANAGE_PEOPLE)
@require_POST
def dissolve(request: HttpRequest, team_id: int) -> HttpResponse:
    """Dissolve an empty team."""
    try:
        if staff_changed.dissolve_team(team_id=team_id, by=actor(request).pk, now=timezone.now()):
            messages.success(request, _("The team is dissolved."))
    except LeadstoneError as mistake:
        messages.error(request, _(mistake.sentence))
    return redirect("teams")
