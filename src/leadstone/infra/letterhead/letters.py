"""What each kind of letter says."""

from dataclasses import dataclass

from leadstone.infra.mail.message import CalendarPart
from leadstone.wire.letter_body import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryLetter:
    """The one mail of an exchange: its button proves the mailbox and opens the file."""

    title: str
    kind: str  # of the magnet: "guide"
    confirm_url: str
    code: str  # six digits
    magnet_url: str  # the page where somebody typed this address
    again: bool = False  # a new link, because somebody asked for it from an old one
    my_url: str = ""  # what we know of you; only for proven mailboxes
    result: tuple[str, ...] = ()  # what answers came to, in short: paragraphs of the marketer's words
    time: tuple[str, str] | None = None  # one that is held: in words, and what the button does to it until when
    subject: str = ""  # the marketer's own; empty: title and what the button does
    preheader: str = ""  # shown beside the subject, before the code


@dataclass(frozen=True, slots=True, kw_only=True)
class MailingLetter:
    """One text sent to many who allowed it."""

    subject: str
    paragraphs: tuple[str, ...]
    leave_url: str
    because: str = ""  # the words that were agreed to
    my_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueLetter:
    """One issue of a newsletter. `leave_url` is empty only in a test that one of us sends to themselves."""

    subject: str
    preheader: str
    blocks: tuple[Block, ...]
    topics: tuple[str, ...]  # names of those that it is sent for
    web_url: str = ""  # where everybody may read it
    leave_url: str = ""
    my_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderLetter:
    """To one of us: something is due. Names nobody, for mailboxes outlive what is forgotten."""

    kind: str  # of the activity: "task", "call", "meeting"
    when: str  # "23 November, 14:00"
    url: str
    my_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalLetter:
    """One of us writes to one person: their own words, signed. `leave_url` only where it counts as marketing."""

    subject: str
    paragraphs: tuple[str, ...]
    signed: str  # the name of whoever writes
    leave_url: str = ""
    my_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLetter:
    """Something happened to what somebody asked for: a time, a code, a parcel. Its words are said already, in its language.

    `rows` are facts in two columns; a button is a label and an address; `code` is what they show or type, on a line of its own.
    """

    subject: str
    heading: str
    paragraphs: tuple[str, ...]
    code: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    button: tuple[str, str] = ("", "")
    second: tuple[str, str] = ("", "")
    why: str = ""  # why this mail comes: "You booked this time on our page."
    leave_url: str = ""
    my_url: str = ""
    calendar: CalendarPart | None = None


Letter = DeliveryLetter | IssueLetter | MailingLetter | NoticeLetter | PersonalLetter | ReminderLetter
