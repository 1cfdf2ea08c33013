"""Endpoints of other systems: where they are, what they are told, and the secret that proves it is us."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from leadstone.domains.access.rules import Right
from leadstone.domains.webhooks import queries
from leadstone.domains.webhooks.queries import EndpointFacts
from leadstone.domains.webhooks.rules import CHOSEN
from leadstone.domains.webhooks.services import BadEndpointAddress
from leadstone.flows import endpoints_changed
from leadstone.infra.outbound import Networks, read_networks
from leadstone.kernel.errors import LeadstoneError
from leadstone.studio.machines.forms import EndpointForm
from leadstone.studio.machines.words import EVENT, REFUSED, STOPPED
from leadstone.studio.shell.gate import actor, needs


@needs(Right.MANAGE_MACHINES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def endpoints(request: HttpRequest) -> HttpResponse:
    """Every endpoint, and the form for one more; its secret is shown on the answer."""
    form = EndpointForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        endpoint_id = _kept(form, lambda: _add(request, form))
        if endpoint_id is not None:
            return _secret_page(request, endpoint_id)
    page = {"form": form, "rows": [_row(each) for each in queries.endpoints()], "tab": "webhooks"}
    return render(request, "machines/endpoints.html", page, status=422 if form.is_bound else 200)


@needs(Right.MANAGE_MACHINES)
@require_http_methods(["GET", "HEAD", "POST"])
def endpoint(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """One endpoint: its address, and what it is told."""
    found = _find(endpoint_id)
    first = {"name": found.name, "url": found.url, "events": [kind.value for kind in found.events]}
    form = EndpointForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid() and _kept(form, lambda: _change(request, form, endpoint_id)) is not None:
        messages.success(request, _("Kept."))
        return redirect("endpoints")
    page = {"form": form, "row": _row(found), "endpoint": found, "tab": "webhooks"}
    return render(request, "machines/endpoint.html", page, status=422 if form.is_bound else 200)


@needs(Right.MANAGE_MACHINES)
@never_cache
@require_POST
def secret(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """Show the secret, for whoever sets the other system up."""
    _find(endpoint_id)
    return _secret_page(request, endpoint_id)


@needs(Right.MANAGE_MACHINES)
@never_cache
@require_POST
def rotate(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """A new secret; for a day both sign."""
    _find(endpoint_id)
    endpoints_changed.rotate_secret(endpoint_id, by=actor(request).pk, now=timezone.now())
    return _secret_page(request, endpoint_id)


@needs(Right.MANAGE_MACHINES)
@require_POST
def test(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """Send a message that means nothing."""
    endpoints_changed.send_test(_find(endpoint_id), now=timezone.now())
    messages.success(request, _("A test is on its way. Its answer stands here in a moment."))
    return redirect(f"{reverse('deliveries')}?endpoint={endpoint_id}")


@needs(Right.MANAGE_MACHINES)
@require_POST
def stop(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """Tell it nothing for now, or go on."""
    found = _find(endpoint_id)
    endpoints_changed.stop_or_resume(endpoint_id, stop=found.stopped is None, by=actor(request).pk, now=timezone.now())
    told = _("It is told nothing for now; what happens waits.") if found.stopped is None else _("It is told again.")
    messages.success(request, told, extra_tags=reverse("endpoint_stop", args=[endpoint_id]))
    return redirect("endpoints")


@needs(Right.MANAGE_MACHINES)
@require_POST
def remove(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """Take it away; that can be undone for a moment."""
    _find(endpoint_id)
    if endpoints_changed.remove_endpoint(endpoint_id, by=actor(request).pk, now=timezone.now()):
        messages.success(request, _("The endpoint is gone."), extra_tags=reverse("endpoint_back", args=[endpoint_id]))
    return redirect("endpoints")


@needs(Right.MANAGE_MACHINES)
@require_POST
def back(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """Undo a removal."""
    if endpoints_changed.bring_endpoint_back(endpoint_id, by=actor(request).pk, now=timezone.now()):
        messages.success(request, _("Undone: it is told again."))
    return redirect("endpoints")


def _find(endpoint_id: int) -> EndpointFacts:
    found = queries.endpoint(endpoint_id)
    if found is None or found.removed:
        raise Http404
    return found


def _kept(form: EndpointForm, keep: Callable[[], int]) -> int | None:
    """The endpoint's id; None when the form now says why not."""
    try:
        return keep()
    except BadEndpointAddress as odd:
        form.add_error("url", str(REFUSED[odd.because]))
    except LeadstoneError as mistake:
        form.add_error("name", _(mistake.sentence))
    return None


def _add(request: HttpRequest, form: EndpointForm) -> int:
    said = form.cleaned_data
    return endpoints_changed.add_endpoint(
        name=said["name"],
        url=said["url"],
        events=form.chosen(),
        networks=_networks(),
        by=actor(request).pk,
        now=timezone.now(),
    )


def _change(request: HttpRequest, form: EndpointForm, endpoint_id: int) -> int:
    said = form.cleaned_data
    endpoints_changed.change_endpoint(
        endpoint_id=endpoint_id,
        name=said["name"],
        url=said["url"],
        events=form.chosen(),
        networks=_networks(),
        by=actor(request).pk,
        now=timezone.now(),
    )
    return endpoint_id


def _networks() -> Networks:
    """What the worker may ask; the same setting."""
    return Networks(own=read_networks(settings.OUTBOUND_NETWORKS))


def _secret_page(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    shown = endpoints_changed.show_secret(endpoint_id, by=actor(request).pk, now=timezone.now())
    return render(request, "machines/secret.html", {"endpoint": _find(endpoint_id), "secret": shown, "tab": "webhooks"})


def _row(found: EndpointFacts) -> dict[str, object]:
    return {
        "endpoint": found,
        "events": [EVENT[kind] for kind in CHOSEN if kind in found.events],
        "stopped": STOPPED[found.stopped] if found.stopped else "",
    }
