"""Keys of other programs: made, shown once, revoked."""

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from leadstone.domains.access import queries
from leadstone.domains.access.queries import KeyFacts
from leadstone.domains.access.rules import KeyReach, Right, Scope, key_is_open
from leadstone.flows import keys_changed
from leadstone.studio.machines.forms import KeyForm
from leadstone.studio.machines.words import KEY_REACH, SCOPE
from leadstone.studio.shell.gate import actor, needs


@needs(Right.MANAGE_MACHINES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """Every key, and the form for one more; a new one is shown on the answer and nowhere again."""
    form = KeyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        secret = _make(request, form)
        return render(request, "machines/key_made.html", {"name": form.cleaned_data["name"], "secret": secret, "tab": "keys"})
    now = timezone.now()
    page = {"form": form, "rows": [_row(key, now) for key in queries.api_keys()], "tab": "keys"}
    return render(request, "machines/keys.html", page, status=422 if form.is_bound else 200)


@needs(Right.MANAGE_MACHINES)
@require_POST
def revoke(request: HttpRequest, key_id: int) -> HttpResponse:
    """From now on it opens nothing; that can be undone for a moment."""
    if queries.api_key(key_id) is None:
        raise Http404
    if keys_changed.revoke_key(key_id=key_id, by=actor(request).pk, now=timezone.now()):
        messages.success(request, _("The key opens nothing any more."), extra_tags=reverse("key_back", args=[key_id]))
    return redirect("machines")


@needs(Right.MANAGE_MACHINES)
@require_POST
def back(request: HttpRequest, key_id: int) -> HttpResponse:
    """Undo a revocation."""
    if queries.api_key(key_id) is None:
        raise Http404
    if keys_changed.take_back_revocation(key_id=key_id, by=actor(request).pk, now=timezone.now()):
        messages.success(request, _("Undone: the key opens again."))
    else:
        messages.error(request, _("That was too long ago. Make a new key."))
    return redirect("machines")


def _make(request: HttpRequest, form: KeyForm) -> str:
    said = form.cleaned_data
    last = said["expires_on"]
    # The last day is a whole day by the clock of whoever typed it.
    until = datetime.combine(last + timedelta(days=1), time.min, timezone.get_current_timezone()) if last else None
    return keys_changed.make_key(
        name=said["name"],
        scopes=[Scope(word) for word in said["scopes"]],
        reach=KeyReach(said["reach"]),
        team_id=int(said["team"]) if said["team"] else None,
        expires_at=until,
        by=actor(request).pk,
        now=timezone.now(),
    )


def _row(key: KeyFacts, now: datetime) -> dict[str, object]:
    return {
        "key": key,
        "open": key_is_open(expires_at=key.expires_at, revoked_at=key.revoked_at, now=now),
        "scopes": [SCOPE[scope] for scope in Scope if scope in key.scopes],
        "reach": key.team_name or KEY_REACH[key.reach],
    }
