"""The end of an experiment, and what becomes of its words."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leadstone.domains.access.rules import Right
from leadstone.domains.experiments import services
from leadstone.domains.experiments.rules import CHALLENGER
from leadstone.flows.experiments_judged import finish
from leadstone.infra.blobs.store import BlobStore
from leadstone.studio.experiments.writing import found
from leadstone.studio.magnets.words import gap_words
from leadstone.studio.shell.gate import actor, needs


@require_POST
@needs(Right.RUN_EXPERIMENTS)
def end(request: HttpRequest, experiment_id: int) -> HttpResponse:
    """Everybody reads the same again. The figures stay as they stand now."""
    found(experiment_id)
    note = request.POST.get("note", "").strip()
    if finish(experiment_id, note=note, by=actor(request).pk, now=timezone.now()):
        messages.success(request, _("It has ended. Everybody reads the public words again."))
    else:
        messages.info(request, _("It had ended already."))
    return redirect("experiment", experiment_id)


@require_POST
@needs(Right.RUN_EXPERIMENTS)
def adopt(request: HttpRequest, experiment_id: int) -> HttpResponse:
    """What B says becomes everybody's, and the draft's."""
    found(experiment_id)
    blobs, by = BlobStore(settings.FOLDER.blobs), actor(request).pk
    made = services.adopt(experiment_id=experiment_id, key=CHALLENGER, blobs=blobs, by=by, now=timezone.now())
    if made is None:
        messages.info(request, _("End the experiment first; its words can be adopted once."))
    elif made.gaps:
        messages.error(request, _("These words cannot be public today: %(gap)s") % {"gap": gap_words(made.gaps[0])})
    else:
        said, back = _("Everybody reads B’s words now."), reverse("experiment_adopt_back", args=[experiment_id])
        messages.success(request, said, extra_tags=back)
    return redirect("experiment", experiment_id)


@require_POST
@needs(Right.RUN_EXPERIMENTS)
def adopt_back(request: HttpRequest, experiment_id: int) -> HttpResponse:
    found(experiment_id)
    blobs = BlobStore(settings.FOLDER.blobs)
    if services.adopt_no_more(experiment_id=experiment_id, blobs=blobs, by=actor(request).pk, now=timezone.now()):
        messages.success(request, _("Everybody reads the words from before again."))
    return redirect("experiment", experiment_id)
