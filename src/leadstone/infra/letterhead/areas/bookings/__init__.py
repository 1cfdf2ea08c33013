"""What is written about a booked time, to the visitor and to the host; the words are in the area's public catalogue."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from leadstone.infra.letterhead.letters import NoticeLetter
from leadstone.wire.pages.phrases import _, translations


class Occasion(StrEnum):
    """Why somebody is written to; stored in the facts of a message."""

    AGREED = "agreed"
    WAITING = "waiting"
    MOVED = "moved"
    REMINDER = "reminder"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A booking in words of the reader's language."""

    title: str
    when: str  # with the zone behind it
    clock: str  # "24 November, 10:00", for a subject
    host: str
    place: str
    prepare: str
    by_visitor: bool = False  # who called it off, or moved it


# Subject, heading, first paragraph.
_TO_VISITOR: Mapping[Occasion, tuple[str, str, str]] = {
    Occasion.AGREED: (
        _("Booked: {clock}"),
        _("It is booked"),
        _("We look forward to talking to you. The invitation is attached, so that the time stands in your calendar."),
    ),
    Occasion.WAITING: (
        _("Asked for: {clock}"),
        _("Your time is kept for you"),
        _("{host} still has to agree, and we write as soon as that is done. Until then nobody else can book this time."),
    ),
    Occasion.MOVED: (
        _("Moved: {clock}"),
        _("A new time"),
        _("The time was changed. The new invitation is attached and replaces the old one in your calendar."),
    ),
    Occasion.REMINDER: (_("Reminder: {clock}"), _("See you soon"), _("This is a reminder of the time that you booked.")),
    Occasion.CANCELLED: (
        _("Called off: {clock}"),
        _("It is called off"),
        _("The time is free again, and nothing is left to do. The attached file takes it out of your calendar."),
    ),
    Occasion.DECLINED: (
        _("Please choose another time"),
        _("This time does not work for us"),
        _("We are sorry: nobody can be there at the time that you chose. Please choose another one; nothing else is needed."),
    ),
    Occasion.LOST: (
        _("Please choose another time"),
        _("This time was given away"),
        _("We keep a time for half an hour. Yours was confirmed later, and somebody else had booked it by then."),
    ),
}
# To the host, who finds the person behind the link: nobody is named in a mailbox that outlives what is forgotten.
_TO_HOST: Mapping[Occasion, tuple[str, str, str]] = {
    Occasion.AGREED: (
        _("New booking: {clock}"),
        _("You have a new booking"),
        _("Who comes and what they asked stands behind the link. The invitation is attached."),
    ),
    Occasion.WAITING: (
        _("Please agree: {clock}"),
        _("Somebody would like to meet you"),
        _("The time is kept until you agree or decline. If you do neither before it comes, it is declined."),
    ),
    Occasion.MOVED: (
        _("Moved: {clock}"),
        _("A booking was moved"),
        _("The new invitation is attached and replaces the old one in your calendar."),
    ),
    Occasion.CANCELLED: (
        _("Called off: {clock}"),
        _("A booking was called off"),
        _("The time is free again. The attached file takes it out of your calendar."),
    ),
}


def to_visitor(occasion: Occasion, meeting: Meeting, *, language: str) -> NoticeLetter:
    """The letter without its buttons."""
    gettext = translations(language).gettext
    subject, heading, first = (gettext(words).format(clock=meeting.clock, host=meeting.host) for words in _TO_VISITOR[occasion])
    if occasion is Occasion.CANCELLED and not meeting.by_visitor:
        first = gettext(
            "We are sorry: we had to call it off. Choose another time if you like; the attached file takes this one out of your"
            " calendar."
        )
    coming = occasion in {Occasion.AGREED, Occasion.MOVED, Occasion.REMINDER}
    return NoticeLetter(
        subject=f"{subject} – {meeting.title}",
        heading=heading,
        paragraphs=(first, *((meeting.prepare,) if coming and meeting.prepare else ())),
        rows=_rows(meeting, gettext, everything=coming),
        why=gettext("You get this because you booked a time on our page."),
    )


def to_host(occasion: Occasion, meeting: Meeting, *, language: str) -> NoticeLetter:
    """The letter without its buttons; names nobody."""
    gettext = translations(language).gettext
    subject, heading, first = (gettext(words).format(clock=meeting.clock) for words in _TO_HOST[occasion])
    return NoticeLetter(
        subject=f"{subject} – {meeting.title}",
        heading=heading,
        paragraphs=(first,),
        rows=((gettext("What"), meeting.title), (gettext("When"), meeting.when)),
        why=gettext("You get this because visitors may book you."),
    )


def held_until(until: str, *, language: str) -> str:
    """What the first mail says of a time that is held; `until` by the visitor's clock."""
    gettext = translations(language).gettext
    return gettext(
        "We keep this time for you until {until}. The button shows us that this mailbox is yours, and books it; without it the"
        " time goes back to others."
    ).format(until=until)


def button(name: str, *, language: str) -> str:
    """The words of a button: "move", "cancel", "choose" or "open"."""
    return translations(language).gettext(_BUTTONS[name])


_BUTTONS = {
    "move": _("Choose another time"),
    "cancel": _("Call it off"),
    "choose": _("Choose a time"),
    "open": _("Open the bookings"),
}


def place_words(place: str, *, where: str, language: str) -> str:
    """Where one meets: "phone", "video" or "office" in words."""
    gettext = translations(language).gettext
    if place == "phone":
        return gettext("We call you at the number that you left.")
    return gettext("Online: {address}").format(address=where) if place == "video" else where


def _rows(meeting: Meeting, gettext: Callable[[str], str], *, everything: bool) -> tuple[tuple[str, str], ...]:
    when = (gettext("When"), meeting.when)
    return (when, (gettext("With"), meeting.host), (gettext("Where"), meeting.place)) if everything else (when,)
