"""What other systems were told: the list, one message, and sending it again."""

import json
from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.audit.rules import Subject
from leadstone.domains.webhooks import queries, services
from leadstone.domains.webhooks.queries import DeliveryFacts
from leadstone.domains.webhooks.rules import DeliveryFilter, EventKind, State
from leadstone.flows.hooks import body_of
from leadstone.studio.leads.filters import read_page
from leadstone.studio.machines.words import BECAUSE, EVENT, STATE, TONE
from leadstone.studio.shell.exports import Columns, csv_file
from leadstone.studio.shell.gate import needs
from leadstone.studio.shell.noted import noted_read

AGAIN_AT_ONCE = 500
MAY_GO_AGAIN = frozenset({State.DEAD, State.DELIVERED})

COLUMNS: Columns[DeliveryFacts] = (
    (gettext_lazy("When"), lambda line: line.happened_at.isoformat(timespec="seconds")),
    (gettext_lazy("Endpoint"), lambda line: line.endpoint_name),
    (gettext_lazy("Event"), lambda line: line.kind.value),
    (gettext_lazy("State"), lambda line: line.state.value),
    (gettext_lazy("Attempts"), lambda line: str(line.attempts)),
    (gettext_lazy("Answer"), lambda line: str(line.status or line.because)),
    (gettext_lazy("Message id"), lambda line: line.message_id),
)


@needs(Right.MANAGE_MACHINES)
@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """The messages that the address asks for, the newest first."""
    chosen = read_filter(request.GET)
    page = queries.delivery_page(chosen, page=read_page(request.GET))
    facts = {
        "chosen": chosen,
        "narrowed": chosen != DeliveryFilter(),
        "page": page,
        "rows": [_row(line) for line in page.lines],
        "endpoints": [(each.endpoint_id, each.name) for each in queries.endpoints()],
        "states": [(state.value, STATE[state]) for state in State],
        "kinds": [(kind.value, EVENT[kind]) for kind in EventKind],
        "export_query": request.GET.urlencode(),
        "tab": "deliveries",
    }
    return render(request, "machines/deliveries.html", facts)


@needs(Right.MANAGE_MACHINES)
@require_safe
def deliveries_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The rows of the same address as a file."""
    return csv_file(request, name="webhooks", columns=COLUMNS, rows=queries.each_delivery(read_filter(request.GET)))


@needs(Right.MANAGE_MACHINES)
@require_safe
def delivery(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """One message: where it stands, and its body as it would leave now."""
    found = _find(delivery_id)
    [parcel] = queries.parcels([delivery_id], now=timezone.now())
    body = json.loads(body_of(parcel) or b"null")
    person = (body or {}).get("data", {})
    if person.get("email") and person.get("contact_id"):
        noted_read(request, Subject.CONTACT, person["contact_id"])
    facts = {
        "row": _row(found),
        "line": found,
        "body": json.dumps(body, indent=2, ensure_ascii=False) if body else "",
        "may_go_again": found.state in MAY_GO_AGAIN,
        "tab": "deliveries",
    }
    return render(request, "machines/delivery.html", facts)


@needs(Right.MANAGE_MACHINES)
@require_POST
def again(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Send one message once more, under its old id."""
    _find(delivery_id)
    if services.send_again([delivery_id], now=timezone.now()):
        messages.success(request, _("It is sent again now, under the same id."))
    return redirect("delivery", delivery_id)


@needs(Right.MANAGE_MACHINES)
@require_POST
def again_all(request: HttpRequest) -> HttpResponse:
    """Send again whatever was given up, of one endpoint or of all."""
    chosen = DeliveryFilter(endpoint_id=_number(request.POST.get("endpoint", "")), state=State.DEAD)
    ids = list(queries.deliveries_matching(chosen).values_list("pk", flat=True)[:AGAIN_AT_ONCE])
    number = services.send_again(ids, now=timezone.now())
    told = ngettext("%(n)d message is sent again.", "%(n)d messages are sent again.", number) % {"n": number}
    messages.success(request, told)
    return redirect(f"{reverse('deliveries')}?state={State.WAITING.value}")


def read_filter(query: Mapping[str, str]) -> DeliveryFilter:
    """The filter that an address line means; what is not understood is left out."""
    state, kind = query.get("state", ""), query.get("event", "")
    return DeliveryFilter(
        endpoint_id=_number(query.get("endpoint", "")),
        state=State(state) if state in set(State) else None,
        kind=EventKind(kind) if kind in set(EventKind) else None,
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def _find(delivery_id: int) -> DeliveryFacts:
    found = queries.delivery(delivery_id)
    if found is None:
        raise Http404
    return found


def _row(line: DeliveryFacts) -> dict[str, object]:
    answer = str(line.status) if line.status is not None else BECAUSE.get(line.because, line.because)
    return {"line": line, "event": EVENT[line.kind], "state": STATE[line.state], "tone": TONE[line.state], "answer": answer}
