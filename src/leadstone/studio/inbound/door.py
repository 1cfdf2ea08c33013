"""One door: how it is told there, what its fields mean, and the log of what came."""

from collections.abc import Mapping

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.inbound import queries
from leadstone.domains.inbound.queries import DeliveryLine, DoorFacts, LogFilter
from leadstone.domains.inbound.rules import NEEDS_SOMEBODY, ProviderName, State
from leadstone.domains.inbound.rules.fields import Ours
from leadstone.domains.leads.queries.facts import seen_of
from leadstone.flows import doors_changed
from leadstone.flows.handed_over import try_out
from leadstone.studio.inbound.listing import how_to
from leadstone.studio.inbound.words import BECAUSE, MEANS, OURS, STATE, TONE, TROUBLE, TURNED
from leadstone.studio.leads.filters import read_page
from leadstone.studio.shell.exports import Columns, csv_file
from leadstone.studio.shell.gate import actor, needs, reader

COLUMNS: Columns[DeliveryLine] = (
    (gettext_lazy("Their number"), lambda line: line.provider_id),
    (pgettext_lazy("delivery", "Came"), lambda line: timezone.localtime(line.received_at).isoformat(sep=" ", timespec="seconds")),
    (pgettext_lazy("delivery", "State"), lambda line: str(STATE[line.state])),
    (gettext_lazy("Why"), lambda line: str(BECAUSE[line.because]) if line.because else ""),
    (gettext_lazy("Test"), lambda line: "1" if line.is_test else ""),
    (gettext_lazy("Lead"), lambda line: str(line.lead_id or "")),
    (gettext_lazy("Fields not used"), lambda line: ", ".join(line.unused)),
)


@require_safe
@needs(Right.RUN_CAMPAIGNS)
def way_in(request: HttpRequest, door_id: int) -> HttpResponse:
    """The door with its log; leads out of the reader's reach are no links."""
    door = known(door_id)
    chosen = _filter(request.GET)
    page = queries.log_page(door_id, chosen, page=read_page(request.GET))
    seen = seen_of({each.lead_id for each in page.rows if each.lead_id is not None}, reader=reader(request))
    unused = [name for name in queries.fields_unused(door_id) if name not in door.mapping]
    facts = how_to(door) | {
        "page": page,
        "lines": [_line(each, seen=seen) for each in page.rows],
        "unused": unused,
        "mapped": [(name, means) for name, means in door.mapping.items()],
        "ours": [(each.value, words) for each, words in OURS.items()],
        "again": len(queries.to_try_again(door_id)) + queries.to_be_asked(door_id),
        "turned": TURNED[door.turned_because] if door.turned_because else "",
        **_state(door),
        "piles": [("", pgettext_lazy("deliveries", "All")), *((each.value, STATE[each]) for each in State)],
        "pile": chosen.state.value if chosen.state else "",
        "export_query": request.GET.urlencode(),
    }
    return render(request, "inbound/door.html", facts)


@require_safe
@needs(Right.RUN_CAMPAIGNS)
def log_csv(request: HttpRequest, door_id: int) -> StreamingHttpResponse:
    """The rows of the same address as a file: what became of each, and nothing of what was said."""
    known(door_id)
    return csv_file(request, name="ways-in", columns=COLUMNS, rows=queries.each_delivery(door_id, _filter(request.GET)))


@needs(Right.RUN_CAMPAIGNS)
@require_POST
def pause(request: HttpRequest, door_id: int) -> HttpResponse:
    """Nobody comes in from now on; that can be undone."""
    known(door_id)
    if doors_changed.pause_door(door_id, by=actor(request).pk, now=timezone.now()):
        messages.success(request, _("Paused: whoever is sent waits."), extra_tags=reverse("way_in_open", args=[door_id]))
    return redirect("way_in", door_id=door_id)


@needs(Right.RUN_CAMPAIGNS)
@require_POST
def let_in(request: HttpRequest, door_id: int) -> HttpResponse:
    """Open the door again; whoever waited comes in."""
    known(door_id)
    if doors_changed.open_door(door_id, by=actor(request).pk, now=timezone.now()):
        messages.success(request, _("Open again. Whoever waited comes in now."))
    return redirect("way_in", door_id=door_id)


@needs(Right.RUN_CAMPAIGNS)
@require_POST
def test(request: HttpRequest, door_id: int) -> HttpResponse:
    """Send a sample through the same door; it makes no lead."""
    door = known(door_id)
    turned = try_out(door, provider=settings.INBOUND_PROVIDERS[door.provider], now=timezone.now())
    if turned is None:
        messages.success(request, _("The sample came through. It is marked as a test and made no lead."))
    else:
        messages.error(request, str(TURNED[turned]))
    return redirect("way_in", door_id=door_id)


@needs(Right.RUN_CAMPAIGNS)
@require_POST
def meaning(request: HttpRequest, door_id: int) -> HttpResponse:
    """Say what one field of theirs means from now on."""
    door = known(door_id)
    field, means = request.POST.get("field", ""), request.POST.get("means", "")
    if field not in {*queries.fields_unused(door_id), *door.mapping} or means not in {*Ours, "usual"}:
        raise Http404
    meant = None if means == "usual" else Ours(means)
    doors_changed.say_meaning(door_id, field=field, means=meant, by=actor(request).pk, now=timezone.now())
    messages.success(request, _("Kept. It counts from the next one on, and for those that you try again."))
    return redirect("way_in", door_id=door_id)


@needs(Right.RUN_CAMPAIGNS)
@require_POST
def again(request: HttpRequest, door_id: int) -> HttpResponse:
    """Try everybody again who was refused or given up."""
    known(door_id)
    number = doors_changed.try_again(door_id, by=actor(request).pk, now=timezone.now())
    told = ngettext("%(n)s is tried again.", "%(n)s are tried again.", number) % {"n": number}
    messages.success(request, told)
    return redirect("way_in", door_id=door_id)


def _state(door: DoorFacts) -> dict[str, object]:
    """What troubles the door, which secret it still accepts, and the boxes of its forms."""
    now = timezone.now()
    return {
        "trouble": TROUBLE[door.trouble] if door.trouble else "",
        "is_grave": door.trouble in NEEDS_SOMEBODY,
        "to_be_asked": queries.to_be_asked(door.door_id),
        "old_secret": door.old_secret_until if door.old_secret_until and door.old_secret_until > now else None,
        "has_secret": door.provider is not ProviderName.MAIL,
        "boxes": queries.boxes(door.door_id),
        "means": [(each.value, words) for each, words in MEANS.items()],
    }


def known(door_id: int) -> DoorFacts:
    """The door, or 404."""
    found = queries.door(door_id)
    if found is None:
        raise Http404
    return found


def _filter(query: Mapping[str, str]) -> LogFilter:
    """What an address line means; what is not understood is left out."""
    state = query.get("state", "")
    return LogFilter(
        state=State(state) if state in set(State) else None, is_test={"yes": True, "no": False}.get(query.get("test", ""))
    )


def _line(line: DeliveryLine, *, seen: set[int]) -> dict[str, object]:
    return {
        "provider_id": line.provider_id,
        "received_at": line.received_at,
        "state": STATE[line.state],
        "tone": TONE[line.state],
        "because": BECAUSE[line.because] if line.because else "",
        "is_test": line.is_test,
        "unused": line.unused,
        "due_at": line.due_at if line.state is State.WAITING else None,
        "lead_id": line.lead_id if line.lead_id in seen else None,
    }
