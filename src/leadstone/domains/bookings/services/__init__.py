"""The only writes of bookings and hosts: a time is held, proven, agreed, moved, called off, and what came of it is said."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from leadstone.domains.bookings.events import (
    BookingAgreed,
    BookingAskedFor,
    BookingCancelled,
    BookingDeclined,
    BookingEnded,
    BookingLost,
    BookingMoved,
)
from leadstone.domains.bookings.models import Booking, Host, TakenGranule
from leadstone.domains.bookings.queries import hosts as host_queries
from leadstone.domains.bookings.rules import (
    MAY_BE_TAKEN_BACK,
    MOST_PENDING_PER_HOST,
    OCCUPYING,
    PENDING_LASTS,
    UNDONE_TO,
    By,
    Refusal,
    State,
    may_be_held,
    may_change,
    may_choose_again,
    may_move,
    may_tell_outcome,
    next_reminder,
)
from leadstone.domains.bookings.rules.times import GRANULE, Offer, granules_of, is_free, occupied_by
from leadstone.domains.bookings.rules.turns import in_turn
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.kinds.consultation import ConsultationSettings, settings_of
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.decision import YES, Decision
from leadstone.kernel.ids import new_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A time that somebody chose on the page."""

    magnet_id: int
    version_id: int
    begins: datetime
    zone: str
    nonce: str  # of the form
    ref: str
    address_hash: str
    network_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What came of a wish. `repeated`: the same form made this booking before, perhaps for another time than it asks for now."""

    decision: Decision
    booking_id: int | None = None
    ref: str = ""
    begins: datetime | None = None
    repeated: bool = False


@transaction.atomic
def hold(wish: Wish, *, now: datetime) -> Held:
    """Keep a time for half an hour. Of several hosts who are free, whose turn it is gets it; a taken time is refused.

    A form holds one time once: sent again it is what it made, and refused as `OVER` when that was given up meanwhile.
    """
    known = _of_nonce(wish.nonce)
    if known is not None:
        return known
    allowed = may_be_held(
        from_address=_pending(address_hash=wish.address_hash), from_network=_pending(network_hash=wish.network_hash)
    )
    if not allowed:
        return Held(decision=allowed)
    settings = _settings(wish.version_id)
    for host_id in _hosts_in_turn(settings, now=now):
        booking_id = _hold_with(host_id, wish, host_queries.offer_of(settings), now=now)
        if booking_id is not None:
            return Held(decision=YES, booking_id=booking_id, ref=wish.ref, begins=wish.begins)
    # The same form, sent twice at the same moment: the other one has it.
    return _of_nonce(wish.nonce) or Held(decision=Decision(False, Refusal.TAKEN))


@transaction.atomic
def belongs_to(booking_id: int, *, contact_id: int, grant_id: int) -> None:
    """Say whose booking it is, once the form that made it took effect."""
    Booking.objects.filter(pk=booking_id).update(contact_id=contact_id, grant_id=grant_id)


@transaction.atomic
def prove(booking_id: int, *, now: datetime) -> None:
    """The mailbox is proven: agree, or ask the host to. A time that was given back meanwhile is taken again, if it is free."""
    row = _locked(booking_id)
    if row is None or row.state not in {State.PENDING, State.LAPSED}:
        return
    if row.begins <= now or (row.state == State.LAPSED and not _take_again(row)):
        _give_back(row, State.LAPSED, now=now)
        outbox.record(BookingLost(booking_id=row.pk), at=now)
        return
    _agree_or_ask(row, now=now)


@transaction.atomic
def approve(booking_id: int, *, now: datetime) -> Decision:
    """The host agrees."""
    row = _locked(booking_id)
    if row is None or row.state != State.WAITING or row.begins <= now:
        return Decision(False, Refusal.NOT_FROM_HERE)
    _agree(row, now=now)
    return YES


@transaction.atomic
def decline(booking_id: int, *, now: datetime) -> Decision:
    """The host cannot: the time is free again, and the visitor is asked to choose another."""
    row = _locked(booking_id)
    if row is None or not may_move(State(row.state), State.DECLINED):
        return Decision(False, Refusal.NOT_FROM_HERE)
    _give_back(row, State.DECLINED, by=By.HOST, now=now)
    outbox.record(BookingDeclined(booking_id=row.pk), at=now)
    return YES


@transaction.atomic
def move(booking_id: int, *, to: datetime, zone: str = "", now: datetime) -> Decision:
    """The same two at another time that is offered. The old time is given up only when the new one is taken."""
    row = _locked(booking_id)
    if row is None:
        return Decision(False, Refusal.OVER)
    decision = may_change(State(row.state), begins=row.begins, now=now)
    if not decision:
        return decision
    settings = _settings(row.version_id)
    if to == row.begins or not _is_free(row.host_id, host_queries.offer_of(settings), to, but=row.pk, now=now):
        return Decision(False, Refusal.TAKEN)
    row.begins, row.ends = to, to + host_queries.offer_of(settings).lasts
    if not _retake(row):
        return Decision(False, Refusal.TAKEN)
    row.zone, row.sequence = zone or row.zone, row.sequence + 1
    row.remind_at = _next_reminder(row, settings, after=now) if row.state == State.BOOKED else None
    row.save(update_fields=["begins", "ends", "zone", "sequence", "remind_at"])
    outbox.record(BookingMoved(booking_id=row.pk, sequence=row.sequence), at=now)
    return YES


@transaction.atomic
def choose_again(booking_id: int, *, to: datetime, zone: str = "", now: datetime) -> Decision:
    """Another time in place of one that came to nothing, with whoever's turn it is of those who are free then."""
    row = _locked(booking_id)
    if row is None or not may_choose_again(State(row.state), ended_by=By(row.ended_by) if row.ended_by else None):
        return Decision(False, Refusal.OVER)
    settings = _settings(row.version_id)
    if not any(_take_with(host_id, row, settings, to, now=now) for host_id in _hosts_in_turn(settings, now=now)):
        return Decision(False, Refusal.TAKEN)
    # The old meeting stays on the card as it ended; the new one is a meeting of its own.
    row.zone, row.sequence, row.ended_by, row.activity_id = zone or row.zone, row.sequence + 1, "", None
    row.save(update_fields=["host", "begins", "ends", "zone", "sequence", "ended_by", "activity_id"])
    _agree_or_ask(row, now=now)
    return YES


@transaction.atomic
def cancel(booking_id: int, *, by: By, now: datetime) -> Decision:
    """Call a booking off; its time is free again. What is over already stays as it was."""
    row = _locked(booking_id)
    if row is None or not may_move(State(row.state), State.CANCELLED) or (row.begins <= now and by is By.VISITOR):
        return Decision(False, Refusal.OVER)
    agreed = row.state == State.BOOKED
    _give_back(row, State.CANCELLED, by=by, now=now)
    outbox.record(BookingCancelled(booking_id=row.pk, by=by.value, agreed=agreed), at=now)
    return YES


@transaction.atomic
def take_ending_back(booking_id: int, *, was: State, now: datetime) -> Decision:
    """Undo what a host ended, while nobody was told; refused when somebody else has the time by now."""
    row = _locked(booking_id)
    if row is None or row.ended_by != By.HOST or row.confirmed_at is None:
        return Decision(False, Refusal.NOT_FROM_HERE)
    if was not in UNDONE_TO.get(State(row.state), frozenset()):
        return Decision(False, Refusal.NOT_FROM_HERE)
    if row.ended_at is None or now >= row.ended_at + MAY_BE_TAKEN_BACK:
        return Decision(False, Refusal.OVER)
    if not _retake(row):
        return Decision(False, Refusal.TAKEN)
    row.state, row.ended_at, row.ended_by = was.value, None, ""
    row.remind_at = _next_reminder(row, _settings(row.version_id), after=now) if was is State.BOOKED else None
    row.save(update_fields=["state", "ended_at", "ended_by", "remind_at"])
    return YES


@transaction.atomic
def tell_outcome(booking_id: int, *, outcome: State, now: datetime) -> Decision:
    """Say whether it took place, or that nobody came. May be corrected."""
    row = _locked(booking_id)
    if row is None:
        return Decision(False, Refusal.NOT_FROM_HERE)
    decision = may_tell_outcome(State(row.state), outcome, begins=row.begins, now=now)
    if decision:
        _end(row, outcome, now=now)
    return decision


@transaction.atomic
def take_outcome_back(booking_id: int, *, now: datetime) -> bool:
    """Undo `tell_outcome`; False when nothing was said."""
    row = _locked(booking_id)
    if row is None or row.state not in {State.TOOK_PLACE, State.NO_SHOW}:
        return False
    _end(row, State.BOOKED, now=now)
    return True


@transaction.atomic
def note_meeting(booking_id: int, *, activity_id: int) -> None:
    """Remember which meeting on the lead's card it is."""
    Booking.objects.filter(pk=booking_id).update(activity_id=activity_id)


@transaction.atomic
def reminded(booking_id: int, *, now: datetime) -> datetime | None:
    """Take the reminder that is due, and lay out the next; None when somebody took it, or nobody is to be reminded any more."""
    row = _locked(booking_id)
    if row is None or row.remind_at is None or row.remind_at > now:
        return None
    due, row.remind_at = row.remind_at, _next_reminder(row, _settings(row.version_id), after=now)
    row.save(update_fields=["remind_at"])
    return due if row.state == State.BOOKED and row.begins > now else None


@transaction.atomic
def release_overdue(*, now: datetime, limit: int = 200) -> int:
    """Give back what nobody proved in time, and what no host agreed to before it began; returns how many."""
    unproven = Booking.objects.filter(state=State.PENDING, held_until__lte=now).order_by("held_until", "pk")
    unanswered = Booking.objects.filter(state=State.WAITING, begins__lte=now).order_by("begins", "pk")
    ids = [*unproven.values_list("pk", flat=True)[:limit], *unanswered.values_list("pk", flat=True)[:limit]]
    released = 0
    for row in Booking.objects.select_for_update().filter(pk__in=ids).order_by("pk"):
        waited = row.state == State.WAITING and row.begins <= now
        if waited or (row.state == State.PENDING and row.held_until is not None and row.held_until <= now):
            _give_back(row, State.LAPSED, by=By.HOUSE, now=now)
            released += 1
            if waited:
                outbox.record(BookingDeclined(booking_id=row.pk), at=now)
    return released


def _hold_with(host_id: int, wish: Wish, offer: Offer, *, now: datetime) -> int | None:
    """The booking with this host, or None when the time is not theirs to give."""
    try:
        with transaction.atomic():
            host = _host_for(host_id)
            if not _is_free(host_id, offer, wish.begins, but=None, now=now):
                return None
            _let_go_of_the_oldest(host_id, now=now)
            row = Booking.objects.create(
                key=new_key(),
                nonce=wish.nonce,
                ref=wish.ref,
                host=host,
                magnet_id=wish.magnet_id,
                version_id=wish.version_id,
                begins=wish.begins,
                ends=wish.begins + offer.lasts,
                zone=wish.zone,
                state=State.PENDING.value,
                made_at=now,
                held_until=now + PENDING_LASTS,
                address_hash=wish.address_hash,
                network_hash=wish.network_hash,
            )
            _take(row)
            return row.pk
    except IntegrityError:
        # The constraint: somebody else was quicker, or the same form was.
        return None


def _hosts_in_turn(settings: ConsultationSettings, *, now: datetime) -> list[int]:
    return in_turn(host_queries.turns([one.host_id for one in host_queries.hosts_for(settings)], now=now))


def _take_with(host_id: int, row: Booking, settings: ConsultationSettings, to: datetime, *, now: datetime) -> bool:
    """Give a booking, not yet saved, that time with that host; False when it is not theirs to give."""
    offer = host_queries.offer_of(settings)
    row.host = _host_for(host_id)
    row.begins, row.ends = to, to + offer.lasts
    return _is_free(host_id, offer, to, but=row.pk, now=now) and _retake(row)


def _let_go_of_the_oldest(host_id: int, *, now: datetime) -> None:
    """Make room for one more unproven time, where a host has as many as may be held of them."""
    held = Booking.objects.filter(host_id=host_id, state=State.PENDING)
    oldest = held.order_by("-made_at", "-pk").values_list("pk", flat=True)[MOST_PENDING_PER_HOST - 1 :]
    for row in held.select_for_update(of=("self",)).filter(pk__in=list(oldest)).order_by("pk"):
        _give_back(row, State.LAPSED, by=By.HOUSE, now=now)


def _host_for(host_id: int) -> Host:
    """The host; held until the end of the transaction where a number of bookings a day is to be kept."""
    limited = Host.objects.select_for_update().filter(pk=host_id, daily_limit__gt=0).first()
    return limited or Host.objects.get(pk=host_id)


def _is_free(host_id: int, offer: Offer, at: datetime, *, but: int | None, now: datetime) -> bool:
    calendar = host_queries.calendars_of([host_id], at, at + GRANULE, but=but)[host_id]
    return is_free(host_queries.rules_of([host_id])[host_id], offer, calendar, at=at, now=now)


def _take(row: Booking) -> None:
    """Take the granules of a booking; raises `IntegrityError` when one of them is given already."""
    rules = host_queries.rules_of([row.host_id])[row.host_id]
    span = occupied_by(row.begins, lasts=row.ends - row.begins, host=rules)
    # In order, so that two who want overlapping times never wait for each other in a circle.
    TakenGranule.objects.bulk_create(
        TakenGranule(host_id=row.host_id, granule=number, booking=row) for number in granules_of(span)
    )


def _retake(row: Booking) -> bool:
    """Exchange the granules of a booking for those of its new time; False, and nothing happened, when one is given."""
    try:
        with transaction.atomic():
            TakenGranule.objects.filter(booking=row).delete()
            _take(row)
    except IntegrityError:
        return False
    return True


def _take_again(row: Booking) -> bool:
    """Whether a time that was given back could be taken again."""
    calendar = host_queries.calendars_of([row.host_id], row.begins, row.ends)[row.host_id]
    rules = host_queries.rules_of([row.host_id])[row.host_id]
    span = occupied_by(row.begins, lasts=row.ends - row.begins, host=rules)
    return not any(span.touches(busy) for busy in calendar.busy) and _retake(row)


def _agree_or_ask(row: Booking, *, now: datetime) -> None:
    row.confirmed_at, row.held_until, row.ended_at = row.confirmed_at or now, None, None
    if row.host.approves:
        row.state = State.WAITING.value
        row.save(update_fields=["state", "confirmed_at", "held_until", "ended_at"])
        outbox.record(BookingAskedFor(booking_id=row.pk), at=now)
    else:
        _agree(row, now=now)


def _agree(row: Booking, *, now: datetime) -> None:
    row.state, row.confirmed_at, row.held_until = State.BOOKED.value, row.confirmed_at or now, None
    row.remind_at = _next_reminder(row, _settings(row.version_id), after=now)
    row.save(update_fields=["state", "confirmed_at", "held_until", "ended_at", "remind_at"])
    outbox.record(BookingAgreed(booking_id=row.pk), at=now)


def _give_back(row: Booking, state: State, *, now: datetime, by: By | None = None) -> None:
    TakenGranule.objects.filter(booking=row).delete()
    row.state, row.held_until, row.remind_at, row.ended_at = state.value, None, None, now
    row.ended_by, row.sequence = by.value if by else row.ended_by, row.sequence + 1
    row.save(update_fields=["state", "held_until", "remind_at", "ended_at", "ended_by", "sequence"])


def _end(row: Booking, state: State, *, now: datetime) -> None:
    row.state, row.ended_at = state.value, now if state is not State.BOOKED else None
    row.save(update_fields=["state", "ended_at"])
    outbox.record(BookingEnded(booking_id=row.pk, state=state.value), at=now)


def _next_reminder(row: Booking, settings: ConsultationSettings, *, after: datetime) -> datetime | None:
    return next_reminder(row.begins, zone=row.zone, minutes=settings.reminders, after=after)


def _settings(version_id: int) -> ConsultationSettings:
    return settings_of(magnets.definitions([version_id])[version_id])


def _of_nonce(nonce: str) -> Held | None:
    row = Booking.objects.filter(nonce=nonce).first()
    if row is None:
        return None
    decision = YES if row.state in OCCUPYING else Decision(False, Refusal.OVER)
    return Held(decision=decision, booking_id=row.pk, ref=row.ref, begins=row.begins, repeated=True)


def _pending(**whose: str) -> int:
    if not all(whose.values()):
        return 0
    return Booking.objects.filter(state=State.PENDING, **whose).count()


def _locked(booking_id: int) -> Booking | None:
    return Booking.objects.select_for_update(of=("self",)).select_related("host").filter(pk=booking_id).first()
