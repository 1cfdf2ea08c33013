"""Which networks are the public internet, and which of our own somebody has named."""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network

from leadstone.infra.outbound.target import Address

Network = IPv4Network | IPv6Network

# The IANA registry of special-purpose addresses, multicast, and what clouds answer on towards their own machines.
_NOT_PUBLIC_V4 = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
# Only 2000::/3 is handed out at all (RFC 4291): mapped, translated (NAT64), unique local, link-local and multicast addresses
# lie outside. Within it, 2001::/23 holds Teredo, and 2002::/16 (6to4) hides an IPv4 address.
_PUBLIC_V6 = IPv6Network("2000::/3")
_NOT_PUBLIC_V6 = tuple(
    IPv6Network(text) for text in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)
# Nobody's own network: the metadata service of every cloud is link-local, and a crowd is no server.
_NEVER = tuple(
    ip_network(text) for text in ("0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4", "fe80::/10", "ff00::/8", "::/128")
)


@dataclass(frozen=True, slots=True)
class Networks:
    """The public internet on the ports of the web, and `own` networks on any port."""

    own: tuple[Network, ...] = ()
    ports: frozenset[int] = frozenset({80, 443, 8080, 8443})

    def may_reach(self, address: Address) -> bool:
        return is_public(address) or self.owns(address)

    def may_ask(self, port: int, *, at: Address) -> bool:
        return port in self.ports or self.owns(at)

    def owns(self, address: Address) -> bool:
        return any(address in network for network in self.own) and not any(address in network for network in _NEVER)


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public internet and to one machine there."""
    if address.version == 4:
        return not any(address in network for network in _NOT_PUBLIC_V4)
    return address in _PUBLIC_V6 and not any(address in network for network in _NOT_PUBLIC_V6)


def read_networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Networks in CIDR spelling; raises ValueError for any other."""
    return tuple(ip_network(text.strip()) for text in texts if text.strip())
