"""Where a name leads: its IPv4 and IPv6 addresses (RFC 1035, RFC 3596)."""

from dns.exception import DNSException
from dns.resolver import NXDOMAIN, NoAnswer, Resolver

SECONDS = 5.0


class AddressLookup:
    """One resolver, kept; made when it is first needed, because reading the system's configuration costs time."""

    def __init__(self, *, nameservers: list[str] | None = None, port: int = 53, seconds: float = SECONDS) -> None:
        self._nameservers = nameservers
        self._port = port
        self._seconds = seconds
        self._resolver: Resolver | None = None

    def addresses(self, name: str) -> tuple[str, ...] | None:
        """IPv4 first; empty when the name does not exist or has no address, None when the DNS did not answer."""
        found: list[str] = []
        silent = False
        for kind in ("A", "AAAA"):
            try:
                found += [record.to_text() for record in self._ready().resolve(name + ".", kind, search=False)]
            except (NXDOMAIN, NoAnswer):
                continue
            except DNSException:
                silent = True
        return None if silent and not found else tuple(found)

    def _ready(self) -> Resolver:
        if self._resolver is None:
            self._resolver = Resolver(configure=self._nameservers is None)
            if self._nameservers is not None:
                self._resolver.nameservers = list(self._nameservers)
                self._resolver.port = self._port
            self._resolver.lifetime = self._seconds
        return self._resolver
