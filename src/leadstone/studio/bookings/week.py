"""The week: who comes when, what waits for a word, and what nobody said the outcome of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from babel.dates import format_date, format_time
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right, Thing
from leadstone.domains.activities.rules import at_wall
from leadstone.domains.bookings import queries
from leadstone.domains.bookings.queries import BookingFacts, hosts
from leadstone.domains.bookings.queries.hosts import HostFacts
from leadstone.domains.bookings.rules import OUTCOMES, State
from leadstone.studio.bookings.words import OUTCOME, STATE, Words
from leadstone.studio.shell.gate import actor, needs, reader

DAYS = 7
FARTHEST = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Line:
    """One booking as a list shows it. `open_end`: it is over, and nobody said what came of it."""

    facts: BookingFacts
    clock: str
    state: Words
    open_end: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One day of the week."""

    name: str
    number: str
    today: bool
    lines: Sequence[Line]


@require_safe
@needs(Right.RUN_CALENDAR)
def bookings(request: HttpRequest) -> HttpResponse:
    """The week that the address names, else this one."""
    now, zone = timezone.now(), timezone.get_current_timezone()
    monday = _monday(request.GET.get("week", ""), today=now.astimezone(zone).date())
    seen_by, seen = reader(request), seen_hosts(request)
    host_id = _chosen(request, seen)
    begins, ends = (at_wall(monday + timedelta(days=days), time(0), zone) for days in (0, DAYS))
    lines = [line_of(each, now=now) for each in queries.week(begins=begins, ends=ends, reader=seen_by, host_id=host_id)]
    facts = {
        "columns": [_column(monday + timedelta(days=n), lines, today=now.astimezone(zone).date()) for n in range(DAYS)],
        "any": bool(lines),
        "title": _span(monday),
        "earlier": (monday - timedelta(days=DAYS)).isoformat(),
        "later": (monday + timedelta(days=DAYS)).isoformat(),
        "this_week": monday == _monday("", today=now.astimezone(zone).date()),
        "waiting": [line_of(each, now=now) for each in queries.to_approve(reader=seen_by, now=now)],
        "open_ends": [line_of(each, now=now) for each in queries.without_outcome(reader=seen_by, now=now)],
        "hosts": seen,
        "chosen": host_id,
        "mine": hosts.host_of_user(actor(request).pk),
        "outcomes": [(state, OUTCOME[state]) for state in OUTCOMES],
        "address": request.get_full_path(),
    }
    return render(request, "bookings/week.html", facts)


def seen_hosts(request: HttpRequest) -> list[HostFacts]:
    """The hosts whose bookings the reader may see."""
    seen_by = reader(request)
    return [one for one in hosts.hosts() if seen_by.sees(Thing.ACTIVITIES, owner_id=one.user_id)]


def line_of(facts: BookingFacts, *, now: datetime) -> Line:
    local = timezone.localtime(facts.begins)
    return Line(
        facts=facts,
        clock=format_time(local.time(), "H:mm", locale=_locale()),
        state=STATE[facts.state],
        open_end=facts.state is State.BOOKED and facts.begins <= now,
        waits=facts.state is State.WAITING,
    )


def _column(day: date, lines: Sequence[Line], *, today: date) -> Column:
    return Column(
        name=format_date(day, "EEEE", locale=_locale()),
        number=format_date(day, "d MMM", locale=_locale()),
        today=day == today,
        lines=[line for line in lines if timezone.localtime(line.facts.begins).date() == day],
    )


def _monday(given: str, *, today: date) -> date:
    try:
        named = date.fromisoformat(given) if len(given) == 10 else today
    except ValueError:
        named = today
    day = min(max(named, today - FARTHEST), today + FARTHEST)
    return day - timedelta(days=day.weekday())


def _span(monday: date) -> str:
    last = monday + timedelta(days=DAYS - 1)
    first = format_date(monday, "d" if monday.month == last.month else "d MMMM", locale=_locale())
    return f"{first}–{format_date(last, 'd MMMM y', locale=_locale())}"


def _chosen(request: HttpRequest, seen: Sequence[HostFacts]) -> int | None:
    given = request.GET.get("host", "")
    return next((one.host_id for one in seen if str(one.host_id) == given), None)


def _locale() -> str:
    return "en_GB" if get_language() == "en" else get_language() or "en_GB"
