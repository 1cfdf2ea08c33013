"""What somebody decides about themes; each can be undone, and none is undone by the next gathering."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leadstone.domains.access.rules import Right
from leadstone.domains.leads.queries import facts as leads
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.needs import queries, services
from leadstone.domains.needs.rules.listening import Verdict
from leadstone.studio.needs.themes import found
from leadstone.studio.shell.gate import actor, needs, reader

NOWHERE = "none"
WORDS_DECIDE = "words"


@require_POST
@needs(Right.EDIT_MAGNETS)
def rename(request: HttpRequest, theme_id: int) -> HttpResponse:
    """Call it by another name; an empty one gives it back to its words."""
    found(theme_id)
    services.rename(theme_id=theme_id, name=request.POST.get("name", ""), by=actor(request).pk)
    messages.success(request, _("Renamed. It keeps this name, whatever is said next."))
    return redirect("theme", theme_id)


@require_POST
@needs(Right.EDIT_MAGNETS)
def join(request: HttpRequest, theme_id: int) -> HttpResponse:
    """Let this theme be part of another one."""
    line, into = found(theme_id), found(_id(request.POST.get("into", "")))
    if not services.join(theme_id=theme_id, into_id=into.theme_id):
        messages.error(request, _("A theme cannot be part of itself."))
        return redirect("theme", theme_id)
    words = _("“%(name)s” is part of this theme now.") % {"name": line.name}
    messages.success(request, words, extra_tags=reverse("theme_apart", args=[theme_id]))
    return redirect("theme", into.theme_id)


@require_POST
@needs(Right.EDIT_MAGNETS)
def apart(request: HttpRequest, theme_id: int) -> HttpResponse:
    """Let a part stand alone again."""
    if not queries.has_theme(theme_id):
        raise Http404
    if services.take_apart(part_id=theme_id):
        messages.success(request, _("It stands alone again, as it was."))
    return redirect("theme", queries.root_of(theme_id))


@require_POST
@needs(Right.EDIT_MAGNETS)
def split(request: HttpRequest, theme_id: int) -> HttpResponse:
    """Make a theme of its own of what says one word."""
    found(theme_id)
    made = services.split_by_word(theme_id=theme_id, stem=request.POST.get("stem", ""), by=actor(request).pk, now=timezone.now())
    if made is None:
        messages.error(request, _("Choose a word that some of these answers hold, and not all."))
        return redirect("theme", theme_id)
    messages.success(request, _("This is a theme of its own now. To undo it, join it to the one that it came from."))
    return redirect("theme", made)


@require_POST
@needs(Right.EDIT_MAGNETS)
def decide(request: HttpRequest, theme_id: int, magnet_id: int, verdict: str) -> HttpResponse:
    """Say that a magnet answers it, that it does not, or let the words decide again."""
    return _decided(request, theme_id, magnet_id, verdict)


@require_POST
@needs(Right.EDIT_MAGNETS)
def add_magnet(request: HttpRequest, theme_id: int) -> HttpResponse:
    """Name a magnet that answers it, although their words do not show it."""
    return _decided(request, theme_id, _id(request.POST.get("magnet", "")), Verdict.YES.value)


def _decided(request: HttpRequest, theme_id: int, magnet_id: int, verdict: str) -> HttpResponse:
    found(theme_id)
    if magnets.magnet_or_none(magnet_id) is None:
        raise Http404
    if verdict == WORDS_DECIDE:
        services.forget_decision(theme_id=theme_id, magnet_id=magnet_id)
        return redirect("theme", theme_id)
    if verdict not in set(Verdict):
        raise Http404
    services.decide_answer(
        theme_id=theme_id, magnet_id=magnet_id, verdict=Verdict(verdict), by=actor(request).pk, now=timezone.now()
    )
    back = reverse("theme_decide", args=[theme_id, magnet_id, WORDS_DECIDE])
    words = _("Confirmed: it answers this.") if verdict == Verdict.YES else _("Taken away: it does not answer this.")
    messages.success(request, words, extra_tags=back)
    return redirect("theme", theme_id)


@require_POST
@needs(Right.EDIT_MAGNETS)
def begin(request: HttpRequest, theme_id: int) -> HttpResponse:
    """Begin the magnet that answers it."""
    found(theme_id)
    magnet_id = services.begin_magnet(theme_id=theme_id, by=actor(request).pk, now=timezone.now())
    messages.success(request, _("A draft from this theme. Give it its file, and say what a reader gets."))
    return redirect("magnet", magnet_id)


@require_POST
@needs(Right.EDIT_MAGNETS)
def move(request: HttpRequest, voice_id: int) -> HttpResponse:
    """Put an answer into another theme, or into none; only one that the reader sees."""
    known = queries.theme_of_voice(voice_id)
    if known is None or not leads.seen_leads_of_people([known[1] or 0], reader=reader(request)):
        raise Http404
    to = request.POST.get("to", "")
    to_id = None if to == NOWHERE else found(_id(to)).theme_id
    before = services.move_voice(voice_id=voice_id, to_id=to_id)
    messages.success(request, _("Moved. It stays there.") if to_id else _("Taken out. It stays out."))
    return redirect("theme", queries.root_of(before)) if before and queries.has_theme(before) else redirect("needs_loose")


def _id(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0
