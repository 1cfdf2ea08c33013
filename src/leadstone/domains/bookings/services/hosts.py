"""The only writes of hosts: their hours, the days that differ, and their calendars elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from leadstone.domains.bookings.models import BusyTime, Feed, Host, OtherDay
from leadstone.domains.bookings.rules.times import Span, WallSpan
from leadstone.domains.bookings.rules.wall import OFFICE_HOURS, stored, stored_spans


@dataclass(frozen=True, slots=True, kw_only=True)
class HostSettings:
    """When and how somebody may be booked."""

    is_open: bool
    zone: str
    hours: Mapping[int, Sequence[WallSpan]]
    before_minutes: int = 0
    after_minutes: int = 0
    daily_limit: int = 0
    weight: int = 1
    approves: bool = False


@transaction.atomic
def open_host(user_id: int, *, zone: str) -> int:
    """Let somebody be booked in office hours; returns the host's id. Whoever is a host already stays as they are."""
    row, _ = Host.objects.get_or_create(user_id=user_id, defaults={"zone": zone, "hours": stored(OFFICE_HOURS)})
    return row.pk


@transaction.atomic
def change_host(host_id: int, *, kept: HostSettings) -> None:
    """Keep other hours and rules; bookings that stand stay."""
    Host.objects.filter(pk=host_id).update(
        is_open=kept.is_open,
        zone=kept.zone,
        hours=stored(kept.hours),
        before_minutes=kept.before_minutes,
        after_minutes=kept.after_minutes,
        daily_limit=kept.daily_limit,
        weight=kept.weight,
        approves=kept.approves,
    )


@transaction.atomic
def add_other_day(host_id: int, *, first: date, last: date, spans: Sequence[WallSpan] = ()) -> int:
    """Other hours on these days; without any, days off. Returns its id."""
    return OtherDay.objects.create(host_id=host_id, first=first, last=last, spans=stored_spans(spans)).pk


@transaction.atomic
def remove_other_day(other_day_id: int, *, host_id: int) -> None:
    OtherDay.objects.filter(pk=other_day_id, host_id=host_id).delete()


@transaction.atomic
def add_feed(host_id: int, *, url: str = "", name: str = "") -> int:
    """A calendar of the host's elsewhere; returns its id."""
    return Feed.objects.create(host_id=host_id, url=url, name=name[:120]).pk


@transaction.atomic
def remove_feed(feed_id: int, *, host_id: int) -> None:
    """Forget a calendar, and with it when it was busy."""
    Feed.objects.filter(pk=feed_id, host_id=host_id).delete()


@transaction.atomic
def keep_busy_times(feed_id: int, *, spans: Sequence[Span], now: datetime) -> None:
    """What a calendar says replaces what it said before."""
    if not Feed.objects.filter(pk=feed_id).update(tried_at=now, read_at=now, problem=""):
        return
    BusyTime.objects.filter(feed_id=feed_id).delete()
    BusyTime.objects.bulk_create([BusyTime(feed_id=feed_id, begins=span.begins, ends=span.ends) for span in spans])


@transaction.atomic
def note_feed_failed(feed_id: int, *, problem: str, now: datetime) -> None:
    """A calendar did not answer, or not with a calendar: what it said last still holds."""
    Feed.objects.filter(pk=feed_id).update(tried_at=now, problem=problem[:40])
