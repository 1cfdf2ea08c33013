"""What follows when a booking changes: letters to both sides, and the meeting on the lead's card."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from leadstone.domains.access import queries as access
from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.activities import queries as activities_queries
from leadstone.domains.activities import services as activities
from leadstone.domains.activities.events import ActivityDone, ActivityPlanned
from leadstone.domains.activities.queries import NoSuchActivity
from leadstone.domains.activities.rules import About, ActivityKind, Outcome
from leadstone.domains.activities.services import Plan
from leadstone.domains.bookings import queries, services
from leadstone.domains.bookings.events import (
    BookingAgreed,
    BookingAskedFor,
    BookingCancelled,
    BookingDeclined,
    BookingEnded,
    BookingLost,
    BookingMoved,
)
from leadstone.domains.bookings.queries import BookingFacts
from leadstone.domains.bookings.rules import TOLD_AFTER, By, State
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.delivery.rules import BOOKING_TO_HOST
from leadstone.domains.delivery.services.queueing import MessageRequest, queue_messages
from leadstone.domains.grants import queries as grants
from leadstone.domains.grants import services as grants_services
from leadstone.domains.grants.events import ExchangeEnded
from leadstone.domains.leads.queries.facts import lead_of_exchange
from leadstone.flows.notices.bookings import BOOKING
from leadstone.infra.letterhead.areas.bookings import Occasion
from leadstone.kernel.decision import Decision

HOST_REMINDED = timedelta(minutes=15)
AT_ONCE = 100
NO_WAIT = timedelta()

_ENDS_AS = {State.TOOK_PLACE: Outcome.HELD, State.NO_SHOW: Outcome.NO_SHOW}


def booking_agreed(events: Sequence[BookingAgreed], /, *, now: datetime) -> None:
    """Both are invited, and the meeting stands on the card."""
    for facts in _told(events):
        _plan_meeting(facts, now=now)
        _write(facts, Occasion.AGREED, now=now)
        _write_host(facts, Occasion.AGREED, now=now)


def booking_asked_for(events: Sequence[BookingAskedFor], /, *, now: datetime) -> None:
    """The host is asked, and the visitor told so."""
    for facts in _told(events):
        _write(facts, Occasion.WAITING, now=now)
        _write_host(facts, Occasion.WAITING, now=now)


def booking_moved(events: Sequence[BookingMoved], /, *, now: datetime) -> None:
    """New invitations replace the old ones, and the meeting moves along."""
    for facts in _told(events):
        if facts.activity_id is not None:
            activities.postpone(activity_id=facts.activity_id, until=facts.begins, now=now)
        occasion = Occasion.MOVED if facts.agreed else Occasion.WAITING
        _write(facts, occasion, now=now)
        _write_host(facts, occasion, now=now)


def booking_cancelled(events: Sequence[BookingCancelled], /, *, now: datetime) -> None:
    """It leaves both calendars. Whoever undid the exchange, or was erased, is not written to."""
    for event in events:
        for facts in _told([event]):
            if facts.state is not State.CANCELLED:  # taken back meanwhile
                continue
            wait = TOLD_AFTER if event.by == By.HOST else NO_WAIT
            if facts.activity_id is not None:
                activities.finish(activity_id=facts.activity_id, outcome=Outcome.CANCELLED, now=now)
            if event.by != By.HOUSE:
                _write(facts, Occasion.CANCELLED, now=now, wait=wait)
            if event.agreed:
                _write_host(facts, Occasion.CANCELLED, now=now, wait=wait)


def booking_declined(events: Sequence[BookingDeclined], /, *, now: datetime) -> None:
    """The visitor is asked to choose another time."""
    for facts in _told(events):
        _write(facts, Occasion.DECLINED, now=now, wait=TOLD_AFTER if facts.ended_by is By.HOST else NO_WAIT)


@transaction.atomic
def take_ending_back(booking_id: int, *, was: State, now: datetime) -> Decision:
    """Undo what a host ended: the letters that wait have nothing to say any more, and the card has its meeting again."""
    decision = services.take_ending_back(booking_id, was=was, now=now)
    facts = queries.bookings([booking_id]).get(booking_id) if decision else None
    meeting = _meeting(facts.activity_id) if facts is not None and facts.activity_id is not None else None
    if meeting is not None and meeting.outcome is Outcome.CANCELLED:
        activities.reopen(activity_id=meeting.activity_id, now=now)
    return decision


def booking_lost(events: Sequence[BookingLost], /, *, now: datetime) -> None:
    """The time was given away before the mailbox was proven."""
    for facts in _told(events):
        _write(facts, Occasion.LOST, now=now)


def booking_ended(events: Sequence[BookingEnded], /, *, now: datetime) -> None:
    """The meeting on the card ends as the booking did; one that took place is a promise kept, and may be asked about."""
    for facts in _told(events):
        if facts.activity_id is not None:
            _end_meeting(facts, facts.activity_id, now=now)
        if facts.grant_id is not None:
            _note_kept(facts.grant_id, facts, now=now)


def meeting_done(events: Sequence[ActivityDone], /, *, now: datetime) -> None:
    """A colleague said on the card what came of a meeting: the booking follows."""
    for event in events:
        booking_id = queries.by_activity(event.activity_id)
        meeting = _meeting(event.activity_id) if booking_id is not None else None
        if booking_id is None or meeting is None or meeting.done_at is None:
            continue
        if meeting.outcome is Outcome.CANCELLED:
            services.cancel(booking_id, by=By.HOST, now=now)
        for state, outcome in _ENDS_AS.items():
            if meeting.outcome is outcome:
                services.tell_outcome(booking_id, outcome=state, now=now)


def meeting_reopened(events: Sequence[ActivityPlanned], /, *, now: datetime) -> None:
    """A colleague took back on the card what came of a meeting."""
    for event in events:
        booking_id = queries.by_activity(event.activity_id)
        meeting = _meeting(event.activity_id) if booking_id is not None else None
        if booking_id is not None and meeting is not None and meeting.done_at is None:
            services.take_outcome_back(booking_id, now=now)


def times_freed(events: Sequence[ExchangeEnded], /, *, now: datetime) -> None:
    """Whoever undoes the exchange, says that it was not them, or is erased, does not come."""
    for booking_id in queries.upcoming_of_grants({event.grant_id for event in events}):
        services.cancel(booking_id, by=By.HOUSE, now=now)


def send_booking_reminders(*, now: datetime) -> int:
    """Queue what is due to remind of; returns how many bookings were looked at."""
    due = queries.due_reminders(now=now, limit=AT_ONCE)
    for booking_id in due:
        at = services.reminded(booking_id, now=now)
        facts = queries.bookings([booking_id]).get(booking_id) if at is not None else None
        if facts is not None and at is not None:
            _write(facts, Occasion.REMINDER, now=now, occasion_key=f"reminder:{int(at.timestamp())}")
    return len(due)


def _told(
    events: Sequence[
        BookingAgreed | BookingAskedFor | BookingMoved | BookingDeclined | BookingLost | BookingCancelled | BookingEnded
    ],
) -> list[BookingFacts]:
    found = queries.bookings({event.booking_id for event in events})
    return [found[event.booking_id] for event in events if event.booking_id in found]


def _write(facts: BookingFacts, occasion: Occasion, *, now: datetime, occasion_key: str = "", wait: timedelta = NO_WAIT) -> None:
    mailbox = contacts.mailboxes([facts.contact_id]).get(facts.contact_id) if facts.contact_id is not None else None
    if mailbox is None:
        return
    queue_messages(
        [
            MessageRequest(
                effect_key=f"booking:{facts.booking_id}:{facts.sequence}:{occasion_key or occasion.value}",
                kind=BOOKING,
                contact_id=mailbox.contact_id,
                to_address=mailbox.value,
                address_hash=mailbox.address_hash,
                language=mailbox.language or facts.language,
                facts={"booking_id": facts.booking_id, "occasion": occasion.value, "sequence": facts.sequence},
                wait=wait,
            )
        ],
        now=now,
    )


def _write_host(facts: BookingFacts, occasion: Occasion, *, now: datetime, wait: timedelta = NO_WAIT) -> None:
    host = access.member(facts.host_user_id)
    if host is None:
        return
    queue_messages(
        [
            MessageRequest(
                effect_key=f"booking:{facts.booking_id}:{facts.sequence}:host:{occasion.value}",
                kind=BOOKING_TO_HOST,
                contact_id=None,
                to_address=host.email,
                address_hash="",
                language=host.language or facts.language,
                facts={"booking_id": facts.booking_id, "occasion": occasion.value, "sequence": facts.sequence},
                wait=wait,
            )
        ],
        now=now,
    )


def _plan_meeting(facts: BookingFacts, *, now: datetime) -> None:
    if facts.contact_id is None or facts.activity_id is not None:
        return
    lead_id = lead_of_exchange(facts.contact_id, magnet_id=facts.magnet_id)
    planned = Plan(
        kind=ActivityKind.MEETING,
        about=About(lead_id=lead_id, contact_id=facts.contact_id),
        owner_id=facts.host_user_id,
        title=facts.title,
        due_at=facts.begins,
        ends_at=facts.ends,
        place=facts.settings.where,
        remind_at=facts.begins - HOST_REMINDED,
    )
    services.note_meeting(facts.booking_id, activity_id=activities.plan(planned, by=facts.host_user_id, now=now))


def _note_kept(grant_id: int, facts: BookingFacts, *, now: datetime) -> None:
    """What was promised is a talk that took place. When it is said that it did not after all, nobody is asked how it was."""
    grant = grants.grant(grant_id)
    if grant is None:
        return
    if facts.state is State.TOOK_PLACE:
        grants_services.note_served({grant.key: now})
        grants_services.note_used([grant_id], at=max(facts.ends, now))
    elif all(each.state is not State.TOOK_PLACE for each in queries.bookings_of_grant(grant_id)):
        grants_services.take_back_served([grant_id], now=now)


def _end_meeting(facts: BookingFacts, activity_id: int, *, now: datetime) -> None:
    meeting, wanted = _meeting(activity_id), _ENDS_AS.get(facts.state)
    if meeting is None or meeting.outcome is wanted:
        return
    if meeting.done_at is not None:
        activities.reopen(activity_id=activity_id, now=now)
    if wanted is not None:
        activities.finish(activity_id=activity_id, outcome=wanted, now=now)


def _meeting(activity_id: int) -> activities_queries.ActivityFacts | None:
    try:
        return activities_queries.activity(activity_id, reader=THE_HOUSE)
    except NoSuchActivity:  # about somebody who was forgotten meanwhile
        return None
