"""Every door, and a new one: its secret is shown on the answer and nowhere again."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.inbound import queries
from leadstone.domains.inbound.queries import DoorFacts
from leadstone.domains.inbound.rules import NEEDS_SOMEBODY, ProviderName
from leadstone.domains.inbound.rules.mail_doors import Letterbox
from leadstone.domains.inbound.services.doors import Wish
from leadstone.flows.doors_changed import make_door
from leadstone.studio.inbound.forms import DoorForm
from leadstone.studio.inbound.words import ASKED, NO_SECRET_SHOWN, PROVIDER, STEPS
from leadstone.studio.shell.gate import actor, needs


@require_safe
@needs(Right.RUN_CAMPAIGNS)
def ways_in(request: HttpRequest) -> HttpResponse:
    lines = [(door, PROVIDER[door.provider], door.trouble in NEEDS_SOMEBODY) for door in queries.doors()]
    return render(request, "inbound/list.html", {"lines": lines})


@needs(Right.RUN_CAMPAIGNS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Who sends, and what becomes of whom they send."""
    begun = {"language": translation.get_language(), "campaign": request.GET.get("campaign", "")}
    form = DoorForm(request.POST if request.method == "POST" else None, initial=begun)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        provider = ProviderName(said["provider"])
        wish = Wish(
            provider=provider,
            name=said["name"],
            language=said["language"],
            campaign_id=int(said["campaign"]) if said["campaign"] else None,
            magnet_id=int(said["magnet"]) if said["magnet"] else None,
            channel=said["channel"],
            basis=said["basis"],
            secret=said["secret"],
            token=said["token"] if provider in ASKED else "",
        )
        made = make_door(wish, by=actor(request).pk, now=timezone.now())
        door = queries.door(made.door_id)
        assert door is not None
        return render(request, "inbound/made.html", how_to(door) | {"secret": "" if provider in NO_SECRET_SHOWN else made.secret})
    return render(request, "inbound/new.html", {"form": form}, status=422 if form.is_bound else 200)


def how_to(door: DoorFacts) -> dict[str, object]:
    """What is typed in at the other side, and where."""
    token = settings.INBOUND_PROVIDERS[door.provider].verify_token(secret=queries.secret_of(door.door_id))
    return {
        "door": door,
        "provider": PROVIDER[door.provider],
        "address": _address(door),
        "is_safe": door.provider is ProviderName.MAIL or settings.STUDIO_URL.startswith("https://"),
        "verify_token": token,
        "steps": STEPS[door.provider],
    }


def _address(door: DoorFacts) -> str:
    """Where it is sent; empty for mail whose addresses nobody names any more."""
    if door.provider is not ProviderName.MAIL:
        return f"{settings.STUDIO_URL}/api/in/{door.key}"
    letterbox: Letterbox | None = settings.LETTERBOX
    return letterbox.address_of(door.key) if letterbox else ""
