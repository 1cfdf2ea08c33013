"""The checks of one magnet: who answers for its words, where its content comes from, and what it really does."""

from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO, cast

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets import services as magnet_services
from leadstone.domains.magnets.honesty import objections_in
from leadstone.domains.vetting import queries, services
from leadstone.domains.vetting.rules import Objection, Wrong
from leadstone.infra.blobs.store import BlobStore
from leadstone.infra.documents.corpus import corpus_texts
from leadstone.infra.documents.intake import read_words
from leadstone.infra.documents.report import Refusal
from leadstone.studio.shell.forms import StudioForm
from leadstone.studio.shell.gate import actor, needs
from leadstone.studio.vetting.forms import LARGEST_FILE_BYTES, ApprovalForm, EvidenceForm, SourceForm
from leadstone.studio.vetting.page import context_of
from leadstone.studio.vetting.words import UNREAD, WRONG

if TYPE_CHECKING:
    from leadstone.domains.magnets.models import Magnet


@require_safe
@needs(Right.READ_LEADS)
def checks(request: HttpRequest, magnet_id: int) -> HttpResponse:
    return _page(request, _found(magnet_id))


@require_POST
@needs(Right.EDIT_MAGNETS)
def give_evidence(request: HttpRequest, magnet_id: int) -> HttpResponse:
    """Keep evidence for the words with the posted digest; what it lacks is said beside the field."""
    magnet = _found(magnet_id)
    objection = _objection(magnet, request.POST.get("digest", ""))
    form = EvidenceForm(request.POST, request.FILES, auto_id=f"e{objection.digest[:8]}_%s")
    if not form.is_valid():
        return _page(request, magnet, objection=objection, form=form)
    blobs, file = BlobStore(settings.FOLDER.blobs), form.cleaned_data.get("file")
    kept = blobs.write(file, limit_bytes=LARGEST_FILE_BYTES) if file else None
    evidence = services.Evidence(
        who=form.cleaned_data["who"],
        address=form.cleaned_data["address"],
        file=kept,
        file_name=file.name if file else "",
        **form.days(),
    )
    now = timezone.now()
    given = services.give_evidence(magnet_id=magnet.pk, objection=objection, evidence=evidence, by=actor(request).pk, now=now)
    if isinstance(given, Wrong):
        if kept:
            blobs.delete(kept.key)
        return _page(request, magnet, objection=objection, form=_with(form, given))
    return _answered(request, magnet, given.pk)


@require_POST
@needs(Right.APPROVE_CLAIMS)
def approve(request: HttpRequest, magnet_id: int) -> HttpResponse:
    """Let the words with the posted digest stand, by name and with a reason."""
    magnet = _found(magnet_id)
    objection = _objection(magnet, request.POST.get("digest", ""))
    form = ApprovalForm(request.POST, auto_id=f"a{objection.digest[:8]}_%s")
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    given = services.approve(magnet_id=magnet.pk, objection=objection, reason=reason, by=actor(request).pk, now=timezone.now())
    if isinstance(given, Wrong):
        return _page(request, magnet, objection=objection, form=_with(form, given) if form.is_valid() else form)
    return _answered(request, magnet, given.pk)


@require_POST
@needs(Right.EDIT_MAGNETS)
def take_back(request: HttpRequest, magnet_id: int, answer_id: int) -> HttpResponse:
    _found(magnet_id)
    if services.take_back(magnet_id=magnet_id, answer_id=answer_id, by=actor(request).pk, now=timezone.now()):
        undo = reverse("claim_put_back", args=[magnet_id, answer_id])
        messages.success(request, _("The words are open again."), extra_tags=undo)
    return redirect("magnet_checks", magnet_id)


@require_POST
@needs(Right.EDIT_MAGNETS)
def put_back(request: HttpRequest, magnet_id: int, answer_id: int) -> HttpResponse:
    _found(magnet_id)
    if services.put_back(magnet_id=magnet_id, answer_id=answer_id, by=actor(request).pk, now=timezone.now()):
        messages.success(request, _("Answered for, as before."))
    return redirect("magnet_checks", magnet_id)


@require_safe
@needs(Right.READ_LEADS)
def evidence_file(request: HttpRequest, magnet_id: int, answer_id: int) -> HttpResponseBase:
    """The file behind a piece of evidence, always as a download."""
    found = queries.evidence_file(magnet_id, answer_id)
    blobs = BlobStore(settings.FOLDER.blobs)
    if found is None or not blobs.has(found[0]):
        raise Http404
    key, name = found
    return FileResponse(blobs.path(key).open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream")


@require_POST
@needs(Right.EDIT_MAGNETS)
def add_source(request: HttpRequest, magnet_id: int) -> HttpResponse:
    """Declare a source, and compare at once."""
    magnet = _found(magnet_id)
    form = SourceForm(request.POST, request.FILES)
    text = form.cleaned_data.get("text", "") if form.is_valid() else ""
    file = form.cleaned_data.get("file") if form.is_valid() else None
    if file:
        read = _read(cast(BinaryIO, file))
        if isinstance(read, Refusal):
            form.add_error("file", str(UNREAD.get(read, _("This file could not be read."))))
        text = text if isinstance(read, Refusal) else read
    if form.errors:
        context = context_of(request, magnet, today=timezone.now().date(), source=form)
        return render(request, "vetting/checks.html", context, status=422)
    said = form.cleaned_data
    services.add_source(
        magnet_id=magnet_id, name=said["name"], address=said["address"], text=text, by=actor(request).pk, now=timezone.now()
    )
    _compare(magnet_id)
    return redirect(reverse("magnet_checks", args=[magnet_id]) + "#provenance")


@require_POST
@needs(Right.EDIT_MAGNETS)
def remove_source(request: HttpRequest, magnet_id: int, source_id: int) -> HttpResponse:
    def remove() -> None:
        if services.remove_source(magnet_id=magnet_id, source_id=source_id, now=timezone.now()):
            undo = reverse("source_restore", args=[magnet_id, source_id])
            messages.success(request, _("It is no source any more."), extra_tags=undo)

    return _changed_sources(magnet_id, remove)


@require_POST
@needs(Right.EDIT_MAGNETS)
def restore_source(request: HttpRequest, magnet_id: int, source_id: int) -> HttpResponse:
    def restore() -> None:
        if services.restore_source(magnet_id=magnet_id, source_id=source_id):
            messages.success(request, _("It is a source again."))

    return _changed_sources(magnet_id, restore)


@require_POST
@needs(Right.EDIT_MAGNETS)
def read_source(request: HttpRequest, magnet_id: int, source_id: int) -> HttpResponse:
    """Have the worker read the address of a source again. Who waits for a page must not wait for a server."""
    _found(magnet_id)
    if services.read_again(magnet_id=magnet_id, source_id=source_id, now=timezone.now()):
        messages.success(request, _("It is read in a moment. Load this page again to see what it says."))
    return redirect(reverse("magnet_checks", args=[magnet_id]) + "#provenance")


@require_POST
@needs(Right.EDIT_MAGNETS)
def compare(request: HttpRequest, magnet_id: int) -> HttpResponse:
    """Compare again; a file that came before its words were kept is read first."""
    asset = magnets.draft_of(_found(magnet_id)).asset
    blobs = BlobStore(settings.FOLDER.blobs)
    if asset is not None and blobs.has(asset.key) and not queries.is_read(asset.key):
        read = read_words(blobs.path(asset.key))
        if isinstance(read, Refusal):
            messages.error(request, str(UNREAD.get(read, _("This file could not be read."))))
        else:
            services.remember_text(asset_key=asset.key, text=read, now=timezone.now())
    return _changed_sources(magnet_id, lambda: None)


def _changed_sources(magnet_id: int, change: Callable[[], None]) -> HttpResponse:
    _found(magnet_id)
    change()
    _compare(magnet_id)
    return redirect(reverse("magnet_checks", args=[magnet_id]) + "#provenance")


def _compare(magnet_id: int) -> None:
    magnet_services.compare_file(magnet_id=magnet_id, corpus=corpus_texts(settings.FOLDER.corpus), now=timezone.now())


def _read(file: BinaryIO) -> str | Refusal:
    """Every word of an uploaded file, which is kept only while it is read."""
    blobs = BlobStore(settings.FOLDER.blobs)
    kept = blobs.write(file, limit_bytes=LARGEST_FILE_BYTES)
    try:
        return read_words(blobs.path(kept.key))
    finally:
        blobs.delete(kept.key)


def _page(
    request: HttpRequest, magnet: "Magnet", *, objection: Objection | None = None, form: StudioForm | None = None
) -> HttpResponse:
    typed = (objection.digest, form) if objection and form else None
    context = context_of(request, magnet, today=timezone.now().date(), typed=typed)
    return render(request, "vetting/checks.html", context, status=422 if form else 200)


def _answered(request: HttpRequest, magnet: "Magnet", answer_id: int) -> HttpResponse:
    undo = reverse("claim_take_back", args=[magnet.pk, answer_id])
    messages.success(request, _("Answered for, with your name."), extra_tags=undo)
    return redirect("magnet_checks", magnet.pk)


def _with(form: StudioForm, wrong: Wrong) -> StudioForm:
    name, words = WRONG[wrong]
    form.add_error(name, str(words))
    return form


def _found(magnet_id: int) -> "Magnet":
    magnet = magnets.magnet_or_none(magnet_id)
    if magnet is None:
        raise Http404
    return magnet


def _objection(magnet: "Magnet", digest: str) -> Objection:
    """What the words of the draft are objected to for; 404 when they were changed meanwhile."""
    found = next((one for one in objections_in(magnets.draft_of(magnet)) if one.digest == digest), None)
    if found is None:
        raise Http404
    return found
