"""The calendar of a member of staff as iCalendar (RFC 5545): titles, times and links; nobody's address or number.

Every entry is an event, for most calendar programs show no to-dos. Times are in UTC, which every program reads the same.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

from leadstone.domains.activities.queries import ActivityFacts
from leadstone.domains.activities.rules import ActivityKind, Outcome
from leadstone.studio.activities.words import title_of

PRODUCT = "-//Leadstone//Calendar//EN"
ASK_AGAIN_AFTER = timedelta(hours=1)
USUAL_LENGTH = timedelta(minutes=30)
_OVER = frozenset({Outcome.CANCELLED})


def calendar_file(entries: Iterable[ActivityFacts], *, name: str, link: Callable[[ActivityFacts], str], now: datetime) -> bytes:
    """The file that a calendar program subscribes to. `link`: the address of an entry's card; `now`: when it was made."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", ASK_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    for facts in entries:
        if facts.due_at is not None:
            calendar.add_component(_event(facts, facts.due_at, link=link(facts), now=now))
    return bytes(calendar.to_ical())


def _event(facts: ActivityFacts, begins: datetime, *, link: str, now: datetime) -> Event:
    event = Event()
    is_over = facts.removed_at is not None or facts.outcome in _OVER
    event.add("uid", str(facts.key))
    event.add("sequence", facts.revision)
    event.add("dtstamp", now)
    event.add("dtstart", begins)
    event.add("dtend", facts.ends_at or begins + USUAL_LENGTH)
    event.add("summary", title_of(facts))
    event.add("status", "CANCELLED" if is_over else "CONFIRMED")
    # A task takes no time out of the day; a meeting does.
    event.add("transp", "OPAQUE" if facts.kind is ActivityKind.MEETING and not is_over else "TRANSPARENT")
    if facts.place:
        event.add("location", facts.place)
    event.add("url", link)
    event.add("description", link)
    if facts.remind_at is not None and facts.done_at is None and not is_over:
        event.add_component(_alarm(facts, facts.remind_at - begins))
    return event


def _alarm(facts: ActivityFacts, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title_of(facts))
    alarm.add("trigger", before)
    return alarm
