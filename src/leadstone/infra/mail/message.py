"""One mail as bytes, by RFC 5322, 2045, 3834, 2369 and 8058."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8, EmailPolicy
from email.utils import format_datetime
from typing import Self

from leadstone.kernel.errors import LeadstoneError


class BadHeaderValue(LeadstoneError):
    """A value that is to stand in a header holds a line break or a NUL: somebody tries to write headers of their own."""

    code = "bad_header_value"
    sentence = "A header of a mail cannot hold a line break: {header}."


class _AsWritten(str):
    """A header that stays as it is, where the email package would not say what was meant: it breaks a long link into encoded
    words (RFC 2047), and where it breaks a line between two such words a space is lost, or one comes in.
    """

    name: str
    max_count = 1

    def __new__(cls, name: str, value: str) -> Self:
        made = super().__new__(cls, value)
        made.name = name
        return made

    def fold(self, *, policy: EmailPolicy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """An invitation or the end of one (RFC 6047): `method` stands in the file too. Programs that act read it in place, the
    others find it attached."""

    method: str  # "REQUEST" or "CANCEL"
    data: bytes
    filename: str = "invite.ics"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What a mail says; `leave_url` is set for marketing only and becomes the one-click headers."""

    key: uuid.UUID
    from_name: str
    from_address: str
    to_address: str
    subject: str
    text: str
    html: str
    date: datetime
    reply_to: str = ""
    leave_url: str = ""
    calendar: CalendarPart | None = None


@dataclass(frozen=True, slots=True)
class Parcel:
    """A mail ready to be handed over: the envelope (RFC 5321) and the bytes."""

    key: uuid.UUID
    message_id: str
    envelope_from: str
    envelope_to: str
    data: bytes

    @property
    def needs_smtputf8(self) -> bool:
        """Whether an address holds letters beyond ASCII (RFC 6531)."""
        return not (self.envelope_from + self.envelope_to).isascii()


def message_id_for(key: uuid.UUID, *, from_address: str) -> str:
    """The Message-ID of a message: the same each time it is built, so that a repeat can be told by every mail client."""
    return f"<{key.hex}@{from_address.rpartition('@')[2]}>"


def pack(mail: Mail) -> Parcel:
    """`mail` as bytes with CRLF line ends and lines of at most 998 octets.

    Raises `BadHeaderValue` for a line break or NUL in anything that would stand in a header.
    """
    message = EmailMessage(policy=SMTP if (mail.from_address + mail.to_address).isascii() else SMTPUTF8)
    message_id = message_id_for(mail.key, from_address=_header("Message-ID", mail.from_address))
    message["From"] = _address("From", mail.from_address, name=mail.from_name)
    message["To"] = _address("To", mail.to_address)
    message["Subject"] = _words("Subject", mail.subject)
    message["Date"] = format_datetime(mail.date)
    message["Message-ID"] = message_id
    if mail.reply_to:
        message["Reply-To"] = _address("Reply-To", mail.reply_to)
    # RFC 3834: a machine that answers mail must not answer this one.
    message["Auto-Submitted"] = "auto-generated"
    if mail.leave_url:
        message["List-Unsubscribe"] = _AsWritten("List-Unsubscribe", f"<{_header('List-Unsubscribe', mail.leave_url)}>")
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message["Precedence"] = "bulk"
    message.set_content(_body(mail.text), cte="quoted-printable")
    message.add_alternative(_body(mail.html), subtype="html", cte="quoted-printable")
    if mail.calendar is not None:
        _add_calendar(message, mail.calendar)
    return Parcel(mail.key, message_id, mail.from_address, mail.to_address, message.as_bytes())


def _add_calendar(message: EmailMessage, calendar: CalendarPart) -> None:
    method = _header("Content-Type", calendar.method)
    # The last alternative is the richest (RFC 2046 §5.1.4); base64 keeps its own line ends and folding byte for byte.
    text = calendar.data.decode()
    message.add_alternative(text, subtype="calendar", charset="utf-8", cte="base64", params={"method": method})
    filename = _header("Content-Disposition", calendar.filename)
    message.add_attachment(calendar.data, maintype="application", subtype="ics", filename=filename)


def _header(name: str, value: str) -> str:
    # U+0085, U+2028 and U+2029 are line ends to `str.splitlines`, by which the email package folds.
    if value.splitlines() not in ([], [value]) or "\0" in value:
        raise BadHeaderValue(header=name)
    return value


def _words(header: str, text: str) -> str:
    """A text for a header; what is not ASCII as encoded words that read as that text again, wherever a line ends."""
    return text if _header(header, text).isascii() else _AsWritten(header, _encoded(header, text))


def _encoded(header: str, text: str) -> str:
    return Header(text, "utf-8", header_name=header).encode(linesep="\r\n")


def _address(header: str, spec: str, *, name: str = "") -> Address | str:
    local, at, domain = _header(header, spec).rpartition("@")
    if not at:
        raise BadHeaderValue(header=header)
    address = Address(display_name=_header(header, name), username=local, domain=domain)
    # On a line of its own, so that no line grows longer than it may.
    return address if name.isascii() else _AsWritten(header, f"{_encoded(header, name)}\r\n <{address.addr_spec}>")


def _body(text: str) -> str:
    """Line ends of one kind, no NUL; the policy turns them into CRLF."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
