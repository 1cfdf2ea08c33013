"""The list of experiments: what runs, what is written, and what was learned."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.experiments import queries
from leadstone.domains.experiments.queries import ExperimentFacts
from leadstone.domains.experiments.rules import State
from leadstone.flows.experiments_judged import Judged, judged
from leadstone.kernel.folding import fold
from leadstone.studio.experiments import words
from leadstone.studio.experiments.words import Said
from leadstone.studio.shell.exports import Columns, csv_file
from leadstone.studio.shell.gate import needs

PAGE_SIZE = 50
SHOWN = (State.RUNNING, State.DRAFT, State.ENDED)


class Order(StrEnum):
    STATE = ""  # what runs first
    NAME = "name"
    MAGNET = "magnet"
    BEGUN = "begun"


@dataclass(frozen=True, slots=True)
class Row:
    """One experiment with how it stands. `said` is None before it has begun."""

    facts: ExperimentFacts
    found: Judged | None
    said: Said | None

    @property
    def tag(self) -> str:
        return str(words.ENDING[self.facts.ending] if self.facts.ending else words.STATE[self.facts.state])

    @property
    def differs(self) -> str:
        return str(words.ASPECT[self.facts.plan.aspect])

    @property
    def tone(self) -> str:
        return "good" if self.facts.state is State.RUNNING else "warn" if self.facts.state is State.DRAFT else ""


@require_safe
@needs(Right.RUN_EXPERIMENTS)
def experiments(request: HttpRequest) -> HttpResponse:
    """What the address asks for; everything, what runs first, when it asks for nothing."""
    rows, number = _rows(request), _page(request)
    first = (number - 1) * PAGE_SIZE
    facts = {
        "rows": rows[first : first + PAGE_SIZE],
        "number": number,
        "has_next": len(rows) > first + PAGE_SIZE,
        "state": request.GET.get("state", ""),
        "states": [(state.value, words.STATE[state]) for state in SHOWN],
        "magnet": request.GET.get("magnet", ""),
        "magnets": sorted(
            {(str(each.magnet_id), each.magnet_title) for each in queries.experiments()}, key=lambda one: fold(one[1])
        ),
        "order": _order(request).value,
        "export_query": request.GET.urlencode(),
        "narrowed": bool(request.GET.get("state") or request.GET.get("magnet")),
    }
    return render(request, "experiments/list.html", facts)


@require_safe
@needs(Right.RUN_EXPERIMENTS)
def experiments_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The rows of the same address as a file."""
    return csv_file(request, name="experiments", columns=COLUMNS, rows=_rows(request))


def _rows(request: HttpRequest) -> list[Row]:
    state, magnet = request.GET.get("state", ""), request.GET.get("magnet", "")
    found = queries.experiments(
        state=State(state) if state in {each.value for each in SHOWN} else None,
        magnet_id=int(magnet) if magnet.isascii() and magnet.isdigit() and len(magnet) < 19 else None,
    )
    order, now = _order(request), timezone.now()
    if order is Order.NAME:
        found.sort(key=lambda each: fold(each.name))
    elif order is Order.MAGNET:
        found.sort(key=lambda each: fold(each.magnet_title))
    elif order is Order.BEGUN:
        found.sort(key=lambda each: (each.started_at or each.created_at).timestamp(), reverse=True)
    return [_row(each, now=now) for each in found]


def _row(facts: ExperimentFacts, *, now: datetime) -> Row:
    found = judged(facts, now=now)
    return Row(facts, found, words.verdict(found.judgement) if found else None)


def _order(request: HttpRequest) -> Order:
    asked = request.GET.get("order", "")
    return Order(asked) if asked in set(Order) else Order.STATE


def _page(request: HttpRequest) -> int:
    given = request.GET.get("page", "")
    return max(1, int(given)) if given.isascii() and given.isdigit() and len(given) < 8 else 1


def _number(row: Row, name: str, arm: str) -> str:
    return str(getattr(getattr(row.found, arm), name)) if row.found else ""


def _at(at: datetime | None) -> str:
    return timezone.localtime(at).isoformat(sep=" ", timespec="minutes") if at else ""


COLUMNS: Columns[Row] = (
    (pgettext_lazy("of an experiment", "Name"), lambda row: row.facts.name),
    (_("Magnet"), lambda row: row.facts.magnet_title),
    (_("What differs"), lambda row: row.differs),
    (_("What counts"), lambda row: str(words.GOAL[row.facts.plan.goal])),
    (_("State"), lambda row: row.tag),
    (_("Began"), lambda row: _at(row.facts.started_at)),
    (_("Ended"), lambda row: _at(row.facts.ended_at)),
    (_("Verdict"), lambda row: row.said.title if row.said else ""),
    (_("Visits A"), lambda row: _number(row, "visits", "a")),
    (_("Visits B"), lambda row: _number(row, "visits", "b")),
    (_("Forms A"), lambda row: _number(row, "forms", "a")),
    (_("Forms B"), lambda row: _number(row, "forms", "b")),
    (_("Confirmed A"), lambda row: _number(row, "confirmed", "a")),
    (_("Confirmed B"), lambda row: _number(row, "confirmed", "b")),
    (_("Prospects A"), lambda row: _number(row, "qualified", "a")),
    (_("Prospects B"), lambda row: _number(row, "qualified", "b")),
    (_("Customers A"), lambda row: _number(row, "won", "a")),
    (_("Customers B"), lambda row: _number(row, "won", "b")),
)
