"""Handing parcels to a mail server over one persistent connection (RFC 5321)."""

import contextlib
import re
import smtplib
import ssl
from collections.abc import Callable

from leadstone.infra.mail.message import Parcel
from leadstone.infra.mail.outcome import WITHHELD, Fate, Outcome, read_answer
from leadstone.infra.mail.url import MailUrl, Security

CONNECT_SECONDS = 15.0
COMMAND_SECONDS = 60
ANSWER_SECONDS = 180  # a server may scan the text before it answers
MESSAGES_PER_CONNECTION = 500  # servers dislike endless ones

_BARE_DOT = re.compile(rb"(?m)^\.")


class _LineDown(Exception):
    """The server cannot be used now; nothing of the message has travelled."""

    def __init__(self, because: str) -> None:
        super().__init__(because)
        self.because = because


class SmtpLine:
    """One connection to a mail server, opened when needed and kept.

    The outcome never guesses: once the text has begun to travel and no answer came, it is UNKNOWN.
    """

    def __init__(self, url: MailUrl, *, tls: ssl.SSLContext | None = None, command_seconds: float = COMMAND_SECONDS) -> None:
        self._url = url
        self._tls = tls
        self._command_seconds = command_seconds
        self._smtp: smtplib.SMTP | None = None
        self._carried = 0

    def hand_over(self, parcel: Parcel, *, may_send: Callable[[], bool]) -> Outcome:
        """See `Line.hand_over`. Raises nothing that a network or a server can cause."""
        try:
            smtp, refused = self._envelope(parcel)
        except _LineDown as down:
            return Outcome(Fate.LATER, down.because, line_down=True)
        if refused:
            return refused
        if not may_send():
            self._reset(smtp)
            return WITHHELD
        return self._text(smtp, parcel)

    def close(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                smtp.quit()
            smtp.close()

    def _envelope(self, parcel: Parcel) -> tuple[smtplib.SMTP, Outcome | None]:
        """MAIL and RCPT; a kept connection that turns out to be dead is replaced once, since nothing was said on it."""
        kept = self._smtp is not None
        try:
            return self._say_envelope(parcel)
        except (OSError, smtplib.SMTPException) as trouble:
            self._drop()
            if not kept:
                raise _LineDown(_name_of(trouble)) from trouble
        try:
            return self._say_envelope(parcel)
        except (OSError, smtplib.SMTPException) as trouble:
            self._drop()
            raise _LineDown(_name_of(trouble)) from trouble

    def _say_envelope(self, parcel: Parcel) -> tuple[smtplib.SMTP, Outcome | None]:
        smtp = self._connected()
        options = []
        if parcel.needs_smtputf8:
            if not smtp.has_extn("smtputf8"):
                return smtp, Outcome(Fate.FAILED, "no_smtputf8")
            smtp.command_encoding = "utf-8"
            options = ["SMTPUTF8", "BODY=8BITMIME"]
        code, text = smtp.mail(parcel.envelope_from, options)
        if code != 250:
            self._reset(smtp)
            # A refused sender is our own trouble and not the recipient's: wait until somebody has mended it.
            return smtp, Outcome(Fate.LATER, f"sender {read_answer(code, text).because}", line_down=True)
        code, text = smtp.rcpt(parcel.envelope_to)
        if code not in (250, 251):
            self._reset(smtp)
            return smtp, _not_sent(code, text)
        return smtp, None

    def _text(self, smtp: smtplib.SMTP, parcel: Parcel) -> Outcome:
        try:
            code, text = smtp.docmd("DATA")
        except (OSError, smtplib.SMTPException) as trouble:
            # No 354 was seen, so not a byte of the message has left.
            self._drop()
            return Outcome(Fate.LATER, _name_of(trouble), line_down=True)
        if code != 354:
            self._reset(smtp)
            return _not_sent(code, text)
        try:
            if smtp.sock is not None:
                smtp.sock.settimeout(ANSWER_SECONDS)
            smtp.send(_BARE_DOT.sub(b"..", parcel.data) + (b".\r\n" if parcel.data.endswith(b"\r\n") else b"\r\n.\r\n"))
            code, text = smtp.getreply()
            if smtp.sock is not None:
                smtp.sock.settimeout(self._command_seconds)
        except (OSError, smtplib.SMTPException) as trouble:
            self._drop()
            return Outcome(Fate.UNKNOWN, _name_of(trouble))
        self._carried += 1
        if code == 421 or self._carried >= MESSAGES_PER_CONNECTION:
            self.close()
        return read_answer(code, text)

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is None:
            self._smtp = self._connect()
            self._carried = 0
        return self._smtp

    def _connect(self) -> smtplib.SMTP:
        url = self._url
        smtp: smtplib.SMTP
        if url.security is Security.FROM_START:
            smtp = smtplib.SMTP_SSL(url.host, url.port, timeout=CONNECT_SECONDS, context=self._tls or self._context())
        else:
            smtp = smtplib.SMTP(url.host, url.port, timeout=CONNECT_SECONDS)
        try:
            smtp.ehlo_or_helo_if_needed()
            self._secure(smtp)
            if url.user:
                self._sign_in(smtp)
            if smtp.sock is not None:
                smtp.sock.settimeout(self._command_seconds)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _secure(self, smtp: smtplib.SMTP) -> None:
        if self._url.security is Security.FROM_START:
            return
        if smtp.has_extn("starttls"):
            smtp.starttls(context=self._tls or self._context())
            smtp.ehlo()
        elif self._url.security is Security.REQUIRED:
            raise smtplib.SMTPNotSupportedError("STARTTLS is not offered, and a password must not travel in the clear")

    def _sign_in(self, smtp: smtplib.SMTP) -> None:
        try:
            smtp.login(self._url.user, self._url.password)
        except smtplib.SMTPServerDisconnected as ended:
            # Some servers hang up instead of saying no to the next mechanism.
            raise _LineDown("sign_in_refused") from ended

    def _context(self) -> ssl.SSLContext:
        """Certificates are verified (add your own authority by SSL_CERT_FILE), unless encryption is a bonus (RFC 7435)."""
        context = ssl.create_default_context()
        if self._url.security is Security.WHEN_OFFERED:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context

    def _reset(self, smtp: smtplib.SMTP) -> None:
        try:
            smtp.rset()
        except (OSError, smtplib.SMTPException):
            self._drop()

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def _not_sent(code: int, text: bytes) -> Outcome:
    """A refusal before the text: an odd 2xx or 3xx here is no success either."""
    outcome = read_answer(code, text)
    return Outcome(Fate.LATER, str(code)) if outcome.fate is Fate.SENT else outcome


def _name_of(trouble: Exception) -> str:
    """A short word for a network trouble; the server's own sentence may name a person, so it is not kept."""
    words: tuple[tuple[type[Exception], str], ...] = (
        (smtplib.SMTPAuthenticationError, "sign_in_refused"),
        (smtplib.SMTPNotSupportedError, "no_starttls"),
        (smtplib.SMTPServerDisconnected, "disconnected"),
        (smtplib.SMTPResponseException, "server_refused"),
        (ssl.SSLError, "tls_failed"),
        (ConnectionRefusedError, "connection_refused"),
        (TimeoutError, "timed_out"),
        (OSError, "unreachable"),
    )
    if isinstance(trouble, smtplib.SMTPServerDisconnected) and isinstance(trouble.__context__, TimeoutError):
        return "timed_out"  # smtplib reports a silent server as a lost one
    return next((word for kind, word in words if isinstance(trouble, kind)), "protocol_error")
