"""Names of hosts whose pages may show our forms."""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

LONGEST_HOST = 253  # RFC 1035 §2.3.4
MOST_HOSTS = 100  # they stand in a header of every frame

_NAME = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
# Letters that browsers keep (UTS 46, "deviation characters") and Python's older rules change: another host would be meant.
_KEPT_BY_BROWSERS = frozenset("ßς\u200c\u200d")
_OWN_MACHINE = re.compile(r"(?:localhost|127\.0\.0\.1)(?::([1-9][0-9]{0,4}))?")


class HostError(StrEnum):
    """Why a text is no host whose pages could be allowed."""

    EMPTY = "empty"
    WHOLE_ADDRESS = "whole_address"  # https://… or a path; `instead` is the host in it
    PORT = "port"  # only a developer's own machine may have one
    NOT_A_HOST = "not_a_host"


@dataclass(frozen=True, slots=True)
class ReadHost:
    """`host` as browsers write it, or why there is none."""

    host: str = ""
    error: HostError | None = None
    instead: str = ""  # what was probably meant


def read_host(text: str) -> ReadHost:
    """A host as somebody typed it: "www.Firma.pl", "żółw.pl", "localhost:3000"."""
    typed = text.strip().lower().rstrip(".")
    if not typed:
        return ReadHost(error=HostError.EMPTY)
    if "/" in typed:
        return ReadHost(error=HostError.WHOLE_ADDRESS, instead=_host_in(typed))
    own = _OWN_MACHINE.fullmatch(typed)
    if own:
        return ReadHost(typed) if int(own[1] or 1) < 65536 else ReadHost(error=HostError.PORT)
    name, colon, _port = typed.partition(":")
    plain = _ascii(name)
    if not plain:
        return ReadHost(error=HostError.NOT_A_HOST)
    return ReadHost(error=HostError.PORT, instead=plain) if colon else ReadHost(plain)


def _host_in(address: str) -> str:
    try:
        return _ascii(urlsplit(address if "//" in address else f"//{address}").hostname or "")
    except ValueError:
        return ""


def _ascii(name: str) -> str:
    """The name as it stands in headers, "" when it is none, or one that only its `xn--` spelling tells without doubt."""
    if not _KEPT_BY_BROWSERS.isdisjoint(name):
        return ""
    try:
        plain = name.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return plain if len(plain) <= LONGEST_HOST and _NAME.fullmatch(plain) else ""
