"""The list of bookings: filtered, sorted, paged and taken out by its address."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right, may
from leadstone.domains.bookings import queries
from leadstone.domains.bookings.queries import BookingFacts
from leadstone.domains.bookings.rules import OUTCOMES, State
from leadstone.domains.bookings.rules.listing import BookingFilter, Order, When
from leadstone.studio.bookings.week import line_of, seen_hosts
from leadstone.studio.bookings.words import ORDER, OUTCOME, STATE, WHEN
from leadstone.studio.shell.exports import Columns, csv_file
from leadstone.studio.shell.gate import actor, needs, reader

COLUMNS: Columns[BookingFacts] = (
    (_("Begins"), lambda facts: timezone.localtime(facts.begins).isoformat(sep=" ", timespec="minutes")),
    (_("Minutes"), lambda facts: str(int((facts.ends - facts.begins).total_seconds()) // 60)),
    (_("Person"), lambda facts: facts.person),
    (_("Host"), lambda facts: facts.host_name),
    (_("State"), lambda facts: str(STATE[facts.state])),
    (_("Magnet"), lambda facts: facts.title),
    (_("Booked at"), lambda facts: timezone.localtime(facts.made_at).isoformat(sep=" ", timespec="minutes")),
)


@require_safe
@needs(Right.RUN_CALENDAR)
def booking_list(request: HttpRequest) -> HttpResponse:
    """What the filter in the address matches; what is to come unless it says otherwise."""
    chosen, now = read_filter(request), timezone.now()
    page = queries.booking_page(chosen, reader=reader(request), now=now, page=_page(request))
    facts = {
        "chosen": chosen,
        "page": page,
        "lines": [line_of(each, now=now) for each in page.lines],
        "narrowed": chosen != BookingFilter(),
        "whens": [(each, WHEN[each]) for each in When],
        "states": [(each, STATE[each]) for each in State],
        "orders": [(each, ORDER[each]) for each in Order],
        "hosts": seen_hosts(request),
        "outcomes": [(state, OUTCOME[state]) for state in OUTCOMES],
        "address": request.get_full_path(),
        "may_export": may(actor(request).role, Right.EXPORT_LEADS),
        "export_query": request.GET.urlencode(),
    }
    return render(request, "bookings/list.html", facts)


@require_safe
@needs(Right.EXPORT_LEADS)
def bookings_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The rows of the same address as a file."""
    rows = queries.each_booking(read_filter(request), reader=reader(request), now=timezone.now())
    return csv_file(request, name="bookings", columns=COLUMNS, rows=rows)


def read_filter(request: HttpRequest) -> BookingFilter:
    """The filter that the address names; whatever it does not know is left out."""
    state, when, order, host = (request.GET.get(name, "") for name in ("state", "when", "order", "host"))
    return BookingFilter(
        state=State(state) if state in set(State) else None,
        host_id=next((one.host_id for one in seen_hosts(request) if str(one.host_id) == host), None),
        when=When(when) if when in set(When) else When.AHEAD,
        order=Order(order) if order in set(Order) else Order.SOONEST,
    )


def _page(request: HttpRequest) -> int:
    given = request.GET.get("page", "")
    return min(int(given), 1_000_000) if given.isascii() and given.isdigit() and len(given) < 8 else 1
