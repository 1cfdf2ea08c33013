"""Publishing, withdrawing, and the words of every version."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.magnets import queries, services
from leadstone.domains.shipments import queries as shipments
from leadstone.infra.blobs.store import BlobStore
from leadstone.infra.documents.corpus import corpus_texts
from leadstone.studio.magnets import words
from leadstone.studio.magnets.editor import context_of, found, keep
from leadstone.studio.magnets.forms import DraftForms
from leadstone.studio.shell.gate import actor, needs


@require_POST
@needs(Right.EDIT_MAGNETS)
def publish(request: HttpRequest, magnet_id: int) -> HttpResponse:
    """Keep what was typed, publish it, and go on to try it; or show the editor with every gap."""
    magnet = found(magnet_id)
    forms = keep(request, magnet) if "title" in request.POST else DraftForms(queries.draft_of(magnet), slug=magnet.slug)
    if forms.has_errors:
        return render(request, "magnets/edit.html", {**context_of(request, magnet, forms), "refused": True}, status=422)
    outcome = services.publish_version(
        magnet_id=magnet_id,
        slug=forms.slug,
        blobs=BlobStore(settings.FOLDER.blobs),
        by=actor(request).pk,
        now=timezone.now(),
        in_stock=shipments.in_stock(magnet_id),
        corpus=corpus_texts(settings.FOLDER.corpus),
    )
    if outcome.gaps:
        context = {**context_of(request, found(magnet_id), forms), "refused": True}
        return render(request, "magnets/edit.html", context, status=422)
    return redirect("magnet_try", magnet_id)


@require_POST
@needs(Right.EDIT_MAGNETS)
def withdraw(request: HttpRequest, magnet_id: int) -> HttpResponse:
    found(magnet_id)
    if services.withdraw(magnet_id=magnet_id, now=timezone.now()):
        words = _("Withdrawn. Links that were mailed still open.")
        messages.success(request, words, extra_tags=reverse("magnet_restore", args=[magnet_id]))
    return redirect("magnets")


@require_POST
@needs(Right.EDIT_MAGNETS)
def restore(request: HttpRequest, magnet_id: int) -> HttpResponse:
    found(magnet_id)
    if services.restore(magnet_id=magnet_id, now=timezone.now()):
        messages.success(request, _("It is offered again."))
    return redirect("magnets")


@require_safe
@needs(Right.READ_LEADS)
def versions(request: HttpRequest, magnet_id: int) -> HttpResponse:
    """Every version with its words, the newest first."""
    magnet = found(magnet_id)
    context = {"magnet": magnet, "versions": queries.versions(magnet_id), "fields": words.FIELD}
    return render(request, "magnets/versions.html", context)
