"""One device: how it is, what came from it, and what is decided about it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.kiosks import queries
from leadstone.domains.kiosks.queries import EntryLine, KioskFacts
from leadstone.domains.kiosks.rules import Standing, Unreadable
from leadstone.domains.leads.queries.facts import seen_of
from leadstone.flows import kiosks_changed
from leadstone.studio.kiosks.words import BECAUSE, KIND, STANDING, STATE, TONE
from leadstone.studio.shell.gate import actor, needs, reader

MOST_ENTRIES = 50


@require_safe
@needs(Right.RUN_KIOSK)
def kiosk(request: HttpRequest, kiosk_id: int) -> HttpResponse:
    """The device with what arrived last; leads out of the reader's reach are no links."""
    found = _known(kiosk_id)
    entries = queries.latest_entries(kiosk_id, limit=MOST_ENTRIES)
    seen = seen_of({each.lead_id for each in entries if each.lead_id is not None}, reader=reader(request))
    facts = {
        "kiosk": found,
        "standing": STANDING[found.standing],
        "tone": TONE[found.standing],
        "lines": [_line(each, seen=seen) for each in entries],
        "may_link": found.paired_at is None and found.standing is not Standing.REVOKED,
        "revoked": found.standing is Standing.REVOKED,
    }
    return render(request, "kiosks/kiosk.html", facts)


@needs(Right.RUN_KIOSK)
@require_POST
def revoke(request: HttpRequest, kiosk_id: int) -> HttpResponse:
    """From now on it collects nothing; that can be undone for a moment."""
    _known(kiosk_id)
    if kiosks_changed.revoke_kiosk(kiosk_id, by=actor(request).pk, now=timezone.now()):
        messages.success(request, _("The device collects no more."), extra_tags=reverse("kiosk_back", args=[kiosk_id]))
    return redirect("kiosk", kiosk_id=kiosk_id)


@needs(Right.RUN_KIOSK)
@require_POST
def back(request: HttpRequest, kiosk_id: int) -> HttpResponse:
    """Undo a revocation, and take in what came meanwhile."""
    _known(kiosk_id)
    if kiosks_changed.take_back_revocation(kiosk_id, by=actor(request).pk, now=timezone.now()):
        messages.success(request, _("Undone: the device collects again."))
    else:
        messages.error(request, _("That was too long ago. Pair the device anew."))
    return redirect("kiosk", kiosk_id=kiosk_id)


@needs(Right.RUN_KIOSK)
@require_POST
def held(request: HttpRequest, kiosk_id: int) -> HttpResponse:
    """Take in what came after the revocation, or discard it."""
    _known(kiosk_id)
    take = request.POST.get("decision") == "take"
    if not take and request.POST.get("decision") != "discard":
        raise Http404
    number = kiosks_changed.decide_held(kiosk_id, take=take, by=actor(request).pk, now=timezone.now())
    told = (
        ngettext("%(n)s entry was taken in.", "%(n)s entries were taken in.", number)
        if take
        else ngettext("%(n)s entry was discarded.", "%(n)s entries were discarded.", number)
    )
    messages.success(request, told % {"n": number})
    return redirect("kiosk", kiosk_id=kiosk_id)


def _known(kiosk_id: int) -> KioskFacts:
    found = queries.kiosk(kiosk_id, now=timezone.now())
    if found is None:
        raise Http404
    return found


def _line(entry: EntryLine, *, seen: set[int]) -> dict[str, object]:
    return {
        "kind": KIND[entry.kind] if entry.kind else _("Sealed"),
        "state": STATE[entry.state],
        "because": BECAUSE[Unreadable(entry.because)] if entry.because in set(Unreadable) else "",
        "collected_at": entry.collected_at,
        "arrived_at": entry.arrived_at,
        "lead_id": entry.lead_id if entry.lead_id in seen else None,
    }
