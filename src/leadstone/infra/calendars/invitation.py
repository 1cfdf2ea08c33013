"""One meeting as a calendar file: an invitation, a change of it, or its end."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from icalendar import Calendar, Event, vCalAddress, vText

PRODUCT = "-//Leadstone//Bookings//EN"


class Method(StrEnum):
    """What a calendar program is to do with it (RFC 5546 §3.2)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """`uid` stays for the life of the meeting; `sequence` rises with each change."""

    method: Method | None  # None: published to keep, nobody is invited
    uid: str
    sequence: int
    begins: datetime
    ends: datetime
    stamp: datetime
    summary: str
    description: str
    location: str
    organizer: Party
    attendee: Party
    url: str = ""


def calendar_file(invitation: Invitation) -> bytes:
    """The file, with CRLF line ends."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    if invitation.method is not None:
        calendar.add("method", invitation.method.value)
    calendar.add_component(_event(invitation))
    return bytes(calendar.to_ical())


def _event(invitation: Invitation) -> Event:
    event = Event()
    event.add("uid", invitation.uid)
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", invitation.stamp.astimezone(UTC))
    # In UTC: every program shows it by its own clock, and no table of zones has to be carried along.
    event.add("dtstart", invitation.begins.astimezone(UTC))
    event.add("dtend", invitation.ends.astimezone(UTC))
    event.add("summary", _line(invitation.summary))
    cancelled = invitation.method is Method.CANCEL
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    if invitation.method is not None:
        _add_parties(event, invitation)
    if invitation.location:
        event.add("location", _line(invitation.location))
    if invitation.description:
        event.add("description", _text(invitation.description))
    if invitation.url:
        event.add("url", invitation.url)
    return event


def _add_parties(event: Event, invitation: Invitation) -> None:
    event["organizer"] = _party(invitation.organizer)
    attendee = _party(invitation.attendee)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    # Booked by themselves: there is nothing to answer any more.
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    attendee.params["RSVP"] = vText("FALSE")
    event["attendee"] = attendee


def _party(party: Party) -> vCalAddress:
    address = vCalAddress(f"mailto:{_line(party.address)}")
    # A parameter cannot escape a quotation mark (RFC 5545 §3.2).
    address.params["CN"] = vText(_line(party.name).replace('"', "'"))
    return address


def _line(text: str) -> str:
    return " ".join(_text(text).split())


def _text(text: str) -> str:
    """Without characters that no content line may hold."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(c for c in kept if c in "\n\t" or (ord(c) >= 32 and ord(c) != 127))
