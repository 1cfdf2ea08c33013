"""How mail leaves, read from one address line."""

from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from leadstone.kernel.errors import LeadstoneError


class BadMailUrl(LeadstoneError):
    code = "bad_mail_url"
    sentence = "The mail address line is not understood: {problem}."


class Security(StrEnum):
    """When the connection to the mail server is encrypted."""

    WHEN_OFFERED = "when_offered"  # STARTTLS if the server knows it (RFC 3207)
    REQUIRED = "required"  # STARTTLS or nothing; a password never travels in the clear
    FROM_START = "from_start"  # TLS before the first word (RFC 8314)


@dataclass(frozen=True, slots=True)
class MailUrl:
    """A mail server to hand messages over to."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)


_PORTS = {"smtp": 587, "smtps": 465}


def read_mail_url(text: str) -> MailUrl | None:
    """The server that `text` names; None when it is empty, which means the local mailbox.

    `smtp://[user:password@]host[:587]` uses STARTTLS when offered, and insists on it when a password is given;
    `smtps://…[:465]` is encrypted from the start. Raises `BadMailUrl`.
    """
    if not text.strip():
        return None
    parts = urlsplit(text.strip())
    if parts.scheme not in _PORTS:
        raise BadMailUrl(problem="it begins with smtp:// or smtps://")
    try:
        port = parts.port or _PORTS[parts.scheme]
    except ValueError as wrong:
        raise BadMailUrl(problem="the port is a number up to 65535") from wrong
    if not parts.hostname:
        raise BadMailUrl(problem="the host is missing")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailUrl(
        host=parts.hostname, port=port, security=_security(parts.scheme, password=password), user=user, password=password
    )


def _security(scheme: str, *, password: str) -> Security:
    if scheme == "smtps":
        return Security.FROM_START
    return Security.REQUIRED if password else Security.WHEN_OFFERED
