"""Hosts' calendars elsewhere: asked by the worker, or given as a file; what they say is not offered."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from leadstone.domains.bookings.queries import hosts
from leadstone.domains.bookings.queries.hosts import FeedFacts
from leadstone.domains.bookings.rules.times import Span
from leadstone.domains.bookings.services import hosts as services
from leadstone.infra.calendars.reading import CalendarUnreadable, busy_times
from leadstone.infra.outbound import Answered, Caps, Outbound, Refused

__all__ = ["CalendarUnreadable", "keep_calendar_file", "read_calendars"]

log = structlog.get_logger()

EVERY = timedelta(minutes=15)
AT_ONCE = 5
READ_AHEAD = timedelta(days=150)
LARGEST = 5 * 1024 * 1024
PATIENCE_SECONDS = 20.0
OK = 200


def read_calendars(outbound: Outbound, *, clock: Callable[[], datetime]) -> int:
    """Ask the calendars that are due; returns how many. One that fails keeps what it said last, and says so on the screen."""
    due = hosts.feeds_due(tried_before=clock() - EVERY, limit=AT_ONCE)
    for feed in due:
        _read(feed, outbound, now=clock())
    return len(due)


def keep_calendar_file(host_id: int, data: bytes, *, name: str, now: datetime) -> int:
    """Take in a calendar file that a host gave by hand; returns the id of the calendar. Raises `CalendarUnreadable`."""
    spans = _spans(host_id, data, now=now)
    feed_id = services.add_feed(host_id, name=name)
    services.keep_busy_times(feed_id, spans=spans, now=now)
    return feed_id


def _read(feed: FeedFacts, outbound: Outbound, *, now: datetime) -> None:
    caps = Caps(seconds=PATIENCE_SECONDS, answer_bytes=LARGEST)
    answer = outbound.send("GET", feed.url, headers={"accept": "text/calendar"}, caps=caps)
    problem = ""
    if isinstance(answer, Answered):
        problem = "status" if answer.status != OK else "" if answer.complete else "too_large"
    else:
        problem = "refused" if isinstance(answer, Refused) else "silent"
    if isinstance(answer, Answered) and not problem:
        try:
            services.keep_busy_times(feed.feed_id, spans=_spans(feed.host_id, answer.body, now=now), now=now)
        except CalendarUnreadable:
            problem = "unreadable"
    if problem:
        log.warning("calendar.unread", feed_id=feed.feed_id, because=problem)
        services.note_feed_failed(feed.feed_id, problem=problem, now=now)


def _spans(host_id: int, data: bytes, *, now: datetime) -> list[Span]:
    host = hosts.host(host_id)
    zone = host.zone if host else "UTC"
    return [Span(*each) for each in busy_times(data, zone=zone, since=now, until=now + READ_AHEAD)]
