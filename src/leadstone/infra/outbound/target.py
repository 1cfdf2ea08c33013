"""What an address says, read so strictly that no two programs could read it differently."""

import re
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import AddressValueError, IPv4Address, IPv6Address

LONGEST_ADDRESS = 2000
LONGEST_NAME = 253

Address = IPv4Address | IPv6Address


class Refusal(StrEnum):
    """Why we do not ask this address at all."""

    NOT_AN_ADDRESS = "not_an_address"
    SCHEME = "scheme"  # neither http nor https
    USER = "user"  # a user name or password before the host
    HOST = "host"  # a spelling that programs read in different ways, or a name that is only known at home
    PORT = "port"
    PRIVATE = "private"  # leads into a network that is not the public one


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect and what to ask for. `literal` is the address when the host is written as one."""

    scheme: str
    host: str  # lower case; an IPv6 address without its brackets
    port: int
    path: str  # with the query, never empty
    literal: Address | None = None

    @property
    def authority(self) -> str:
        """The Host header: the port only where it is not the scheme's own (RFC 9110, 7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


PORTS = {"http": 80, "https": 443}

# Printable ASCII without what RFC 3986 does not allow in an address; a backslash is a slash to some programs.
_CHARACTERS = re.compile(r"[!#-;=?-\[\]_a-z~]+", re.IGNORECASE)
_PARTS = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*)://(?P<authority>[^/?#]*)(?P<path>[^#]*)", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?P<host>\[[^\[\]]*\]|[^\[\]:]*)(?::(?P<port>[0-9]{1,5}))?")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
# Names that never belong to a public server (RFC 6761, 6762, 7686, 8375, 9476; "internal": ICANN, 2024).
_HOME_NAMES = {"localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "arpa", "onion", "alt", "invalid"}


def read_target(address: str) -> Target | Refusal:
    """The target that `address` names, or why it names none. Says nothing about where the name leads."""
    parts = _PARTS.match(address) if len(address) <= LONGEST_ADDRESS and _CHARACTERS.fullmatch(address) else None
    if parts is None:
        return Refusal.NOT_AN_ADDRESS
    scheme = parts["scheme"].lower()
    if scheme not in PORTS:
        return Refusal.SCHEME
    path = parts["path"]
    return _in_authority(parts["authority"], scheme=scheme, path=path if path.startswith("/") else f"/{path}")


def _in_authority(text: str, *, scheme: str, path: str) -> Target | Refusal:
    if "@" in text:
        return Refusal.USER
    authority = _AUTHORITY.fullmatch(text)
    if authority is None:
        return Refusal.HOST
    port = authority["port"] or str(PORTS[scheme])
    if port.startswith("0") or not 1 <= int(port) <= 65535:
        return Refusal.PORT
    host = authority["host"].lower()
    literal = _literal(host)
    if literal is None and not _is_public_name(host):
        return Refusal.HOST
    return Target(scheme=scheme, host=str(literal) if literal else host, port=int(port), path=path, literal=literal)


def _literal(host: str) -> Address | None:
    """An address in its one usual spelling: no octal, no hexadecimal, no short form, no zone."""
    try:
        if host.startswith("["):
            return IPv6Address(host[1:-1]) if "%" not in host else None
        return IPv4Address(host)
    except AddressValueError:
        return None


def _is_public_name(host: str) -> bool:
    """At least two labels, and the last one a word: "0x7f.1" and "2130706433" are addresses to some programs."""
    labels = host.split(".")
    if len(host) > LONGEST_NAME or len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        return False
    return labels[-1][0].isalpha() and labels[-1] not in _HOME_NAMES
