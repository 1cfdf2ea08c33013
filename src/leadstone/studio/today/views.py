"""The first screen of the day: one person, and the queue behind them."""

from datetime import datetime, time

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadstone.domains.access.rules import Right, may
from leadstone.domains.activities.rules import at_wall
from leadstone.domains.agenda import services as agenda
from leadstone.domains.agenda.queries import Entry
from leadstone.domains.agenda.rules import next_morning
from leadstone.domains.audit.rules import Subject
from leadstone.domains.insights import queries as insights
from leadstone.domains.leads import queries as leads
from leadstone.domains.magnets import queries as magnets
from leadstone.studio.assignment import panels as assignment
from leadstone.studio.leads.finding import find_lead
from leadstone.studio.needs.warned import falling_promises
from leadstone.studio.shell.gate import actor, needs, reader
from leadstone.studio.shell.noted import noted_read
from leadstone.studio.today import day
from leadstone.studio.today.day import AFTER, Person
from leadstone.studio.today.needs import alarms
from leadstone.studio.today.words import minutes_words
from leadstone.studio.words.figures import doubts
from leadstone.studio.words.leads import CHANNEL, STATUS, TONE
from leadstone.studio.words.moments import day as spoken_day

NEWEST = 6
MOST_OUT_OF_REACH = 20
MORNING = time(7, 0)


@require_safe
@needs(Right.READ_LEADS)
def today(request: HttpRequest) -> HttpResponse:
    """Who comes first opens the day; the queue, what is broken and what misleads stands beside."""
    now = timezone.now()
    role = actor(request).role
    entries = day.queue_of(request, now=now) if may(role, Right.WORK_LEADS) else []
    work, out_of_reach = day.parted(entries)
    first, rest = _first(request, work, now=now)
    facts = {
        "greeting": _greeting(timezone.localtime(now), name=actor(request).get_short_name()),
        "person": first,
        "after": day.lines(rest[:AFTER]),
        "out_of_reach": day.lines(out_of_reach[:MOST_OUT_OF_REACH]),
        "out_of_reach_number": len(out_of_reach),
        "more": max(len(rest) - AFTER, 0),
        "of": len(rest) + 1,
        "minutes_words": minutes_words(day.minutes_of(work)),
        "offers": assignment.offers(request) if may(role, Right.WORK_LEADS) else [],
        "newest": [] if first else leads.newest_leads(NEWEST, reader=reader(request)),
        "alarms": alarms(reader=reader(request), now=now),
        "pointed_at": [(row, doubts(row.honesty)) for row in insights.pointed_at(now=now)]
        if may(role, Right.SEE_FIGURES)
        else [],
        "falling": falling_promises(request),
        "any_magnet": bool(magnets.titles()),
        "may_work": may(role, Right.WORK_LEADS),
        "may_edit_magnets": may(role, Right.EDIT_MAGNETS),
        "channel_words": CHANNEL,
        "status_words": STATUS,
        "tones": TONE,
        # A next person that htmx brings is announced; a page that is opened begins at its top.
        "swapped": bool(request.headers.get("HX-Request")),
    }
    response = render(request, "studio/today/today.html", facts)
    response["Vary"] = "HX-Request, Cookie"
    return response


@require_POST
@needs(Right.WORK_LEADS)
def later(request: HttpRequest, lead_id: int) -> HttpResponse:
    """Not today: it comes back on the next working morning, and stays in everybody else's day."""
    find_lead(request, lead_id)
    now = timezone.now()
    until = at_wall(next_morning(timezone.localdate(now)), MORNING, timezone.get_current_timezone())
    agenda.put_off(user_id=actor(request).pk, lead_id=lead_id, until=until, now=now)
    back = reverse("today_bring_back", args=[lead_id])
    messages.success(request, _("Put off until %(day)s.") % {"day": spoken_day(until)}, extra_tags=back)
    return redirect("today")


@require_POST
@needs(Right.WORK_LEADS)
def bring_back(request: HttpRequest, lead_id: int) -> HttpResponse:
    """Undo putting it off."""
    find_lead(request, lead_id)
    if agenda.bring_back(user_id=actor(request).pk, lead_id=lead_id):
        messages.success(request, _("Back in your day."))
    return redirect("today")


def _first(request: HttpRequest, entries: list[Entry], *, now: datetime) -> tuple[Person | None, list[Entry]]:
    """Whoever comes first and is still there, and the rest of the queue."""
    for place, entry in enumerate(entries):
        found = day.person(request, entry, now=now)
        if found is not None:
            noted_read(request, Subject.LEAD, entry.lead.lead_id)
            return found, entries[place + 1 :]
    return None, []


def _greeting(here: datetime, *, name: str) -> str:
    if here.hour < 5 or here.hour >= 18:
        return _("Good evening, %(name)s") % {"name": name}
    if here.hour < 12:
        return _("Good morning, %(name)s") % {"name": name}
    return _("Good afternoon, %(name)s") % {"name": name}
