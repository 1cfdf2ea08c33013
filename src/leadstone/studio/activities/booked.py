"""Meetings that a visitor booked are changed on the page of the booking: there both calendars hear of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from leadstone.domains.access.rules import Right, may
from leadstone.domains.activities.queries import ActivityFacts
from leadstone.domains.activities.rules import ActivityKind
from leadstone.domains.bookings import queries as bookings
from leadstone.studio.shell.gate import actor


def to_the_booking(request: HttpRequest, facts: ActivityFacts) -> HttpResponse | None:
    """The way to the booking whose open meeting this is; None for every other activity. Whoever posted is told why."""
    if facts.kind is not ActivityKind.MEETING or facts.done_at is not None:
        return None
    booking_id = bookings.by_activity(facts.activity_id)
    if booking_id is None:
        return None
    if request.method == "POST":
        messages.error(request, _("A visitor booked this time. Move it or call it off here, and both calendars hear of it."))
    elif not may(actor(request).role, Right.RUN_CALENDAR):
        return None
    return redirect("booking", booking_id)
