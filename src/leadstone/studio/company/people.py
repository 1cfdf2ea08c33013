"""Everybody's account: who may sign in, as what, and in which team."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from leadstone.domains.access import queries
from leadstone.domains.access import services as access
from leadstone.domains.access.queries import StaffFacts
from leadstone.domains.access.rules import Right, Role
from leadstone.flows import staff_changed
from leadstone.kernel.errors import LeadstoneError
from leadstone.studio.company.forms import NewPersonForm, PersonForm
from leadstone.studio.shell.gate import actor, needs
from leadstone.studio.words.people import ROLE, ROLE_MEANS


@needs(Right.MANAGE_PEOPLE)
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who may sign in, and the form for one more."""
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user_id = _add(request, form)
        if user_id is not None and form.cleaned_data["password"]:
            messages.success(request, _("%(name)s can sign in now.") % {"name": form.cleaned_data["name"]})
            return redirect("people")
        if user_id is not None:
            return _link_page(request, user_id)
    page = {
        "form": form,
        "staff": queries.staff(),
        "role_words": ROLE,
        "roles": [(ROLE[role], ROLE_MEANS[role]) for role in Role],
        "tab": "people",
    }
    return render(request, "studio/company/people.html", page, status=422 if form.is_bound else 200)


@needs(Right.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, user_id: int) -> HttpResponse:
    """One account: role, team, language, and whether it may sign in."""
    who = _find(user_id)
    first = {"role": who.role.value, "team": str(who.team_id or ""), "language": who.language, "time_zone": who.time_zone}
    form = PersonForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        try:
            _change(request, who, form, is_active=request.POST.get("active") == "yes")
            messages.success(request, _("Kept."))
            return redirect("people")
        except LeadstoneError as mistake:
            form.add_error("role", _(mistake.sentence))
    page = {"form": form, "who": who, "role_words": ROLE, "roles": [(ROLE[r], ROLE_MEANS[r]) for r in Role], "tab": "people"}
    return render(request, "studio/company/person.html", page, status=422 if form.is_bound else 200)


@needs(Right.MANAGE_PEOPLE)
@never_cache
@require_POST
def link(request: HttpRequest, user_id: int) -> HttpResponse:
    """A link with which somebody sets a password, once; it is shown on this page and nowhere again."""
    if not _find(user_id).is_active:
        messages.error(request, _("This account is closed; open it first."))
        return redirect("person", user_id)
    return _link_page(request, user_id)


@needs(Right.MANAGE_PEOPLE)
@require_POST
def without_factor(request: HttpRequest, user_id: int) -> HttpResponse:
    """Take away the second factor of somebody who lost the telephone; everywhere they are signed out."""
    who = _find(user_id)
    if staff_changed.remove_factor(user_id=user_id, by=actor(request).pk, now=timezone.now()):
        _stay_signed_in(request, user_id)
        messages.success(request, _("%(name)s now signs in with the password alone.") % {"name": who.name})
    return redirect("person", user_id)


@needs(Right.MANAGE_PEOPLE)
@require_POST
def signed_out(request: HttpRequest, user_id: int) -> HttpResponse:
    """End every session of an account."""
    who = _find(user_id)
    staff_changed.end_sessions(user_id=user_id, by=actor(request).pk, now=timezone.now())
    _stay_signed_in(request, user_id)
    messages.success(request, _("%(name)s is signed out everywhere.") % {"name": who.name})
    return redirect("person", user_id)


def _find(user_id: int) -> StaffFacts:
    who = queries.member(user_id)
    if who is None:
        raise Http404
    return who


def _add(request: HttpRequest, form: NewPersonForm) -> int | None:
    """The new account's id; None when the form now says why not."""
    told = form.cleaned_data
    try:
        return staff_changed.open_account(
            email=told["email"],
            name=told["name"],
            role=Role(told["role"]),
            password=told["password"] or None,
            language="",
            team_id=int(told["team"]) if told["team"] else None,
            by=actor(request).pk,
            now=timezone.now(),
        )
    except ValidationError as weak:
        form.add_error("password", weak)
    except LeadstoneError as mistake:
        form.add_error("email", _(mistake.sentence))
    return None


@transaction.atomic
def _change(request: HttpRequest, who: StaffFacts, form: PersonForm, *, is_active: bool) -> None:
    told, by, now = form.cleaned_data, actor(request).pk, timezone.now()
    staff_changed.change_role(user_id=who.user_id, role=Role(told["role"]), is_active=is_active, by=by, now=now)
    staff_changed.change_team(user_id=who.user_id, team_id=int(told["team"]) if told["team"] else None, by=by, now=now)
    access.change_reading(user_id=who.user_id, language=told["language"], time_zone=told["time_zone"])
    _stay_signed_in(request, who.user_id)


def _stay_signed_in(request: HttpRequest, user_id: int) -> None:
    """Whoever changes their own account goes on in this browser."""
    me = actor(request)
    if me.pk == user_id:
        me.refresh_from_db()
        update_session_auth_hash(request, me)


def _link_page(request: HttpRequest, user_id: int) -> HttpResponse:
    token = staff_changed.invite(user_id=user_id, by=actor(request).pk, now=timezone.now())
    address = f"{settings.STUDIO_URL}{reverse('welcome', args=[token])}"
    return render(request, "studio/company/link.html", {"who": _find(user_id), "address": address, "tab": "people"})
