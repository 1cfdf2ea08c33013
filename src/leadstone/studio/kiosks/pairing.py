"""A new device, and the link that pairs it: shown on the answer and nowhere again."""

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from leadstone.domains.access.rules import Right
from leadstone.domains.kiosks import queries, services
from leadstone.domains.kiosks.services import Made, Wish
from leadstone.flows import kiosks_changed
from leadstone.studio.kiosks.forms import KioskForm
from leadstone.studio.shell.gate import actor, needs


@needs(Right.RUN_KIOSK)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """What a device is to show, where it stands; the answer carries its link."""
    begun = {"language": translation.get_language(), "campaign": request.GET.get("campaign", "")}
    form = KioskForm(request.POST if request.method == "POST" else None, initial=begun)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        wish = Wish(
            name=said["name"],
            magnet_id=int(said["magnet"]),
            campaign_id=int(said["campaign"]) if said["campaign"] else None,
            language=said["language"],
            collector_id=actor(request).pk,
        )
        return _with_link(request, kiosks_changed.make_kiosk(wish, now=timezone.now()))
    return render(request, "kiosks/new.html", {"form": form}, status=422 if form.is_bound else 200)


@needs(Right.RUN_KIOSK)
@never_cache
@require_POST
def link(request: HttpRequest, kiosk_id: int) -> HttpResponse:
    """Another link for a device that was never paired: the one before ran out, or was lost."""
    if queries.kiosk(kiosk_id, now=timezone.now()) is None:
        raise Http404
    made = services.new_link(kiosk_id, now=timezone.now())
    if made is None:
        messages.error(request, _("This device is paired or revoked already. For another one, begin anew."))
        return redirect("kiosk", kiosk_id=kiosk_id)
    return _with_link(request, made)


def _with_link(request: HttpRequest, made: Made) -> HttpResponse:
    kiosk = queries.kiosk(made.kiosk_id, now=timezone.now())
    # The secret stands behind "#": no server, no log and no proxy ever sees it.
    address = f"{settings.ENVIRONMENT.public_url.rstrip('/')}/kiosk#pair={made.secret}"
    safe = address.startswith(("https://", "http://localhost", "http://127.0.0.1"))
    return render(request, "kiosks/link.html", {"kiosk": kiosk, "address": address, "code": _picture(address), "safe": safe})


def _picture(address: str) -> SafeString:
    made = segno.make(address, error="m", micro=False)
    # Made of squares only; nothing of the address stands in it as text.
    return mark_safe(made.svg_inline(omitsize=True, svgclass="qr", lineclass=None, border=3, dark="#000", light="#fff"))  # noqa: S308
