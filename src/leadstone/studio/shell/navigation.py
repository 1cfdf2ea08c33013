"""The side navigation: one table."""

from dataclasses import dataclass
from datetime import time, timedelta

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leadstone.domains.access.rules import Right, may
from leadstone.domains.activities import queries as activities
from leadstone.domains.activities.rules import at_wall
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads.rules import LeadFilter
from leadstone.studio.shell.gate import reader
from leadstone.studio.words.numbers import whole


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the navigation: URL name, words, the key after `g`, and the right that opens it.

    `at_the_thumb` keeps it in the bar of a phone, which has room for four; the rest is one touch away.
    """

    name: str
    words: str | Promise
    key: str
    right: Right
    at_the_thumb: bool = False


PLACES: tuple[tuple[str | Promise, tuple[Place, ...]], ...] = (
    (
        "",
        (
            Place("today", _("Today"), "t", Right.READ_LEADS, at_the_thumb=True),
            Place("activities", _("Tasks"), "a", Right.READ_LEADS, at_the_thumb=True),
        ),
    ),
    (
        _("Sales"),
        (
            Place("leads", _("Leads"), "l", Right.READ_LEADS, at_the_thumb=True),
            Place("open_queue", _("Open queue"), "q", Right.READ_LEADS),
            Place("companies", _("Companies"), "c", Right.READ_LEADS),
            Place("board", _("Board"), "d", Right.READ_DEALS, at_the_thumb=True),
            Place("forecast", _("Forecast"), "f", Right.READ_DEALS),
        ),
    ),
    (
        _("Giving"),
        (
            Place("bookings", _("Bookings"), "k", Right.RUN_CALENDAR),
            Place("parcels", _("Parcels"), "p", Right.SHIP),
            Place("counter", _("Counter"), "o", Right.REDEEM),
            Place("trials", _("Trials"), "i", Right.READ_LEADS),
            Place("kiosks", _("Kiosk"), "w", Right.RUN_KIOSK),
        ),
    ),
    (
        _("Marketing"),
        (
            Place("magnets", _("Magnets"), "m", Right.READ_LEADS),
            Place("newsletters", _("Letters"), "n", Right.WRITE_LETTERS),
            Place("campaigns", _("Campaigns"), "v", Right.RUN_CAMPAIGNS),
            Place("posts", _("Posts"), "u", Right.RUN_CAMPAIGNS),
            Place("suppliers", _("Suppliers"), "j", Right.RUN_CAMPAIGNS),
            Place("ways_in", _("Ways in"), "y", Right.RUN_CAMPAIGNS),
            Place("experiments", _("Experiments"), "h", Right.RUN_EXPERIMENTS),
            Place("needs", _("Needs"), "e", Right.SEE_FIGURES),
            Place("results", _("Results"), "r", Right.SEE_FIGURES),
        ),
    ),
    (
        _("House"),
        (
            Place("mailbox", _("Mailbox"), "b", Right.READ_MAILBOX),
            Place("machines", _("Machines"), "x", Right.MANAGE_MACHINES),
            Place("settings", _("Settings"), "s", Right.OWN_ACCOUNT),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A place as this reader sees it on this page."""

    url: str
    words: str | Promise
    key: str
    current: bool
    at_the_thumb: bool
    count: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    title: str | Promise
    places: tuple[Shown, ...]


def sections(request: HttpRequest, *, role: str) -> list[Section]:
    """The navigation for a role, with the place of this page marked and what waits in it counted."""
    counts = _counts(request) if may(role, Right.READ_LEADS) else {}
    found = []
    for title, places in PLACES:
        shown = tuple(
            Shown(url, place.words, place.key, _is_current(request.path, url), place.at_the_thumb, counts.get(place.name, ""))
            for place in places
            if may(role, place.right) and (url := _address(place.name))
        )
        if shown:
            found.append(Section(title, shown))
    return found


def _counts(request: HttpRequest) -> dict[str, str]:
    seen_by = reader(request)
    return {
        "leads": _told(leads.count_leads(LeadFilter(), reader=seen_by)),
        "activities": _due_today(seen_by.user_id),
        "open_queue": _told(leads.count_unowned(reader=seen_by)),
    }


def _due_today(user_id: int | None) -> str:
    """How much the reader still has to do until their midnight."""
    now = timezone.now()
    zone = timezone.get_current_timezone()
    midnight = at_wall(now.astimezone(zone).date() + timedelta(days=1), time.min, zone)
    due = activities.count_due(user_id, until=midnight) if user_id is not None else 0
    return whole(due) if due else ""


def _told(count: leads.Count) -> str:
    if not count.number:
        return ""
    return whole(count.number) if count.exact else f"{whole(count.number)}+"


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _is_current(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
