"""From a dropped document to a draft, and the draft while it is written."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadstone.domains.access.rules import Right, may
from leadstone.domains.magnets import queries, services
from leadstone.domains.magnets.gap import Gap
from leadstone.domains.magnets.kind import Step
from leadstone.domains.magnets.kinds import KINDS
from leadstone.domains.magnets.rules import gaps_of, price_of
from leadstone.domains.shipments import queries as shipments
from leadstone.infra.blobs.store import BlobStore
from leadstone.infra.documents.intake import DocumentRefused, KeptDocument, take_in
from leadstone.infra.documents.report import Refusal
from leadstone.studio.magnets import words
from leadstone.studio.magnets.asked import asks_on_pages
from leadstone.studio.magnets.forms import MOST_STEPS, DraftForms
from leadstone.studio.magnets.listing import listed
from leadstone.studio.magnets.panels import life_of
from leadstone.studio.magnets.quiz_forms import with_a_blank_question
from leadstone.studio.shell.gate import actor, needs
from leadstone.wire.definition import MagnetDefinition

if TYPE_CHECKING:
    from leadstone.domains.magnets.models import Magnet


@require_POST
@needs(Right.EDIT_MAGNETS)
def drop(request: HttpRequest) -> HttpResponse:
    """A document becomes a draft; a file that is none is refused in words, on the page it was dropped on."""
    try:
        kept, stem = _uploaded(request)
    except DocumentRefused as refused:
        context = {**listed(), "refused": words.REFUSAL[refused.because]}
        return render(request, "magnets/list.html", context, status=422)
    magnet = services.create_from_document(kept=kept, file_stem=stem, by=actor(request).pk, now=timezone.now())
    if not kept.facts.readable:
        messages.warning(request, _("We could not look into this PDF. Check that it opens before you publish it."))
    return _go(request, reverse("magnet", args=[magnet.pk]))


@require_POST
@needs(Right.EDIT_MAGNETS)
def replace_file(request: HttpRequest, magnet_id: int) -> HttpResponse:
    found(magnet_id)
    try:
        kept, _stem = _uploaded(request)
    except DocumentRefused as refused:
        messages.error(request, str(words.REFUSAL[refused.because]))
    else:
        services.replace_file(magnet_id=magnet_id, kept=kept, by=actor(request).pk, now=timezone.now())
        messages.success(request, _("The draft gives the new file now."), extra_tags=reverse("magnet_undo", args=[magnet_id]))
    return _go(request, reverse("magnet", args=[magnet_id]))


@require_safe
@needs(Right.READ_LEADS)
def edit(request: HttpRequest, magnet_id: int) -> HttpResponse:
    magnet = found(magnet_id)
    blank = 2 if request.GET.get("step") == "new" else 1
    draft = queries.draft_of(magnet)
    if draft.kind == "quiz" and request.GET.get("question") == "new" and may_edit(request):
        draft = with_a_blank_question(draft)
    forms = DraftForms(draft, slug=magnet.slug, blank_steps=blank if may_edit(request) else 0)
    return render(request, "magnets/edit.html", context_of(request, magnet, forms))


@require_POST
@needs(Right.EDIT_MAGNETS)
def save(request: HttpRequest, magnet_id: int) -> HttpResponse:
    """Keep the draft. Asked by htmx it answers with what changed around the form, otherwise with the page."""
    magnet = found(magnet_id)
    forms = keep(request, magnet)
    if request.headers.get("HX-Request"):
        answer = render(request, "magnets/_saved.html", context_of(request, found(magnet_id), forms))
        answer["HX-Trigger"] = "draft-saved"
        return answer
    if forms.has_errors:
        return render(request, "magnets/edit.html", context_of(request, magnet, forms), status=422)
    anchor = next((after for name, after in _AFTER_SAVING.items() if name in request.POST), "")
    return redirect(reverse("magnet", args=[magnet_id]) + anchor)


@require_POST
@needs(Right.EDIT_MAGNETS)
def undo(request: HttpRequest, magnet_id: int) -> HttpResponse:
    found(magnet_id)
    if not services.undo_draft(magnet_id=magnet_id, now=timezone.now()):
        messages.info(request, _("There is nothing to take back."))
    return _go(request, reverse("magnet", args=[magnet_id]))


# Where somebody goes on after pressing one of the buttons that save and give another row.
_AFTER_SAVING = {"add_step": "?step=new#steps", "add_question": "?question=new#at-questions", "add_row": "#at-questions"}


@require_POST
@needs(Right.EDIT_MAGNETS)
def begin(request: HttpRequest) -> HttpResponse:
    """A magnet that needs no document begins with its example."""
    kind = request.POST.get("kind", "")
    if kind not in {key for key, _name, _begins in words.startable()}:
        raise Http404
    magnet = services.create_from_example(kind=kind, language=get_language() or "", by=actor(request).pk, now=timezone.now())
    return redirect("magnet", magnet.pk)


def keep(request: HttpRequest, magnet: "Magnet") -> DraftForms:
    """Read the form, keep what it says as the draft."""
    forms = DraftForms(queries.draft_of(magnet), slug=magnet.slug, data=request.POST)
    services.save_draft(magnet_id=magnet.pk, definition=forms.definition(), slug=forms.slug, now=timezone.now())
    return forms


def found(magnet_id: int) -> "Magnet":
    magnet = queries.magnet_or_none(magnet_id)
    if magnet is None:
        raise Http404
    return magnet


def may_edit(request: HttpRequest) -> bool:
    return may(actor(request).role, Right.EDIT_MAGNETS)


def gaps(magnet: "Magnet", definition: MagnetDefinition, *, slug: str) -> tuple[Gap, ...]:
    stored = definition.asset is not None and BlobStore(settings.FOLDER.blobs).has(definition.asset.key)
    today = timezone.now().date()
    return gaps_of(
        definition,
        facts=queries.publish_facts(
            magnet=magnet, slug=slug, file_stored=stored, today=today, in_stock=shipments.in_stock(magnet.pk)
        ),
    )


@dataclass(frozen=True, slots=True)
class ShownGap:
    """A gap in words, with the place in the form where it can be mended."""

    slot: str
    words: str
    beside: str  # the same beside the field, with a way to answer for it where there is one


def context_of(request: HttpRequest, magnet: "Magnet", forms: DraftForms) -> dict[str, Any]:
    """Everything that the editor shows of one magnet."""
    definition = queries.draft_of(magnet)
    shown = [_shown(magnet, gap, forms) for gap in gaps(magnet, definition, slug=forms.slug)]
    tag = price_of(definition)
    current = queries.current_version(magnet.pk)
    if current is not None:
        forms.give.fields["slug"].widget.attrs["readonly"] = True
    return {
        "magnet": magnet,
        "definition": definition,
        "forms": forms,
        "asks": [(key, words.FIELD[key], form) for key, form in forms.asks.items()],
        "gaps": shown,
        "gap_at": _beside(shown),
        "slots": _slots(forms),
        "tag": tag,
        "prices": [(price, words.FIELD[price.key], words.OWES[price.owes]) for price in tag.fields],
        "current": current,
        "unpublished": current is None or current.definition != definition,
        "can_undo": queries.can_undo(magnet.pk),
        "editable": may_edit(request),
        "public_address": f"{settings.PUBLIC_URL}/m/{magnet.slug}",
        "most_steps": MOST_STEPS,
        "life": life_of(magnet),
        "tried": forms.own.tried(definition.settings) if forms.own else None,
        "asks_on_pages": asks_on_pages(definition),
        "gives_file": definition.kind not in KINDS or Step.FILE in KINDS[definition.kind].steps,
    }


def _beside(shown: list[ShownGap]) -> dict[str, str]:
    """What stands beside each field: the first gap, and everything that the checks object to."""
    found: dict[str, list[str]] = {}
    for gap in shown:
        said = found.setdefault(gap.slot, [])
        if not said or gap.beside != gap.words:
            said.append(gap.beside)
    return {slot: said[0] if len(said) == 1 else _joined(said) for slot, said in found.items()}


def _joined(said: list[str]) -> str:
    return format_html("<span>{}</span>", format_html_join("", '<span class="one">{}</span>', ((one,) for one in said)))


def _shown(magnet: "Magnet", gap: Gap, forms: DraftForms) -> ShownGap:
    said = words.gap_words(gap)
    beside = said
    if "digest" in gap.facts:
        address = f"{reverse('magnet_checks', args=[magnet.pk])}#words-{gap.facts['digest'][:12]}"
        beside = format_html('<span>{} <a href="{}">{}</a></span>', said, address, _("Answer for it"))
    return ShownGap(forms.slot(gap.where), said, beside)


def _slots(forms: DraftForms) -> list[str]:
    """Every place in the form where a gap may stand; each is sent with every save, so that a mended one goes away."""
    own = forms.own.slots() if forms.own else []
    fields = [*forms.give.fields, *forms.end.fields, "file", "next_steps", *forms.offer.fields]
    return [*fields, *(f"asks-{key}" for key in forms.asks), *(f"step-{n}" for n in range(len(forms.steps))), *own]


def _uploaded(request: HttpRequest) -> tuple[KeptDocument, str]:
    """The file that came, kept and read, with its uploaded name without the ending."""
    file = request.FILES.get("file")
    if file is None or file.file is None:
        raise DocumentRefused(Refusal.EMPTY)
    return take_in(cast(BinaryIO, file.file), blobs=BlobStore(settings.FOLDER.blobs)), PurePath(file.name or "").stem[:120]


def _go(request: HttpRequest, address: str) -> HttpResponse:
    """To another page, for a form as for htmx."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
