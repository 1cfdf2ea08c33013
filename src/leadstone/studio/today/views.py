"""The first screen of the day."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right, may
from leadstone.domains.audit.rules import Subject
from leadstone.domains.insights import queries as insights
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads.queries import LeadCard, LeadLine
from leadstone.domains.magnets import queries as magnets
from leadstone.studio.leads import card as shown
from leadstone.studio.shell.gate import actor, needs, reader
from leadstone.studio.shell.noted import noted_read
from leadstone.studio.today.needs import alarms
from leadstone.studio.words.figures import doubts
from leadstone.studio.words.leads import CHANNEL, STATUS, TONE

WAITING = 8
NEWEST = 6


@require_safe
@needs(Right.READ_LEADS)
def today(request: HttpRequest) -> HttpResponse:
    """Who waits the longest opens the day; what is broken and what misleads stands beside."""
    now = timezone.now()
    waiting, count = leads.unanswered_leads(WAITING, reader=reader(request))
    first = leads.lead_card(waiting[0].lead_id, reader=reader(request)) if waiting else None
    if first:
        noted_read(request, Subject.LEAD, first.lead_id)
    role = actor(request).role
    facts = {
        "greeting": _greeting(timezone.localtime(now), name=actor(request).get_short_name()),
        "waiting": waiting[1:],
        "count": count,
        "waiting_words": _waiting_words(count),
        "newest": [] if first else leads.newest_leads(NEWEST, reader=reader(request)),
        "alarms": alarms(now=now),
        "pointed_at": [(row, doubts(row.honesty)) for row in insights.pointed_at(now=now)]
        if may(role, Right.SEE_FIGURES)
        else [],
        "any_magnet": bool(magnets.titles()),
        "may_work": may(role, Right.WORK_LEADS),
        "may_edit_magnets": may(role, Right.EDIT_MAGNETS),
        "channel_words": CHANNEL,
        "status_words": STATUS,
        "tones": TONE,
    }
    return render(request, "studio/today/today.html", facts | (_person(first, waiting[0]) if first else {}))


def _person(card: LeadCard, line: LeadLine) -> dict[str, object]:
    return {
        "first": card,
        "line": line,
        "name": shown.name_of(card),
        "under_name": shown.under_name(card),
        "story": shown.story(card)[:4],
        "triple": shown.triple(card),
        "moves": shown.moves(card.status),
        "phone": next((point for point in card.points if point.kind.value == "phone" and point.failed_at is None), None),
        "mail": next((point for point in card.points if point.kind.value == "email" and point.failed_at is None), None),
    }


def _waiting_words(count: leads.Count) -> str:
    if not count.number:
        return ""
    if not count.exact:
        return _("more than %(n)d people wait for an answer") % {"n": count.number}
    return ngettext("%(n)d person waits for an answer", "%(n)d people wait for an answer", count.number) % {"n": count.number}


def _greeting(here: datetime, *, name: str) -> str:
    if here.hour < 5 or here.hour >= 18:
        return _("Good evening, %(name)s") % {"name": name}
    if here.hour < 12:
        return _("Good morning, %(name)s") % {"name": name}
    return _("Good afternoon, %(name)s") % {"name": name}
