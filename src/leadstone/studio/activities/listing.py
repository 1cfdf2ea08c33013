"""The list of tasks, calls and meetings: whose, of which kind, by how near they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right, Thing, may
from leadstone.domains.activities import queries
from leadstone.domains.activities.queries import ActivityFacts
from leadstone.domains.activities.rules import ActivityFilter, ActivityKind, Day, Standing, Whose, day_of
from leadstone.studio.activities.forms import PlanForm, usual_time
from leadstone.studio.activities.panels import OpenLine, line_of
from leadstone.studio.activities.stories import line_of as told
from leadstone.studio.activities.words import DAY, KIND, KINDS, OUTCOME, STANDING, WHOSE, Words, title_of
from leadstone.studio.shell.exports import Columns, csv_file
from leadstone.studio.shell.gate import actor, needs, reader
from leadstone.studio.words.timeline import Line

COLUMNS: Columns[ActivityFacts] = (
    (_("Kind"), lambda facts: str(KIND[facts.kind])),
    (_("Title"), title_of),
    (_("Person"), lambda facts: facts.person),
    (_("Company"), lambda facts: facts.company),
    (_("Due"), lambda facts: _written(facts.due_at)),
    (_("Done at"), lambda facts: _written(facts.done_at)),
    (_("Outcome"), lambda facts: str(OUTCOME[facts.outcome]) if facts.outcome else ""),
    (_("Whose"), lambda facts: facts.owner_name),
    (_("Note"), lambda facts: facts.text),
)


@dataclass(frozen=True, slots=True)
class Group:
    """What is due about the same time."""

    day: Day
    words: Words
    lines: Sequence[OpenLine]


@require_safe
@needs(Right.READ_LEADS)
def activities(request: HttpRequest) -> HttpResponse:
    """What a filter in the address matches; the reader's own open ones unless it says otherwise."""
    chosen = read_filter(request)
    page = queries.activity_page(chosen, reader=reader(request), page=_page(request))
    is_open = chosen.standing is Standing.OPEN
    facts = {
        "chosen": chosen,
        "page": page,
        "groups": _groups(request, page.lines) if is_open else [],
        "done": [] if is_open else _done(page.lines),
        "narrowed": chosen != ActivityFilter(),
        "kinds": [(kind, KINDS[kind]) for kind in ActivityKind if not (is_open and kind is ActivityKind.NOTE)],
        "whose": [(each, WHOSE[each]) for each in _offered(request)],
        "standings": [(each, STANDING[each]) for each in Standing],
        "may_work": may(actor(request).role, Right.WORK_LEADS),
        "form": PlanForm(auto_id="plan-%s", initial=usual_time(timezone.now())),
        "address": request.get_full_path(),
        "may_export": may(actor(request).role, Right.EXPORT_LEADS),
        "export_query": request.GET.urlencode(),
    }
    return render(request, "activities/list.html", facts)


@require_safe
@needs(Right.EXPORT_LEADS)
def activities_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The rows of the same address as a file."""
    rows = queries.each_activity(read_filter(request), reader=reader(request))
    return csv_file(request, name="activities", columns=COLUMNS, rows=rows)


def read_filter(request: HttpRequest) -> ActivityFilter:
    """The filter that the address names; whatever it does not know is left out."""
    kind, whose, standing = (request.GET.get(name, "") for name in ("kind", "whose", "state"))
    return ActivityFilter(
        kind=ActivityKind(kind) if kind in set(ActivityKind) else None,
        whose=Whose(whose) if whose in set(_offered(request)) else Whose.MINE,
        standing=Standing(standing) if standing in set(Standing) else Standing.OPEN,
    )


def _offered(request: HttpRequest) -> list[Whose]:
    """Whose activities the reader may look at."""
    seen_by = reader(request)
    owners = seen_by.owners(Thing.ACTIVITIES)
    if owners is None:
        return list(Whose)
    return [Whose.MINE, Whose.TEAM] if len(owners) > 1 else [Whose.MINE]


def _groups(request: HttpRequest, lines: Sequence[ActivityFacts]) -> list[Group]:
    now, zone = timezone.now(), timezone.get_current_timezone()
    by_day = groupby(lines, key=lambda facts: day_of(facts.due_at, now=now, zone=zone))
    mine = actor(request).pk
    return [Group(day, DAY[day], [line_of(facts, reader_id=mine, now=now) for facts in each]) for day, each in by_day]


def _done(lines: Sequence[ActivityFacts]) -> list[tuple[ActivityFacts, Line]]:
    return [(facts, told(facts)) for facts in lines]


def _written(at: datetime | None) -> str:
    """ISO 8601 by the reader's clock, so that a spreadsheet sorts it."""
    return timezone.localtime(at).isoformat(sep=" ", timespec="minutes") if at else ""


def _page(request: HttpRequest) -> int:
    given = request.GET.get("page", "")
    return min(int(given), 1_000_000) if given.isascii() and given.isdigit() and len(given) < 8 else 1
