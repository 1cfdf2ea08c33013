"""Reading the local mailbox, robust to files that somebody else put there."""

import email
import os
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from uuid import UUID

from leadstone.infra.mail.maildir import mail_id_of

LARGEST_BYTES = 5_000_000
HEADER_BYTES = 64_000

# A Maildir name is anything without a slash; ours are narrower, and what is shown must be safe in an address line.
_SAFE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._=,+@~-]{0,200}\Z")


@dataclass(frozen=True, slots=True)
class Envelope:
    """One line of the list. Everything but `id`, `at` and `size_bytes` is what the file claims, possibly empty."""

    id: str
    at: datetime
    size_bytes: int
    subject: str
    sender: str
    to: str


@dataclass(frozen=True, slots=True)
class OpenedMail:
    """One message; `html` must be shown in a sandboxed frame only."""

    envelope: Envelope
    text: str
    html: str
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MailPage:
    """A part of the list, newest first, and how many there are in all."""

    mails: tuple[Envelope, ...]
    total: int


def list_mails(folder: Path, *, offset: int = 0, limit: int = 50) -> MailPage:
    """The messages of the Maildir at `folder`, newest first; an absent folder is an empty mailbox."""
    found = sorted(_files(folder), key=lambda item: (item[1].st_mtime_ns, item[0].name), reverse=True)
    part = found[max(offset, 0) : max(offset, 0) + max(limit, 0)]
    return MailPage(tuple(_envelope(path, stat, _parse(path, HEADER_BYTES)) for path, stat in part), len(found))


def open_mail(folder: Path, mail_id: str) -> OpenedMail | None:
    """The message that `mail_id` names; None when there is none, whatever the id holds."""
    if not _SAFE_ID.match(mail_id):
        return None
    for path, stat in _files(folder):
        if _id(path) == mail_id:
            message = _parse(path, LARGEST_BYTES)
            return OpenedMail(
                _envelope(path, stat, message), _part(message, "plain"), _part(message, "html"), tuple(_headers(message))
            )
    return None


def forget_mails(folder: Path, keys: Collection[UUID]) -> None:
    """Delete the messages that were put here under these keys; absent ones are passed over."""
    wanted = {mail_id_of(key) for key in keys}
    for path, _ in _files(folder):
        if _id(path) in wanted:
            path.unlink(missing_ok=True)


def _files(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    for part in ("new", "cur"):
        try:
            entries = list(os.scandir(folder / part))
        except FileNotFoundError:
            continue
        for entry in entries:
            try:
                # A link or a pipe is not a message, and could lead out of the mailbox.
                if entry.is_file(follow_symlinks=False) and _SAFE_ID.match(_id(Path(entry.name))):
                    yield Path(entry.path), entry.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue  # moved from new/ to cur/ meanwhile


def _id(path: Path) -> str:
    return path.name.partition(":")[0]


def _parse(path: Path, limit: int) -> EmailMessage:
    try:
        with path.open("rb") as file:
            data = file.read(limit)
    except OSError:
        data = b""
    return email.message_from_bytes(data, policy=policy.default)


def _envelope(path: Path, stat: os.stat_result, message: EmailMessage) -> Envelope:
    return Envelope(
        id=_id(path),
        at=_date(message) or datetime.fromtimestamp(stat.st_mtime, UTC),
        size_bytes=stat.st_size,
        subject=_header(message, "Subject"),
        sender=_header(message, "From"),
        to=_header(message, "To"),
    )


def _date(message: EmailMessage) -> datetime | None:
    try:
        at = parsedate_to_datetime(_header(message, "Date"))
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _header(message: EmailMessage, name: str) -> str:
    return next((value for key, value in _headers(message, only=name)), "")


def _headers(message: EmailMessage, *, only: str = "") -> Iterator[tuple[str, str]]:
    for name in message.keys() if not only else [only]:
        try:
            value = str(message[name] or "")
        except Exception:  # the parser of the standard library raises many kinds on alien headers
            value = ""
        if value:
            yield name, "".join(c for c in value if c.isprintable())[:998]


def _part(message: EmailMessage, kind: str) -> str:
    try:
        body = message.get_body(preferencelist=(kind,))
        if body is None:
            return ""
        raw = body.get_payload(decode=True)
        if not isinstance(raw, bytes):
            return ""
        return _decode(raw, body.get_content_charset() or "utf-8")
    except Exception:  # an alien file is shown as empty, never as a fault of the page
        return ""


def _decode(raw: bytes, charset: str) -> str:
    try:
        return raw.decode(charset, errors="replace")
    except LookupError:
        return raw.decode("utf-8", errors="replace")
