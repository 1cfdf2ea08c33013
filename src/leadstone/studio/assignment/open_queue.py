"""The open queue: leads that nobody has, visible to everybody who works leads, each with why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right, may
from leadstone.domains.assignment import queries
from leadstone.domains.leads import queries as leads
from leadstone.studio.assignment.panels import offers
from leadstone.studio.assignment.words import open_words
from leadstone.studio.leads.filters import read_page
from leadstone.studio.shell.gate import actor, needs, reader
from leadstone.studio.words.leads import CHANNEL

PAGE_SIZE = 50


@require_safe
@needs(Right.READ_LEADS)
def open_queue(request: HttpRequest) -> HttpResponse:
    """The oldest first: who waits the longest stands on top."""
    number = read_page(request.GET)
    start = (number - 1) * PAGE_SIZE
    found = leads.unowned_leads(reader=reader(request), limit=PAGE_SIZE + 1, offset=start)
    reasons = queries.open_reasons([line.lead_id for line in found])
    facts = {
        "lines": [(line, open_words(reasons.get(line.lead_id))) for line in found[:PAGE_SIZE]],
        "count": leads.count_unowned(reader=reader(request)),
        "number": number,
        "has_next": len(found) > PAGE_SIZE,
        "offers": offers(request),
        "channel_words": CHANNEL,
        "may_work": may(actor(request).role, Right.WORK_LEADS),
        "may_rule": may(actor(request).role, Right.ASSIGN_LEADS),
    }
    return render(request, "assignment/queue.html", facts)
