"""Mail as strangers send it (RFC 5322), read with suspicion: who wrote, what they wrote, and whether a person wrote it at all.

Only the headers that name the sender tell who it is; a signature and what is quoted stay text. What is attached is named and not
kept. Nothing here raises anything but `Unreadable`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.utils import getaddresses
from hashlib import sha256

from leadstone.domains.inbound.rules import LONGEST_LETTER, Unreadable
from leadstone.domains.inbound.rules.shown import shown
from leadstone.kernel.address import Address, read_address

MOST_LETTER_BYTES = 20 * 1024 * 1024
MOST_HEAD_BYTES = 256 * 1024
# What is larger was made to keep a reader busy.
MOST_LINES = 500_000
MOST_BOUNDARIES = 60
MOST_PARTS = 200
MOST_TEXT = 200 * 1024  # bytes of each part, and letters of all of them
MOST_FILES = 10
LONGEST_LINE = 200
LONGEST_HEADER = 5000

_HEAD_ENDS = re.compile(rb"\r?\n\r?\n")
_BOUNDARY = re.compile(rb"boundary\s*[*=]", re.IGNORECASE)
# Character sets by which people write; others that Python knows are none, and some take minutes.
_KNOWN_CHARSET = re.compile(r"(?:utf|us-ascii|ascii|iso|latin|windows|cp|koi8|gb|big5|euc|shift|mac)[\w.:-]*", re.IGNORECASE)
_HEADERS = ("from", "reply-to", "subject", "date", "message-id")
_TO = ("delivered-to", "x-original-to", "envelope-to", "to", "cc")
_BULK = frozenset({"bulk", "list", "junk", "auto_reply"})
_POSTMASTERS = frozenset({"mailer-daemon", "postmaster"})
_ANSWERS_BY_ITSELF = ("x-autoreply", "x-autorespond", "x-autoresponder")

Head = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What somebody wrote. `sender` None: nobody can be answered. `files`: names of what was attached, or how it calls itself."""

    sender: Address | None
    name: str
    subject: str
    text: str = field(repr=False)
    files: tuple[str, ...] = ()

    @property
    def fields(self) -> Mapping[str, str]:
        """The same under the names by which a door understands what it is told."""
        said = {
            "email": self.sender.value if self.sender else "",
            "name": self.name,
            "question": "\n\n".join(part for part in (self.subject, self.text) if part),
            "files": ", ".join(self.files),
        }
        return {name: value for name, value in said.items() if value}


def read_head(body: bytes) -> Head:
    """Header name in lower case → its values as they came, in order. Empty for what is no message."""
    head = _HEAD_ENDS.split(body[:MOST_HEAD_BYTES].lstrip(b"\r\n"), maxsplit=1)[0]
    found: dict[str, list[str]] = {}
    for name, value in BytesHeaderParser().parsebytes(head).raw_items():
        found.setdefault(name.lower(), []).append(_decoded(value.encode("ascii", "surrogateescape"))[:LONGEST_HEADER])
    return found


def recipients(head: Head) -> list[str]:
    """The addresses that a message names as where it went, as they stand; the one of its delivery first."""
    return [spec for name in _TO for _, spec in _mailboxes(head.get(name, ()))]


def is_automatic(head: Head, *, sender: str | None) -> bool:
    """Whether a machine wrote it: answers and bounces (RFC 3834), lists (RFC 2369), and bulk. Nobody is answered for those.

    `sender`: of the envelope; empty says that nobody wants an answer, None is not known.
    """
    words = {name: " ".join(values).strip().lower() for name, values in head.items()}
    by_itself = words.get("auto-submitted", "no").partition(";")[0].strip() != "no"
    nobody = sender == "" or words.get("return-path", "").replace(" ", "") == "<>"
    from_machine = any(spec.partition("@")[0].lower() in _POSTMASTERS for _, spec in _mailboxes(head.get("from", ())))
    return (
        by_itself
        or nobody
        or from_machine
        or words.get("precedence", "") in _BULK
        or words.get("content-type", "").startswith("multipart/report")
        or any(name.startswith("list-") or name in _ANSWERS_BY_ITSELF for name in words)
    )


def letter_id(body: bytes, head: Head) -> str:
    """What tells one message from another: its Message-ID and sender, else all of it; a digest, for an id may name a person."""
    own = " ".join(head.get("message-id", ())).strip()
    told = "\n".join((own, *head.get("from", ()))).encode("utf-8", "replace") if own else body
    return sha256(told).hexdigest()[:32]


def read_letter(body: bytes) -> Written:
    """Raises `Unreadable` for what is no message, was made to keep a reader busy, or says twice who sent it (RFC 5322 §3.6)."""
    head = read_head(body)
    # The library takes a carriage return alone for the end of a line, too.
    lines = max(body.count(b"\n"), body.count(b"\r"))
    too_much = lines > MOST_LINES or sum(1 for _ in _BOUNDARY.finditer(body)) > MOST_BOUNDARIES
    if too_much or len(body) > MOST_LETTER_BYTES or not any(head.get(name) for name in _HEADERS) or len(head.get("from", ())) > 1:
        raise Unreadable
    try:
        leaves = list(_leaves(BytesParser().parsebytes(body)))
    except (RecursionError, ValueError, TypeError):
        raise Unreadable from None  # a boundary in pieces that do not belong together
    sender, name = _sender(head)
    return Written(
        sender=sender,
        name=name,
        subject=_line(" ".join(head.get("subject", ()))),
        text=_text(leaves),
        files=tuple(_file_name(part) for part in leaves if _is_file(part))[:MOST_FILES],
    )


def _sender(head: Head) -> tuple[Address | None, str]:
    """Where an answer is wanted, else who sent it. A name counts only beside its own address: a form's is not a person's."""
    known = [
        (name, address)
        for header in ("reply-to", "from")
        for name, spec in _mailboxes(head.get(header, ()))
        if (address := read_address(spec)) is not None
    ]
    if not known:
        return None, ""
    address = known[0][1]
    named = (name for name, other in known if other.key == address.key and name and "@" not in name)
    return address, next(named, "")


def _mailboxes(values: Sequence[str]) -> list[tuple[str, str]]:
    """Name and address of each mailbox, split before the words are decoded: a comma in a name is none between two of them."""
    try:
        return [(_line(name), spec.strip()) for name, spec in getaddresses(list(values)) if spec]
    except (RecursionError, ValueError, IndexError):
        return []


def _leaves(part: Message) -> Iterator[Message]:
    """The parts of a message that hold something; a message within it is one of them and is not opened."""
    waiting, number = [part], 0
    while waiting and number < MOST_PARTS:
        one, number = waiting.pop(0), number + 1
        # Asked for the payload of a single part, the library would decode it, and stumble over its character set.
        if one.get_content_maintype() == "multipart" and one.is_multipart():
            waiting[:0] = [each for each in one.get_payload() if isinstance(each, Message)]
        else:
            yield one


def _is_file(part: Message) -> bool:
    if part.get_content_disposition() == "attachment":
        return True
    decoration = part.get_content_maintype() == "image" and "content-id" in part
    return not decoration and part.get_content_type() not in {"text/plain", "text/html"} and not part.is_multipart()


def _file_name(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except (ValueError, TypeError):  # pieces of a name that do not belong together
        name = ""
    return _line(name)[:80] or _line(part.get_content_type())[:80]


def _text(leaves: Sequence[Message]) -> str:
    """The plain words of a message, else its HTML as text."""
    words = [part for part in leaves if not _is_file(part)]
    plain = [_words(part) for part in words if part.get_content_type() == "text/plain"]
    if any(each.strip() for each in plain):
        return _tidy("\n".join(plain)[:MOST_TEXT])
    html = "\n".join(_words(part) for part in words if part.get_content_type() == "text/html")
    return _tidy(shown(html[:MOST_TEXT])[:MOST_TEXT])


def _words(part: Message) -> str:
    payload = part.get_payload(decode=True)
    return _decoded(payload[:MOST_TEXT], _charset(part)) if isinstance(payload, bytes) else ""


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (ValueError, TypeError):
        return None


def _decoded(said: bytes, charset: str | None = None) -> str:
    """Bytes as words: by the character set that they name, else UTF-8, else as old programs in Poland write."""
    if charset and _KNOWN_CHARSET.fullmatch(charset):
        try:
            return said.decode(charset, "replace")
        except LookupError:
            pass  # no character set that anybody knows; the bytes may still be of a usual one
    try:
        return said.decode("utf-8")
    except UnicodeDecodeError:
        return said.decode("cp1250", "replace")


def _line(raw: str) -> str:
    """Encoded words (RFC 2047) as one line; nothing that could end a header is left in it."""
    try:
        chunks = decode_header(raw)
    except (HeaderParseError, ValueError):
        chunks = [(raw, None)]
    said = "".join(_chunk(words, charset) for words, charset in chunks)
    return " ".join("".join(sign if sign.isprintable() else " " for sign in said).split())[:LONGEST_LINE]


def _chunk(words: str | bytes, charset: str | None) -> str:
    if isinstance(words, str):
        return words
    # Between encoded words the library hands back what it was given in an encoding of its own.
    return _decoded(words, charset) if charset else words.decode("raw-unicode-escape", "replace")


def _tidy(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    plain = ("".join(sign for sign in line.rstrip() if sign.isprintable() or sign == "\t") for line in lines)
    whole = re.sub(r"\n{3,}", "\n\n", "\n".join(plain)).strip()
    return whole if len(whole) <= LONGEST_LETTER else whole[: LONGEST_LETTER - 4].rstrip() + " […]"
