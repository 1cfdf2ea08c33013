"""A magnet's life beside its words: other languages, copies, and a draft shown in private."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leadstone.domains.access.rules import Right
from leadstone.domains.magnets import services
from leadstone.domains.magnets.rules import LinkRefusal
from leadstone.flows import drafts_shown
from leadstone.kernel.language import Language
from leadstone.studio.magnets.editor import found
from leadstone.studio.magnets.panels import language_name
from leadstone.studio.magnets.words import LINK_REFUSED
from leadstone.studio.shell.gate import actor, needs


@require_POST
@needs(Right.EDIT_MAGNETS)
def duplicate(request: HttpRequest, magnet_id: int) -> HttpResponse:
    """A draft with the same words and file."""
    found(magnet_id)
    copy = services.duplicate(magnet_id=magnet_id, by=actor(request).pk, now=timezone.now())
    messages.success(request, _("This is the copy: a draft with an address of its own."))
    return redirect("magnet", copy.pk)


@require_POST
@needs(Right.EDIT_MAGNETS)
def in_language(request: HttpRequest, magnet_id: int) -> HttpResponse:
    """The same magnet in another language, to be translated."""
    found(magnet_id)
    language = request.POST.get("language", "")
    if language not in set(Language):
        raise Http404
    decision, made = services.create_in_language(magnet_id=magnet_id, language=language, by=actor(request).pk, now=timezone.now())
    if made is None:
        messages.error(request, str(LINK_REFUSED[LinkRefusal(str(decision.because))]))
        return redirect(_place(magnet_id))
    messages.success(
        request, _("A draft in %(language)s. Translate its words and give it its file.") % {"language": language_name(language)}
    )
    return redirect("magnet", made.pk)


@require_POST
@needs(Right.EDIT_MAGNETS)
def link(request: HttpRequest, magnet_id: int) -> HttpResponse:
    """Let this and another magnet be one in two languages."""
    found(magnet_id)
    other = request.POST.get("other", "")
    other_id = int(other) if other.isdecimal() and len(other) < 19 else 0
    found(other_id)
    decision = services.link_languages(magnet_id=magnet_id, other_id=other_id, now=timezone.now())
    if decision:
        messages.success(
            request, _("Linked: each page offers the other language."), extra_tags=reverse("magnet_leave", args=[magnet_id])
        )
    else:
        messages.error(request, str(LINK_REFUSED[LinkRefusal(str(decision.because))]))
    return redirect(_place(magnet_id))


@require_POST
@needs(Right.EDIT_MAGNETS)
def leave(request: HttpRequest, magnet_id: int) -> HttpResponse:
    """Let this magnet stand alone again."""
    found(magnet_id)
    if services.leave_family(magnet_id=magnet_id, now=timezone.now()):
        messages.success(request, _("It stands alone again. Nothing else has changed."))
    return redirect(_place(magnet_id))


@require_POST
@needs(Right.EDIT_MAGNETS)
def show(request: HttpRequest, magnet_id: int) -> HttpResponse:
    """A link to the draft. It is told once: only its digest is kept."""
    magnet = found(magnet_id)
    now = timezone.now()
    token = drafts_shown.show_draft(magnet_id=magnet_id, now=now)
    facts = {
        "magnet": magnet,
        "address": f"{settings.PUBLIC_URL}/my/preview/{token}",
        "until": now + drafts_shown.LASTS,
    }
    response = render(request, "magnets/shown.html", facts)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@needs(Right.EDIT_MAGNETS)
def hide(request: HttpRequest, magnet_id: int) -> HttpResponse:
    """End the link at once."""
    found(magnet_id)
    if drafts_shown.hide_draft(magnet_id=magnet_id, now=timezone.now()):
        messages.success(request, _("The link opens nothing any more."))
    return redirect(_place(magnet_id))


def _place(magnet_id: int) -> str:
    return reverse("magnet", args=[magnet_id]) + "#life"
