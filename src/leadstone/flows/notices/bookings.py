"""Letters about booked times, composed when they leave; what is no longer true is not said."""

from dataclasses import replace
from datetime import UTC, datetime

from leadstone.domains.access import queries as access
from leadstone.domains.bookings import queries
from leadstone.domains.bookings.queries import BookingFacts
from leadstone.domains.bookings.rules import By, State
from leadstone.domains.delivery.queries import MessageFacts
from leadstone.domains.magnets import queries as magnets
from leadstone.flows.booked import may_choose_again
from leadstone.flows.booking_links import Act, path_of
from leadstone.flows.notices.desk import Desk
from leadstone.infra.calendars.invitation import Invitation, Method, Party, calendar_file
from leadstone.infra.letterhead import NoticeLetter
from leadstone.infra.letterhead.areas.bookings import Meeting, Occasion, button, place_words, to_host, to_visitor
from leadstone.infra.mail.message import CalendarPart
from leadstone.kernel.moments import spoken_day_and_time
from leadstone.wire.pages.areas.bookings.when import in_zone

BOOKING = "booking"

# What must still be so for a letter to be true.
_TRUE_WHILE = {
    Occasion.AGREED: {State.BOOKED},
    Occasion.WAITING: {State.WAITING},
    Occasion.MOVED: {State.BOOKED},
    Occasion.REMINDER: {State.BOOKED},
    Occasion.CANCELLED: {State.CANCELLED},
    Occasion.DECLINED: {State.DECLINED, State.LAPSED},
    Occasion.LOST: {State.LAPSED},
}
_CALENDAR = {
    Occasion.AGREED: Method.REQUEST,
    Occasion.MOVED: Method.REQUEST,
    Occasion.CANCELLED: Method.CANCEL,
}


def booking_letter(message: MessageFacts, desk: Desk) -> NoticeLetter | None:
    """To whoever booked."""
    found = _standing(message)
    if found is None or desk.mailbox is None:
        return None
    facts, occasion = found
    words = to_visitor(occasion, meeting_of(facts, zone=facts.zone, language=desk.language), language=desk.language)
    moves = (button("move", language=desk.language), desk.public_url + path_of(Act.MOVE, facts.key))
    cancels = (button("cancel", language=desk.language), desk.public_url + path_of(Act.CANCEL, facts.key))
    path = path_of(Act.AGAIN, facts.key) if may_choose_again(facts) else f"/book/{_slug(facts)}"
    anew = (button("choose", language=desk.language), desk.public_url + path)
    coming = facts.state in {State.BOOKED, State.WAITING}
    to = Party(name=desk.mailbox.value, address=desk.mailbox.value)
    return replace(
        words,
        button=moves if coming else anew,
        second=cancels if coming else ("", ""),
        my_url=desk.my_url,
        calendar=_calendar(facts, occasion, desk, to=to, url=moves[1]),
    )


def host_letter(message: MessageFacts, desk: Desk) -> NoticeLetter | None:
    """To the host; who comes stands behind the link."""
    found = _standing(message)
    host = access.member(found[0].host_user_id) if found else None
    if found is None or host is None:
        return None
    facts, occasion = found
    words = to_host(
        occasion, meeting_of(facts, zone=host.time_zone or facts.host_zone, language=desk.language), language=desk.language
    )
    url = f"{desk.studio_url}/bookings/{facts.booking_id}"
    return replace(
        words,
        button=(button("open", language=desk.language), url),
        calendar=_calendar(facts, occasion, desk, to=Party(name=host.name, address=host.email), url=url),
    )


def meeting_of(facts: BookingFacts, *, zone: str, language: str) -> Meeting:
    """A booking in words, by the clock of a zone."""
    return Meeting(
        title=facts.title,
        when=in_zone(facts.begins, facts.ends, zone=zone, language=language),
        clock=spoken_day_and_time(facts.begins, zone=zone, language=language),
        host=facts.host_name,
        place=place_words(facts.settings.place.value, where=facts.settings.where, language=language),
        prepare=facts.settings.prepare,
        by_visitor=facts.ended_by is not By.HOST,
    )


def invitation_of(
    facts: BookingFacts,
    *,
    organizer: Party,
    attendee: Party,
    language: str,
    url: str,
    now: datetime,
    method: Method | None = Method.REQUEST,
) -> bytes:
    """The calendar file of a booking as it stands. Without a method it is a file to keep, and nobody is invited."""
    description = "\n\n".join(
        part
        for part in (
            place_words(facts.settings.place.value, where=facts.settings.where, language=language),
            facts.settings.prepare,
            url,
        )
        if part
    )
    return calendar_file(
        Invitation(
            method=method,
            uid=f"{facts.key}@leadstone",
            sequence=facts.sequence,
            begins=facts.begins.astimezone(UTC),
            ends=facts.ends.astimezone(UTC),
            stamp=now,
            summary=facts.title,
            description=description,
            location=facts.settings.where,
            organizer=organizer,
            attendee=attendee,
            url=url,
        )
    )


def _standing(message: MessageFacts) -> tuple[BookingFacts, Occasion] | None:
    """The booking and the occasion of a message, while what it says is true."""
    pk, occasion = message.facts.get("booking_id"), message.facts.get("occasion", "")
    facts = queries.bookings([pk]).get(pk) if isinstance(pk, int) else None
    if facts is None or occasion not in set(Occasion):
        return None
    current = facts.sequence == message.facts.get("sequence") and facts.state in _TRUE_WHILE[Occasion(occasion)]
    return (facts, Occasion(occasion)) if current else None


def _calendar(facts: BookingFacts, occasion: Occasion, desk: Desk, *, to: Party, url: str) -> CalendarPart | None:
    method = _CALENDAR.get(occasion)
    if method is None or (method is Method.CANCEL and facts.confirmed_at is None):
        return None
    organizer = Party(name=desk.company, address=desk.sender)
    data = invitation_of(facts, organizer=organizer, attendee=to, language=desk.language, url=url, now=desk.now, method=method)
    return CalendarPart(method=method.value, data=data)


def _slug(facts: BookingFacts) -> str:
    return magnets.slugs([facts.version_id])[facts.version_id]
