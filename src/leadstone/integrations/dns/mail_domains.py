"""Whether a domain takes mail: MX (RFC 5321 §5), null MX (RFC 7505), and the address records that stand in for a missing MX."""

from dns.exception import DNSException
from dns.resolver import NXDOMAIN, NoAnswer, Resolver

SECONDS = 5.0


class MailDomainLookup:
    """One resolver, kept; made when it is first needed, because reading the system's configuration costs time."""

    def __init__(self, *, nameservers: list[str] | None = None, port: int = 53, seconds: float = SECONDS) -> None:
        self._nameservers = nameservers
        self._port = port
        self._seconds = seconds
        self._resolver: Resolver | None = None

    def takes_mail(self, domain: str) -> bool | None:
        """True or False when the DNS says so; None when it did not answer."""
        try:
            return self._has_mx(domain)
        except NXDOMAIN:
            return False
        except NoAnswer:
            return self._has_address(domain)
        except DNSException:
            return None

    def _has_mx(self, domain: str) -> bool:
        answer = self._ready().resolve(domain, "MX", search=False)
        return any(record.exchange.to_text() != "." for record in answer)

    def _has_address(self, domain: str) -> bool | None:
        for kind in ("A", "AAAA"):
            try:
                self._ready().resolve(domain, kind, search=False)
                return True
            except NXDOMAIN:
                return False
            except NoAnswer:
                continue
            except DNSException:
                return None
        return False

    def _ready(self) -> Resolver:
        if self._resolver is None:
            self._resolver = Resolver(configure=self._nameservers is None)
            if self._nameservers is not None:
                self._resolver.nameservers = list(self._nameservers)
                self._resolver.port = self._port
            self._resolver.lifetime = self._seconds
        return self._resolver
