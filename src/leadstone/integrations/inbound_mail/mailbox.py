"""A mailbox on an IMAP server (RFC 9051), read in small bites over TLS."""

import imaplib
import re
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from math import inf
from urllib.parse import unquote, urlsplit

import structlog

from leadstone.domains.inbound.rules.letters import MOST_HEAD_BYTES, MOST_LETTER_BYTES
from leadstone.flows.mail_received import Letter, MailboxTrouble
from leadstone.kernel.errors import LeadstoneError

log = structlog.get_logger()

AT_ONCE = 50
LONGEST_SECONDS = 60.0  # one look into the mailbox
ANSWER_SECONDS = 20.0
AFTER_A_FAULT = 1800.0
MOST_PASSED = 20_000  # numbers of letters that are for no door
_PORTS = {"imap": 143, "imaps": 993}
_ATOM = re.compile(r"[A-Za-z0-9.@_+=/-]+")
_SIZE = re.compile(rb"RFC822\.SIZE (\d{1,12})")

Take = Callable[[Letter], object]
IsOurs = Callable[[bytes], bool]


class BadMailboxUrl(LeadstoneError):
    code = "bad_mailbox_url"
    sentence = "LEADSTONE_INBOUND_MAIL_URL is not understood: {problem}."


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxUrl:
    """A mailbox and what opens it. `tls`: before the first word (RFC 8314), else by STARTTLS, and never without."""

    host: str
    port: int
    tls: bool
    user: str
    folder: str
    password: str = field(repr=False)


def read_mailbox_url(text: str) -> MailboxUrl | None:
    """`imaps://user:password@host[:993][/folder]`, or `imap://…[:143]`; None when it is empty. Raises `BadMailboxUrl`."""
    if not text.strip():
        return None
    parts = urlsplit(text.strip())
    if parts.scheme not in _PORTS:
        raise BadMailboxUrl(problem="it begins with imaps:// or imap://")
    try:
        port = parts.port or _PORTS[parts.scheme]
    except ValueError as wrong:
        raise BadMailboxUrl(problem="the port is a number up to 65535") from wrong
    user, password, folder = unquote(parts.username or ""), unquote(parts.password or ""), unquote(parts.path.strip("/"))
    if not parts.hostname or not user or not password:
        raise BadMailboxUrl(problem="it names the host, the user and the password")
    if not f"{user}{password}{folder}".isprintable():
        raise BadMailboxUrl(problem="user, password and folder are one line each")
    if not folder.isascii():
        raise BadMailboxUrl(problem="the folder is written as its server writes it, in modified UTF-7 (RFC 3501, 5.1.3)")
    return MailboxUrl(
        host=parts.hostname, port=port, tls=parts.scheme == "imaps", user=user, password=password, folder=folder or "INBOX"
    )


class ImapMailbox:
    """Used from one thread. It remembers which letters are for nobody here, as long as it lives, and asks for them once."""

    def __init__(
        self, url: MailboxUrl, *, context: ssl.SSLContext | None = None, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._url = url
        self._context = context or ssl.create_default_context()
        self._monotonic = monotonic
        self._passed: dict[bytes, float] = {}  # the number of a letter → when to look at it again
        self._validity: object = None  # of those numbers

    def each_new(self, take: Take, *, is_ours: IsOurs) -> bool:
        """See `leadstone.flows.mail_received.Mailbox`."""
        until = self._monotonic() + LONGEST_SECONDS
        with self._opened() as line:
            now = self._monotonic()
            unseen = _answer(line.uid("SEARCH", "UNSEEN"))[0].split()
            waiting = [uid for uid in unseen if self._passed.get(uid, now) <= now]
            for number, uid in enumerate(waiting):
                if number == AT_ONCE or self._monotonic() > until:
                    return True
                self._offer(line, uid, take, is_ours=is_ours)
        return False

    def _offer(self, line: imaplib.IMAP4, uid: bytes, take: Take, *, is_ours: IsOurs) -> None:
        told, head = _fetched(line, uid, f"(RFC822.SIZE BODY.PEEK[HEADER]<0.{MOST_HEAD_BYTES}>)")
        size = _SIZE.search(told)
        if not is_ours(head) or size is None:
            self._pass_over(uid, seconds=inf)
            return
        fits = int(size[1]) <= MOST_LETTER_BYTES
        letter = Letter(body=_fetched(line, uid, "(BODY.PEEK[])")[1] if fits else head, size=int(size[1]))
        try:
            take(letter)
        except MailboxTrouble:
            raise
        except Exception:
            # It stays unread and comes again; its neighbours come in meanwhile.
            log.exception("inbound_mail.fault")
            self._pass_over(uid, seconds=AFTER_A_FAULT)
            return
        _answer(line.uid("STORE", uid.decode(), "+FLAGS.SILENT", r"(\Seen)"))

    def _pass_over(self, uid: bytes, *, seconds: float) -> None:
        if len(self._passed) >= MOST_PASSED:
            self._passed.clear()
        self._passed[uid] = self._monotonic() + seconds

    def _sign_in(self, line: imaplib.IMAP4) -> None:
        url = self._url
        if url.password.isascii() and _ATOM.fullmatch(url.user):
            line.login(url.user, url.password)
        else:  # LOGIN takes neither an accent nor a space (RFC 4616 takes both)
            line.authenticate("PLAIN", lambda _challenge: f"\0{url.user}\0{url.password}".encode())

    def _select(self, line: imaplib.IMAP4) -> None:
        _answer(line.select(_quoted(self._url.folder)))
        validity = line.response("UIDVALIDITY")[1]
        if validity != self._validity:
            self._passed.clear()
            self._validity = validity

    @contextmanager
    def _opened(self) -> Iterator[imaplib.IMAP4]:
        try:
            line = self._connected()
            try:
                self._sign_in(line)
                self._select(line)
                yield line
            finally:
                with suppress(imaplib.IMAP4.error, OSError):
                    line.logout()
        except (imaplib.IMAP4.error, OSError, EOFError) as wrong:
            # What a server says may repeat the user's name.
            raise MailboxTrouble(type(wrong).__name__) from wrong

    def _connected(self) -> imaplib.IMAP4:
        url = self._url
        if url.tls:
            return imaplib.IMAP4_SSL(url.host, url.port, ssl_context=self._context, timeout=ANSWER_SECONDS)
        line = imaplib.IMAP4(url.host, url.port, timeout=ANSWER_SECONDS)
        try:
            line.starttls(self._context)
        except Exception:
            line.shutdown()
            raise
        return line


def _answer(told: tuple[str, Sequence[object]]) -> list[bytes]:
    status, data = told
    if status != "OK":
        raise imaplib.IMAP4.error
    return [each for each in data if isinstance(each, bytes)] or [b""]


def _fetched(line: imaplib.IMAP4, uid: bytes, what: str) -> tuple[bytes, bytes]:
    """What the server says of one letter beside its bytes, and the bytes."""
    status, data = line.uid("FETCH", uid.decode(), what)
    if status != "OK":
        raise imaplib.IMAP4.error
    pair = next((each for each in data if isinstance(each, tuple)), (b"", b""))
    rest = b" ".join(each for each in data if isinstance(each, bytes))
    return pair[0] + b" " + rest, pair[1]


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'
