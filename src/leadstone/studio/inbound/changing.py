"""A door is changed, and its secret is, without anybody being lost meanwhile."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from leadstone.domains.access.rules import Right
from leadstone.domains.inbound.queries import DoorFacts
from leadstone.domains.inbound.rules import ProviderName
from leadstone.domains.inbound.rules.boxes import Means
from leadstone.domains.inbound.services.doors import Change
from leadstone.flows import doors_changed
from leadstone.studio.inbound.door import known
from leadstone.studio.inbound.forms import ChangeDoorForm, SecretForm
from leadstone.studio.inbound.listing import how_to
from leadstone.studio.inbound.words import NO_SECRET_SHOWN
from leadstone.studio.shell.gate import actor, needs
from leadstone.studio.shell.moments import as_moment, as_number


@needs(Right.RUN_CAMPAIGNS)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, door_id: int) -> HttpResponse:
    """The form over what is known; it can be undone."""
    door, now = known(door_id), timezone.now()
    before = {
        "name": door.name,
        "campaign": str(door.campaign_id or ""),
        "channel": door.own_channel,
        "magnet": str(door.magnet_id or ""),
        "basis": door.basis,
        "language": door.language,
    }
    form = ChangeDoorForm(request.POST if request.method == "POST" else None, initial=before, door=door)
    if not form.is_bound or not form.is_valid():
        return render(request, "inbound/change.html", {"form": form, "door": door}, status=422 if form.is_bound else 200)
    if doors_changed.change_door(door_id, _wanted(form), by=actor(request).pk, now=now):
        messages.success(request, _("Kept."), extra_tags=reverse("way_in_change_back", args=[door_id, as_number(now)]))
    return redirect("way_in", door_id=door_id)


@needs(Right.RUN_CAMPAIGNS)
@require_POST
def change_back(request: HttpRequest, door_id: int, moment: int) -> HttpResponse:
    """As if it had not been changed then."""
    known(door_id)
    if doors_changed.change_back(door_id, changed_at=as_moment(moment), by=actor(request).pk, now=timezone.now()):
        messages.success(request, _("Undone: the door is as it was."))
    else:
        messages.error(request, _("It was changed again since then."))
    return redirect("way_in", door_id=door_id)


@needs(Right.RUN_CAMPAIGNS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def secret(request: HttpRequest, door_id: int) -> HttpResponse:
    """Another secret: what we make is shown on the answer and nowhere again."""
    door = _with_secret(door_id)
    form = SecretForm(request.POST if request.method == "POST" else None, door=door)
    if not form.is_bound or not form.is_valid():
        return render(request, "inbound/secret.html", {"form": form, "door": door}, status=422 if form.is_bound else 200)
    made = doors_changed.change_secret(
        door_id,
        secret=form.cleaned_data.get("secret", ""),
        overlap=timedelta(seconds=int(form.cleaned_data["overlap"])),
        by=actor(request).pk,
        now=timezone.now(),
    )
    changed = known(door_id)
    shown = "" if door.provider in NO_SECRET_SHOWN else made.secret
    return render(request, "inbound/made.html", how_to(changed) | {"secret": shown, "is_new_secret": True})


@needs(Right.RUN_CAMPAIGNS)
@require_POST
def swap(request: HttpRequest, door_id: int) -> HttpResponse:
    """The old secret is the one again; pressing once more undoes it."""
    _with_secret(door_id)
    if doors_changed.swap_secrets(door_id, by=actor(request).pk, now=timezone.now()):
        messages.success(
            request,
            _("The secret before is the one again. The new one is accepted as long."),
            extra_tags=reverse("way_in_swap", args=[door_id]),
        )
    else:
        messages.error(request, _("The secret before is accepted no more."))
    return redirect("way_in", door_id=door_id)


@needs(Right.RUN_CAMPAIGNS)
@require_POST
def end_old(request: HttpRequest, door_id: int) -> HttpResponse:
    """Whoever still has the old secret stays outside."""
    _with_secret(door_id)
    if doors_changed.end_old_secret(door_id, by=actor(request).pk, now=timezone.now()):
        messages.success(request, _("Only the new secret opens the door now."))
    return redirect("way_in", door_id=door_id)


@needs(Right.RUN_CAMPAIGNS)
@require_POST
def box(request: HttpRequest, door_id: int, box_id: int) -> HttpResponse:
    """Say what a tick beside these words allows from now on."""
    known(door_id)
    means = request.POST.get("means", "")
    if means not in set(Means) or not doors_changed.say_box(
        door_id, box_id=box_id, means=Means(means), by=actor(request).pk, now=timezone.now()
    ):
        raise Http404
    told = _("Kept. Whoever ticked it in the last 7 days counts too, once they confirm their address.")
    messages.success(request, told if Means(means).allows else _("Kept."))
    return redirect("way_in", door_id=door_id)


def _wanted(form: ChangeDoorForm) -> Change:
    said = form.cleaned_data
    token = said.get("token") or None
    return Change(
        name=said["name"],
        language=said["language"],
        campaign_id=int(said["campaign"]) if said["campaign"] else None,
        magnet_id=int(said["magnet"]) if said["magnet"] else None,
        channel=said["channel"],
        basis=said["basis"],
        token="" if said.get("no_token") else token,
    )


def _with_secret(door_id: int) -> DoorFacts:
    """The door; one for mail has no secret that anybody knows."""
    door = known(door_id)
    if door.provider is ProviderName.MAIL:
        raise Http404
    return door
