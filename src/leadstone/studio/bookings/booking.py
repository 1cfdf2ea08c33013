"""One booking, and what a host does with it: agree, decline, move, call off, say what came of it."""

from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.bookings import queries, services
from leadstone.domains.bookings.queries import BookingFacts, NoSuchBooking, hosts
from leadstone.domains.bookings.rules import OUTCOMES, By, Refusal, State, may_change, may_move
from leadstone.domains.capture import queries as capture
from leadstone.domains.leads.queries.facts import lead_of_exchange
from leadstone.flows.booking_changed import take_ending_back
from leadstone.kernel.decision import Decision
from leadstone.studio.bookings.week import line_of
from leadstone.studio.bookings.words import OUTCOME, REFUSED, TOLD
from leadstone.studio.shell.gate import needs, reader
from leadstone.wire.pages.areas.bookings.chosen import moment_named, name_of
from leadstone.wire.pages.areas.bookings.when import clock, day

FARTHEST_MOVE = timedelta(days=28)
_STOOD = frozenset({State.WAITING.value, State.BOOKED.value})


@require_safe
@needs(Right.RUN_CALENDAR)
def booking(request: HttpRequest, booking_id: int) -> HttpResponse:
    """When, with whom, what they asked, and what can be done."""
    facts, now = _find(request, booking_id), timezone.now()
    form = capture.submission_by_ref(facts.ref) if facts.confirmed_at else None
    shown = {
        "facts": facts,
        "line": line_of(facts, now=now),
        "lead_id": lead_of_exchange(facts.contact_id, magnet_id=facts.magnet_id)
        if facts.contact_id and facts.confirmed_at
        else None,
        "question": (form.answers or {}).get("question", "") if form else "",
        "phone": (form.answers or {}).get("phone", "") if form and facts.settings.place.value == "phone" else "",
        "waits": facts.state is State.WAITING and facts.begins > now,
        "may_cancel": may_move(facts.state, State.CANCELLED) and facts.ends > now,
        "outcomes": [(each, OUTCOME[each]) for each in OUTCOMES if may_move(facts.state, each)] if facts.begins <= now else [],
        "free_days": _free_days(facts, now=now),
        "back": _back(request),
        "address": request.get_full_path(),
    }
    return render(request, "bookings/booking.html", shown)


@require_POST
@needs(Right.RUN_CALENDAR)
def approve(request: HttpRequest, booking_id: int) -> HttpResponse:
    """Agree: the invitation goes out."""
    _find(request, booking_id)
    return _done(request, services.approve(booking_id, now=timezone.now()), words=_("Agreed. The invitation is on its way."))


@require_POST
@needs(Right.RUN_CALENDAR)
def decline(request: HttpRequest, booking_id: int) -> HttpResponse:
    """Decline: they are asked to choose another time."""
    facts = _find(request, booking_id)
    decision = services.decline(booking_id, now=timezone.now())
    return _done(
        request, decision, words=_("Declined. They are asked to choose another time."), undo=_ending_back(request, facts)
    )


@require_POST
@needs(Right.RUN_CALENDAR)
def cancel(request: HttpRequest, booking_id: int) -> HttpResponse:
    """Call it off: it leaves both calendars."""
    facts = _find(request, booking_id)
    decision = services.cancel(booking_id, by=By.HOST, now=timezone.now())
    words = _("Called off. They are told, and may choose another time.")
    return _done(request, decision, words=words, undo=_ending_back(request, facts))


@require_POST
@needs(Right.RUN_CALENDAR)
def ending_back(request: HttpRequest, booking_id: int) -> HttpResponse:
    """Undo declining or calling off, before anybody is told."""
    _find(request, booking_id)
    was = request.GET.get("was", "")
    if was not in _STOOD:
        raise Http404
    decision = take_ending_back(booking_id, was=State(was), now=timezone.now())
    return _done(request, decision, words=_("Undone: it stands as before, and nobody was told."))


@require_POST
@needs(Right.RUN_CALENDAR)
def move(request: HttpRequest, booking_id: int) -> HttpResponse:
    """Another free time of the same host: new invitations replace the old ones on both sides."""
    _find(request, booking_id)
    to = moment_named(request.POST.get("at", ""))
    decision = services.move(booking_id, to=to, now=timezone.now()) if to else Decision(False, Refusal.TAKEN)
    return _done(request, decision, words=_("Moved. New invitations are on their way to both calendars."))


@require_POST
@needs(Right.RUN_CALENDAR)
def outcome(request: HttpRequest, booking_id: int) -> HttpResponse:
    """Say whether it took place, with one press."""
    _find(request, booking_id)
    given = request.POST.get("outcome", "")
    if given not in set(OUTCOMES):
        raise Http404
    decision = services.tell_outcome(booking_id, outcome=State(given), now=timezone.now())
    undo = f"{reverse('booking_outcome_back', args=[booking_id])}?{urlencode({'next': _back(request)})}"
    return _done(request, decision, words=str(TOLD[State(given)]), undo=undo)


@require_POST
@needs(Right.RUN_CALENDAR)
def outcome_back(request: HttpRequest, booking_id: int) -> HttpResponse:
    """Undo what was said."""
    _find(request, booking_id)
    if services.take_outcome_back(booking_id, now=timezone.now()):
        messages.success(request, _("Undone: nothing is said about it."))
    return redirect(_back(request))


def _free_days(facts: BookingFacts, *, now: datetime) -> list[tuple[str, list[tuple[str, str]]]]:
    """Times to which it may be moved, by day and by the reader's clock: what a form says, and what is read."""
    if not may_change(facts.state, begins=facts.begins, now=now):
        return []
    free = hosts.times_with(facts.host_id, facts.settings, since=now, until=now + FARTHEST_MOVE, now=now, but=facts.booking_id)
    zone, language = timezone.get_current_timezone_name(), get_language() or "en"
    told = [(day(at, zone=zone, language=language), (name_of(at), clock(at, zone=zone, language=language))) for at in free]
    others = (each for each in told if each[1][0] != name_of(facts.begins))
    return [(words, [time for _, time in times]) for words, times in groupby(others, key=itemgetter(0))]


def _ending_back(request: HttpRequest, facts: BookingFacts) -> str:
    """The undo of an ending; none where nobody has proven a mailbox, who would be told nothing either."""
    if facts.state.value not in _STOOD:
        return ""
    query = urlencode({"was": facts.state.value, "next": _back(request)})
    return f"{reverse('booking_ending_back', args=[facts.booking_id])}?{query}"


def _find(request: HttpRequest, booking_id: int) -> BookingFacts:
    try:
        return queries.booking(booking_id, reader=reader(request))
    except NoSuchBooking as missing:
        raise Http404 from missing


def _done(request: HttpRequest, decision: Decision, *, words: str, undo: str = "") -> HttpResponse:
    if decision.because is None:
        messages.success(request, words, extra_tags=undo)
    else:
        messages.error(request, str(REFUSED[decision.because]))
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    given = request.POST.get("next") or request.GET.get("next", "")
    return given if url_has_allowed_host_and_scheme(given, allowed_hosts=None) else reverse("bookings")
