"""The only reads of bookings that others may call. A reader sees those of hosts in reach."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from leadstone.domains.access.rules import Reader, Thing
from leadstone.domains.bookings.models import Booking
from leadstone.domains.bookings.rules import AGREED, By, State
from leadstone.domains.bookings.rules.listing import BookingFilter, Order, When
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.kinds.consultation import ConsultationSettings, settings_of
from leadstone.kernel.errors import LeadstoneError

PAGE_SIZE = 50
MOST_IN_A_WEEK = 500


class NoSuchBooking(LeadstoneError):
    code = "no_such_booking"
    sentence = "There is no such booking."


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingFacts:
    """One booking. `person` is the name, else the address, once the mailbox is proven; empty for whoever was erased."""

    booking_id: int
    key: UUID
    ref: str
    state: State
    begins: datetime
    ends: datetime
    zone: str  # the visitor's
    sequence: int
    host_id: int
    host_user_id: int
    host_name: str
    host_zone: str
    magnet_id: int
    version_id: int
    title: str
    language: str
    settings: ConsultationSettings
    grant_id: int | None
    contact_id: int | None
    person: str
    activity_id: int | None
    made_at: datetime
    held_until: datetime | None
    confirmed_at: datetime | None
    ended_by: By | None

    @property
    def agreed(self) -> bool:
        return self.state in AGREED


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingPage:
    lines: Sequence[BookingFacts]
    number: int  # from 1
    has_next: bool


def booking(booking_id: int, *, reader: Reader) -> BookingFacts:
    """One booking; raises `NoSuchBooking`."""
    found = _facts(_seen_by(reader).filter(pk=booking_id))
    if not found:
        raise NoSuchBooking
    return found[0]


def bookings(booking_ids: Collection[int]) -> dict[int, BookingFacts]:
    """Booking id → facts."""
    return {facts.booking_id: facts for facts in _facts(Booking.objects.filter(pk__in=booking_ids))}


def booking_by_key(key: UUID) -> BookingFacts | None:
    return next(iter(_facts(Booking.objects.filter(key=key))), None)


def booking_of_form(ref: str) -> BookingFacts | None:
    """The booking that a form made."""
    return next(iter(_facts(Booking.objects.filter(ref=ref))), None)


def bookings_of_grant(grant_id: int) -> list[BookingFacts]:
    """Everything that one person booked by one magnet, the earliest first."""
    return _facts(Booking.objects.filter(grant_id=grant_id).order_by("begins", "pk"))


def was_made_by(nonce: str) -> bool:
    """Whether a form made a booking before."""
    return Booking.objects.filter(nonce=nonce).exists()


def waiting_for_proof(refs: Collection[str]) -> list[int]:
    """Ids of the bookings of these forms that a proven mailbox makes good."""
    return list(Booking.objects.filter(ref__in=refs, state__in=[State.PENDING, State.LAPSED]).values_list("pk", flat=True))


def by_activity(activity_id: int) -> int | None:
    """The booking whose meeting that is."""
    return Booking.objects.filter(activity_id=activity_id).values_list("pk", flat=True).first()


def upcoming_of_grants(grant_ids: Collection[int]) -> list[int]:
    """Ids of what is still to come for these exchanges, unproven ones included."""
    rows = Booking.objects.filter(grant_id__in=grant_ids, state__in=[State.PENDING, State.WAITING, State.BOOKED])
    return list(rows.values_list("pk", flat=True))


def due_reminders(*, now: datetime, limit: int = 100) -> list[int]:
    """Ids of the bookings of which somebody is to be reminded by now."""
    rows = Booking.objects.filter(remind_at__lte=now).order_by("remind_at", "pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def week(*, begins: datetime, ends: datetime, reader: Reader, host_id: int | None = None) -> list[BookingFacts]:
    """What stands in the calendar of [begins, ends), in order: pending, waiting, agreed and over."""
    shown = [State.PENDING, State.WAITING, *AGREED]
    rows = _seen_by(reader).filter(begins__lt=ends, ends__gt=begins, state__in=shown)
    if host_id is not None:
        rows = rows.filter(host_id=host_id)
    return _facts(rows.order_by("begins", "pk")[:MOST_IN_A_WEEK])


def to_approve(*, reader: Reader, now: datetime) -> list[BookingFacts]:
    """What waits for a host's word, the soonest first."""
    rows = _seen_by(reader).filter(state=State.WAITING, begins__gt=now)
    return _facts(rows.order_by("begins", "pk")[:PAGE_SIZE])


def without_outcome(*, reader: Reader, now: datetime) -> list[BookingFacts]:
    """What is over, and nobody said what came of it; the latest first."""
    rows = _seen_by(reader).filter(state=State.BOOKED, ends__lte=now)
    return _facts(rows.order_by("-begins", "-pk")[:PAGE_SIZE])


def booking_page(chosen: BookingFilter, *, reader: Reader, now: datetime, page: int = 1, size: int = PAGE_SIZE) -> BookingPage:
    """One page of the list."""
    start = (max(page, 1) - 1) * size
    found = _facts(_matching(chosen, reader, now=now)[start : start + size + 1])
    return BookingPage(lines=found[:size], number=max(page, 1), has_next=len(found) > size)


def each_booking(chosen: BookingFilter, *, reader: Reader, now: datetime) -> Iterator[BookingFacts]:
    """Every booking of the list for an export, a page at a time."""
    number, has_next = 1, True
    while has_next:
        page = booking_page(chosen, reader=reader, now=now, page=number)
        yield from page.lines
        number, has_next = number + 1, page.has_next


def _matching(chosen: BookingFilter, reader: Reader, *, now: datetime) -> QuerySet[Booking]:
    rows = _seen_by(reader)
    if chosen.state is not None:
        rows = rows.filter(state=chosen.state)
    if chosen.host_id is not None:
        rows = rows.filter(host_id=chosen.host_id)
    if chosen.when is When.AHEAD:
        rows = rows.filter(ends__gt=now)
    elif chosen.when is When.OVER:
        rows = rows.filter(ends__lte=now)
    return rows.order_by(*_ORDERS[chosen.order])


_ORDERS = {
    Order.SOONEST: ("begins", "pk"),
    Order.LATEST: ("-begins", "-pk"),
    Order.NEWEST: ("-made_at", "-pk"),
}


def _seen_by(reader: Reader) -> QuerySet[Booking]:
    owners = reader.owners(Thing.ACTIVITIES)
    rows = Booking.objects.all()
    return rows if owners is None else rows.filter(Q(host__user_id__in=owners))


def _facts(rows: Iterable[Booking] | QuerySet[Booking]) -> list[BookingFacts]:
    found = list(rows.select_related("host__user", "contact") if isinstance(rows, QuerySet) else rows)
    nameless = {row.contact_id for row in found if row.contact_id and row.contact and not row.contact.name}
    addresses = {pk: mailbox.value for pk, mailbox in contacts.mailboxes(nameless).items()} if nameless else {}
    definitions = magnets.definitions({row.version_id for row in found})
    return [
        BookingFacts(
            booking_id=row.pk,
            key=row.key,
            ref=row.ref,
            state=State(row.state),
            begins=row.begins,
            ends=row.ends,
            zone=row.zone,
            sequence=row.sequence,
            host_id=row.host_id,
            host_user_id=row.host.user_id,
            host_name=row.host.user.name,
            host_zone=row.host.zone,
            magnet_id=row.magnet_id,
            version_id=row.version_id,
            title=definitions[row.version_id].title,
            language=definitions[row.version_id].language,
            settings=settings_of(definitions[row.version_id]),
            grant_id=row.grant_id,
            contact_id=row.contact_id,
            person=_person(row, addresses),
            activity_id=row.activity_id,
            made_at=row.made_at,
            held_until=row.held_until,
            confirmed_at=row.confirmed_at,
            ended_by=By(row.ended_by) if row.ended_by else None,
        )
        for row in found
    ]


def _person(row: Booking, addresses: dict[int, str]) -> str:
    """Nobody is named by what an unproven form said."""
    if row.contact is None or row.confirmed_at is None:
        return ""
    return row.contact.name or addresses.get(row.contact.pk, "")
