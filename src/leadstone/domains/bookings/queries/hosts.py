"""Hosts, what stands in their way, and the times that are left."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from leadstone.domains.bookings.models import Booking, BusyTime, Feed, Host, OtherDay, TakenGranule
from leadstone.domains.bookings.rules import OCCUPYING
from leadstone.domains.bookings.rules.times import GRANULE, Calendar, HostRules, Offer, Span, WallSpan, free_times
from leadstone.domains.bookings.rules.turns import Turn
from leadstone.domains.bookings.rules.wall import OFFICE_HOURS, read_stored, read_stored_spans
from leadstone.domains.magnets.kinds.consultation import ConsultationSettings

# The longest that a booking with its buffers may reach into a neighbouring day.
MARGIN = timedelta(days=1)
# Turns are counted over this long, so that a colleague who joins late is not given everything at once.
TURNS_COUNT = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class HostFacts:
    """One host, as settings and lists show them."""

    host_id: int
    user_id: int
    name: str
    is_open: bool
    zone: str
    hours: Mapping[int, Sequence[WallSpan]]
    before_minutes: int
    after_minutes: int
    daily_limit: int
    weight: int
    approves: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherDayFacts:
    other_day_id: int
    first: date
    last: date
    spans: Sequence[WallSpan]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFacts:
    """A calendar elsewhere; `problem` is empty while it answers."""

    feed_id: int
    host_id: int
    url: str
    name: str
    tried_at: datetime | None
    read_at: datetime | None
    problem: str
    times: int = 0


def hosts(*, open_only: bool = False) -> list[HostFacts]:
    """Every host by name; open ones take bookings, and may sign in."""
    rows = Host.objects.select_related("user").order_by("user__name", "pk")
    if open_only:
        rows = rows.filter(is_open=True, user__is_active=True)
    return [_facts(row) for row in rows]


def host(host_id: int) -> HostFacts | None:
    row = Host.objects.select_related("user").filter(pk=host_id).first()
    return _facts(row) if row else None


def host_of_user(user_id: int) -> HostFacts | None:
    row = Host.objects.select_related("user").filter(user_id=user_id).first()
    return _facts(row) if row else None


def other_days(host_id: int, *, since: date) -> list[OtherDayFacts]:
    """Days off and days with other hours that are not over, the earliest first."""
    rows = OtherDay.objects.filter(host_id=host_id, last__gte=since).order_by("first", "pk")
    return [
        OtherDayFacts(other_day_id=row.pk, first=row.first, last=row.last, spans=read_stored_spans(row.spans)) for row in rows
    ]


def feeds(host_id: int) -> list[FeedFacts]:
    """The calendars elsewhere of a host."""
    rows = Feed.objects.filter(host_id=host_id).order_by("pk")
    counts = Counter(BusyTime.objects.filter(feed__host_id=host_id).values_list("feed_id", flat=True))
    return [_feed(row, times=counts[row.pk]) for row in rows]


def feed(feed_id: int) -> FeedFacts | None:
    row = Feed.objects.filter(pk=feed_id).first()
    return _feed(row) if row else None


def feeds_due(*, tried_before: datetime, limit: int) -> list[FeedFacts]:
    """Calendars with an address that were not asked since then, longest first."""
    rows = Feed.objects.exclude(url="").filter(tried_at__isnull=True)[:limit]
    found = list(rows) or list(Feed.objects.exclude(url="").filter(tried_at__lt=tried_before).order_by("tried_at", "pk")[:limit])
    return [_feed(row) for row in found]


def hosts_for(settings: ConsultationSettings) -> list[HostFacts]:
    """Who may be booked by a consultation."""
    return [one for one in hosts(open_only=True) if not settings.hosts or one.user_id in settings.hosts]


def offer_of(settings: ConsultationSettings) -> Offer:
    """What a consultation offers, for the rules of times."""
    return Offer(
        lasts=timedelta(minutes=settings.minutes),
        every=timedelta(minutes=settings.every_minutes),
        notice=timedelta(hours=settings.notice_hours),
        days_ahead=settings.days_ahead,
    )


def times_left(settings: ConsultationSettings, *, since: datetime, until: datetime, now: datetime) -> list[datetime]:
    """Every moment in [since, until) at which somebody may be booked, in order."""
    offer, found = offer_of(settings), set()
    asked = hosts_for(settings)
    rules, calendars = rules_of([one.host_id for one in asked]), calendars_of([one.host_id for one in asked], since, until)
    for one in asked:
        found.update(free_times(rules[one.host_id], offer, calendars[one.host_id], since=since, until=until, now=now))
    return sorted(found)


def times_with(
    host_id: int, settings: ConsultationSettings, *, since: datetime, until: datetime, now: datetime, but: int | None = None
) -> list[datetime]:
    """Every moment at which this host may be booked; `but` is a booking that may go from where it stands."""
    calendar = calendars_of([host_id], since, until, but=but)[host_id]
    return free_times(rules_of([host_id])[host_id], offer_of(settings), calendar, since=since, until=until, now=now)


def rules_of(host_ids: Collection[int]) -> dict[int, HostRules]:
    """Host id → when they see people."""
    found = {row.pk: row for row in Host.objects.filter(pk__in=host_ids)}
    days: dict[int, dict[date, Sequence[WallSpan]]] = {pk: {} for pk in found}
    for other in OtherDay.objects.filter(host_id__in=found).order_by("pk"):
        spans = read_stored_spans(other.spans)
        for number in range((other.last - other.first).days + 1):
            days[other.host_id][other.first + timedelta(days=number)] = spans
    return {
        pk: HostRules(
            zone=row.zone,
            hours=read_stored(row.hours),
            other_days=days[pk],
            before=timedelta(minutes=row.before_minutes),
            after=timedelta(minutes=row.after_minutes),
            daily_limit=row.daily_limit,
        )
        for pk, row in found.items()
    }


def calendars_of(host_ids: Collection[int], since: datetime, until: datetime, *, but: int | None = None) -> dict[int, Calendar]:
    """Host id → what stands in their way around [since, until). Reads the same four tables, however many hosts."""
    size = int(GRANULE.total_seconds())
    begins, ends = since - MARGIN, until + MARGIN
    granules = TakenGranule.objects.filter(
        host_id__in=host_ids, granule__gte=int(begins.timestamp()) // size, granule__lte=int(ends.timestamp()) // size
    ).exclude(booking_id=but or 0)
    occupied = _by_host(
        (host_id, Span(at := datetime.fromtimestamp(number * size, UTC), at + GRANULE))
        for host_id, number in granules.values_list("host_id", "granule")
    )
    times = BusyTime.objects.filter(feed__host_id__in=host_ids, begins__lt=ends, ends__gt=begins)
    busy = _by_host((pk, Span(start, end)) for pk, start, end in times.values_list("feed__host_id", "begins", "ends"))
    standing = Booking.objects.filter(host_id__in=host_ids, begins__gte=begins, begins__lte=ends, state__in=OCCUPYING)
    begun: dict[int, list[datetime]] = {}
    for host_id, at in standing.exclude(pk=but or 0).values_list("host_id", "begins"):
        begun.setdefault(host_id, []).append(at)
    return {pk: Calendar(occupied=occupied.get(pk, ()), busy=busy.get(pk, ()), begun=begun.get(pk, ())) for pk in host_ids}


def turns(host_ids: Collection[int], *, now: datetime) -> list[Turn]:
    """Each host's weight, and what they were given of late."""
    rows = Booking.objects.filter(host_id__in=host_ids, made_at__gte=now - TURNS_COUNT, state__in=OCCUPYING)
    had = Counter(rows.values_list("host_id", flat=True))
    weights = Host.objects.filter(pk__in=host_ids).values_list("pk", "weight")
    return [Turn(host_id=pk, weight=weight, had=had[pk]) for pk, weight in weights]


def _by_host(pairs: Iterable[tuple[int, Span]]) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = {}
    for host_id, span in pairs:
        found.setdefault(host_id, []).append(span)
    return found


def _facts(row: Host) -> HostFacts:
    return HostFacts(
        host_id=row.pk,
        user_id=row.user_id,
        name=row.user.name,
        is_open=row.is_open,
        zone=row.zone,
        hours=read_stored(row.hours) if row.hours else OFFICE_HOURS,
        before_minutes=row.before_minutes,
        after_minutes=row.after_minutes,
        daily_limit=row.daily_limit,
        weight=row.weight,
        approves=row.approves,
    )


def _feed(row: Feed, *, times: int = 0) -> FeedFacts:
    return FeedFacts(
        feed_id=row.pk,
        host_id=row.host_id,
        url=row.url,
        name=row.name,
        tried_at=row.tried_at,
        read_at=row.read_at,
        problem=row.problem,
        times=times,
    )
