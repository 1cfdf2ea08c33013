"""Trials: who tries what, how far they are, and what came of it."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Reader, Right, may
from leadstone.domains.leads.queries.facts import exchanges_in_reach, seen_leads_of_people
from leadstone.domains.trials import queries
from leadstone.domains.trials.queries import TrialFacts, TrialFilter
from leadstone.domains.trials.rules import RUNNING, Order, State, day_of
from leadstone.domains.webhooks import queries as webhooks
from leadstone.domains.webhooks.rules import EventKind
from leadstone.flows.hooks.trials import occasion_of
from leadstone.studio.leads.filters import read_page
from leadstone.studio.machines.words import STATE, TONE, TRIAL, TRIAL_ORDER, TRIAL_TONE
from leadstone.studio.shell.exports import Columns, csv_file
from leadstone.studio.shell.gate import actor, needs, reader

COLUMNS: Columns[TrialFacts] = (
    (pgettext_lazy("of a person", "Name"), lambda line: line.name),
    (_("Magnet"), lambda line: line.magnet_title),
    (_("State"), lambda line: line.state.value),
    (_("Begun"), lambda line: line.started_at.isoformat(timespec="seconds")),
    (_("Ends"), lambda line: line.ends_at.isoformat(timespec="seconds")),
    (_("Went in"), lambda line: line.activated_at.isoformat(timespec="seconds") if line.activated_at else ""),
    (_("Uses"), lambda line: str(line.uses)),
    (_("Bought"), lambda line: line.converted_at.isoformat(timespec="seconds") if line.converted_at else ""),
    (_("Amount"), lambda line: f"{line.amount_minor / 100:.2f} {line.currency}" if line.amount_minor else ""),
    (_("Number"), lambda line: str(line.key)),
)


@needs(Right.READ_LEADS)
@require_safe
def trials(request: HttpRequest) -> HttpResponse:
    """The trials that the address asks for, of people within reach."""
    chosen, seen_by = read_filter(request.GET), reader(request)
    page = queries.trial_page(chosen, among=exchanges_in_reach(seen_by), page=read_page(request.GET))
    facts = {
        "chosen": chosen,
        "narrowed": chosen != TrialFilter(order=chosen.order),
        "page": page,
        "rows": _rows(page.lines, seen_by),
        "states": [(state.value, TRIAL[state]) for state in State],
        "orders": [(order.value, TRIAL_ORDER[order]) for order in Order],
        "magnets": list(queries.magnets_on_trial().items()),
        "export_query": request.GET.urlencode(),
        "may_export": may(actor(request).role, Right.EXPORT_LEADS),
        "may_open": may(actor(request).role, Right.MANAGE_MACHINES),
    }
    return render(request, "machines/trials.html", facts)


@needs(Right.EXPORT_LEADS)
@require_safe
def trials_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The rows of the same address as a file."""
    rows = queries.each_trial(read_filter(request.GET), among=exchanges_in_reach(reader(request)))
    return csv_file(request, name="trials", columns=COLUMNS, rows=rows)


def read_filter(query: Mapping[str, str]) -> TrialFilter:
    """The filter that an address line means; what is not understood is left out."""
    state, magnet, order = query.get("state", ""), query.get("magnet", ""), query.get("order", "")
    return TrialFilter(
        state=State(state) if state in set(State) else None,
        magnet_id=int(magnet) if magnet.isascii() and magnet.isdigit() and len(magnet) < 18 else None,
        order=Order(order) if order in set(Order) else Order.NEWEST,
    )


def _leads_of(lines: Sequence[TrialFacts], seen_by: Reader) -> dict[int, int]:
    """Trial id → the lead behind it, as far as the reader may see it."""
    found = seen_leads_of_people({line.contact_id for line in lines if line.contact_id}, reader=seen_by)
    pairs = ((line, found.get(line.contact_id or 0, {}).get(line.magnet_id)) for line in lines)
    return {line.trial_id: lead_id for line, lead_id in pairs if lead_id is not None}


def _rows(lines: Sequence[TrialFacts], seen_by: Reader) -> list[dict[str, object]]:
    leads, now = _leads_of(lines, seen_by), timezone.now()
    return [
        {
            "line": line,
            "lead_id": leads.get(line.trial_id),
            "state": TRIAL[line.state],
            "tone": TRIAL_TONE[line.state],
            "running": line.state in RUNNING,
            "day": day_of(now, started_at=line.started_at, days=line.days, zone=line.zone),
            "hand_over": _hand_over(line),
        }
        for line in lines
    ]


def _hand_over(line: TrialFacts) -> tuple[int, object, str] | None:
    """The message that opened the account, where one did: its id, its state in words, and the tone of that."""
    if line.endpoint_key is None:
        return None
    told = webhooks.last_told(occasion=occasion_of(EventKind.TRIAL_STARTED, line.key))
    return (told.delivery_id, STATE[told.state], TONE[told.state]) if told else None
