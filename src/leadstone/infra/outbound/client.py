"""One request to somebody else's server, with everything that may become of it as a value."""

import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from ipaddress import ip_address

import httpcore
import httpx

from leadstone import __version__
from leadstone.infra.outbound.line import Clock, OneAddress
from leadstone.infra.outbound.networks import Networks
from leadstone.infra.outbound.target import Address, Refusal, Target, read_target

# Name → its addresses; empty when there is no such name, None when the DNS did not answer.
Resolve = Callable[[str], Sequence[str] | None]

# A name with a hundred addresses is no reason to knock a hundred times.
_ADDRESSES_TRIED = 3


class Trouble(StrEnum):
    """Why an address that may be asked gave no answer."""

    NO_SUCH_NAME = "no_such_name"
    DNS_SILENT = "dns_silent"
    UNREACHABLE = "unreachable"
    TIME_OVER = "time_over"
    BROKE_OFF = "broke_off"  # hung up in the middle, or did not speak HTTP
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True)
class Caps:
    """How long one request may take in all, and how much of an answer is read."""

    seconds: float = 10.0
    answer_bytes: int = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answered:
    """The server's own answer; 3xx too, for nothing is followed. `complete` is False when more came than was read."""

    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Refused:
    """We did not ask."""

    because: Refusal


@dataclass(frozen=True, slots=True)
class Failed:
    """We asked, or tried to; nobody knows whether the other side heard it all."""

    because: Trouble


Result = Answered | Refused | Failed


@dataclass(slots=True)
class Outbound:
    """The client. `resolve` is the only thing that it must be handed; `tls` replaces the public authorities in tests."""

    resolve: Resolve
    networks: Networks = field(default_factory=Networks)
    tls: Callable[[], ssl.SSLContext] = httpx.create_ssl_context

    def send(
        self, method: str, address: str, *, headers: Mapping[str, str] | None = None, body: bytes = b"", caps: Caps | None = None
    ) -> Result:
        """Ask once. Never raises for anything that the address or the other side does."""
        limits = caps or Caps()
        target = read_target(address)
        if isinstance(target, Refusal):
            return Refused(target)
        clock = Clock(limits.seconds)
        addresses = self._checked(target)
        if not isinstance(addresses, tuple):
            return addresses
        result: Result = Failed(Trouble.UNREACHABLE)
        for each in addresses[:_ADDRESSES_TRIED]:
            result = _Attempt(target, each, clock, self.tls).ask(method, headers or {}, body, limits.answer_bytes)
            # The next address only where the first one never listened: what may have been heard is not said twice.
            if result != Failed(Trouble.UNREACHABLE):
                return result
        return result

    def _checked(self, target: Target) -> tuple[Address, ...] | Refused | Failed:
        """Every address that the name has, all of them fit to be asked; looked up once."""
        if target.literal is not None:
            addresses: tuple[Address, ...] = (target.literal,)
        else:
            found = self.resolve(target.host)
            if not found:
                return Failed(Trouble.DNS_SILENT if found is None else Trouble.NO_SUCH_NAME)
            addresses = tuple(ip_address(text) for text in found)
        # One bad address among good ones is a trap, not an accident.
        if not all(self.networks.may_reach(each) for each in addresses):
            return Refused(Refusal.PRIVATE)
        if not all(self.networks.may_ask(target.port, at=each) for each in addresses):
            return Refused(Refusal.PORT)
        return addresses


@dataclass
class _Attempt:
    target: Target
    address: Address
    clock: Clock
    tls: Callable[[], ssl.SSLContext]

    def ask(self, method: str, headers: Mapping[str, str], body: bytes, most_bytes: int) -> Result:
        # The origin keeps its name: TLS asks for it (SNI) and checks the certificate against it.
        origin = httpcore.Origin(self.target.scheme.encode(), self.target.host.encode(), self.target.port)
        backend = OneAddress(self.address, self.clock)
        secure = self._secure if self.target.scheme == "https" else None
        try:
            with httpcore.HTTPConnection(origin, ssl_context=secure, http2=False, network_backend=backend) as connection:
                request = httpcore.Request(method, self._url, headers=self._headers(headers, body), content=body)
                return _read(connection.handle_request(request), most_bytes)
        except httpcore.TimeoutException:
            return Failed(Trouble.TIME_OVER)
        except httpcore.ConnectError as wrong:
            return Failed(Trouble.CERTIFICATE if isinstance(wrong.__cause__, ssl.SSLError) else Trouble.UNREACHABLE)
        except (httpcore.NetworkError, httpcore.RemoteProtocolError):
            return Failed(Trouble.BROKE_OFF)

    @cached_property
    def _secure(self) -> ssl.SSLContext:
        return self.tls()

    @property
    def _url(self) -> httpcore.URL:
        target = self.target
        return httpcore.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)

    def _headers(self, given: Mapping[str, str], body: bytes) -> list[tuple[bytes, bytes]]:
        ours = {
            "host": self.target.authority,
            "user-agent": f"Leadstone/{__version__}",
            "accept-encoding": "identity",
            "connection": "close",
            "content-length": str(len(body)),
        }
        every = {name.lower(): value for name, value in given.items()} | ours
        return [(name.encode("ascii"), value.encode("ascii")) for name, value in every.items()]


def _read(response: httpcore.Response, most_bytes: int) -> Answered:
    try:
        body = bytearray()
        for chunk in response.iter_stream():
            body += chunk
            if len(body) > most_bytes:
                break
    finally:
        response.close()
    return Answered(
        status=response.status,
        headers={name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers},
        body=bytes(body[:most_bytes]),
        complete=len(body) <= most_bytes,
    )
