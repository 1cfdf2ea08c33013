"""The hours of a host: one's own, and a colleague's for whoever keeps the rules."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadstone.domains.access import queries as access
from leadstone.domains.access.rules import Right, may
from leadstone.domains.bookings.queries import hosts
from leadstone.domains.bookings.queries.hosts import HostFacts
from leadstone.domains.bookings.rules.wall import HOME_ZONE, written
from leadstone.domains.bookings.services import hosts as services
from leadstone.flows.calendars_read import CalendarUnreadable, keep_calendar_file
from leadstone.studio.bookings.forms import FeedForm, HostForm, OtherDayForm, initial_of
from leadstone.studio.bookings.words import FEED_PROBLEM
from leadstone.studio.shell.gate import actor, needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.RUN_CALENDAR)
def my_hours(request: HttpRequest) -> HttpResponse:
    """One's own; whoever is no host yet becomes one by keeping them."""
    mine = hosts.host_of_user(actor(request).pk)
    if mine is not None:
        return _page(request, mine)
    if request.method == "POST":
        zone = actor(request).time_zone or HOME_ZONE
        services.open_host(actor(request).pk, zone=zone)
        messages.success(request, _("You can be booked from now on, in office hours until you say otherwise."))
        return redirect("booking_hours")
    return render(request, "bookings/become.html", {"colleagues": _colleagues(request)})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.ASSIGN_LEADS)
def hours_of(request: HttpRequest, user_id: int) -> HttpResponse:
    """A colleague's; one who is no host yet becomes one."""
    member = access.member(user_id)
    if member is None or not may(member.role, Right.RUN_CALENDAR):
        raise Http404
    found = hosts.host_of_user(user_id)
    if found is None:
        if request.method != "POST":
            return render(request, "bookings/become.html", {"whose": member, "colleagues": _colleagues(request)})
        services.open_host(user_id, zone=member.time_zone or HOME_ZONE)
        return redirect(request.path)
    return _page(request, found)


@require_POST
@needs(Right.RUN_CALENDAR)
def day_add(request: HttpRequest, host_id: int) -> HttpResponse:
    """Days off, or other hours."""
    found, form = _own(request, host_id), OtherDayForm(request.POST, auto_id="day-%s")
    if not form.is_valid():
        return _page(request, found, day=form)
    data = form.cleaned_data
    added = services.add_other_day(host_id, first=data["first"], last=data["last"], spans=data["spans"])
    undo = reverse("booking_day_remove", args=[host_id, added])
    messages.success(request, _("Kept. These days are offered so from now on."), extra_tags=undo)
    return redirect(_address(request, found))


@require_POST
@needs(Right.RUN_CALENDAR)
def day_remove(request: HttpRequest, host_id: int, other_day_id: int) -> HttpResponse:
    found = _own(request, host_id)
    services.remove_other_day(other_day_id, host_id=host_id)
    messages.success(request, _("Removed: the usual hours hold."))
    return redirect(_address(request, found))


@require_POST
@needs(Right.RUN_CALENDAR)
def feed_add(request: HttpRequest, host_id: int) -> HttpResponse:
    """A calendar elsewhere, by its address or as a file."""
    found, form = _own(request, host_id), FeedForm(request.POST, request.FILES, auto_id="feed-%s")
    if not form.is_valid():
        return _page(request, found, feed=form)
    if form.cleaned_data["file"]:
        try:
            keep_calendar_file(host_id, form.cleaned_data["file"].read(), name=form.cleaned_data["file"].name, now=timezone.now())
        except CalendarUnreadable:
            form.add_error("file", str(FEED_PROBLEM["unreadable"]))
            return _page(request, found, feed=form)
        messages.success(request, _("Read. The times in it are not offered any more."))
    else:
        services.add_feed(host_id, url=form.cleaned_data["url"])
        messages.success(request, _("Kept. It is read within a minute, and then every quarter of an hour."))
    return redirect(_address(request, found))


@require_POST
@needs(Right.RUN_CALENDAR)
def feed_remove(request: HttpRequest, host_id: int, feed_id: int) -> HttpResponse:
    found = _own(request, host_id)
    services.remove_feed(feed_id, host_id=host_id)
    messages.success(request, _("Removed, and with it the times at which it was busy."))
    return redirect(_address(request, found))


def _page(
    request: HttpRequest, found: HostFacts, *, day: OtherDayForm | None = None, feed: FeedForm | None = None
) -> HttpResponse:
    posted = request.method == "POST" and day is None and feed is None
    form = HostForm(request.POST if posted else None, initial=initial_of(found))
    if posted and form.is_valid():
        services.change_host(found.host_id, kept=form.said())
        messages.success(request, _("Kept. New times are offered by it; what is booked stays."))
        return redirect(request.path)
    facts = {
        "form": form,
        "host": found,
        "mine": found.user_id == actor(request).pk,
        "days": [(each, written(each.spans)) for each in hosts.other_days(found.host_id, since=timezone.localdate())],
        "day_form": day or OtherDayForm(auto_id="day-%s"),
        "feeds": [(each, FEED_PROBLEM.get(each.problem, "")) for each in hosts.feeds(found.host_id)],
        "feed_form": feed or FeedForm(auto_id="feed-%s"),
        "colleagues": _colleagues(request),
        "here": _address(request, found),
    }
    wrong = bool((posted and form.errors) or (day and day.errors) or (feed and feed.errors))
    return render(request, "bookings/hours.html", facts, status=422 if wrong else 200)


def _own(request: HttpRequest, host_id: int) -> HostFacts:
    """The host, for themselves and for whoever keeps the rules; else there is none."""
    found = hosts.host(host_id)
    if found is None or (found.user_id != actor(request).pk and not may(actor(request).role, Right.ASSIGN_LEADS)):
        raise Http404
    return found


def _address(request: HttpRequest, found: HostFacts) -> str:
    return reverse("booking_hours") if found.user_id == actor(request).pk else reverse("booking_hours_of", args=[found.user_id])


def _colleagues(request: HttpRequest) -> list[tuple[int, str]]:
    """Whose hours the reader may keep beside their own."""
    if not may(actor(request).role, Right.ASSIGN_LEADS):
        return []
    mine = actor(request).pk
    return [
        (one.user_id, one.name)
        for one in access.staff(active_only=True)
        if one.user_id != mine and may(one.role, Right.RUN_CALENDAR)
    ]
