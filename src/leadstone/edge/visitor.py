"""Who asks, as far as the edge wants to know: a network, a language, person or machine. Never a whole address, never a cookie."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from crawlerdetect import CrawlerDetect

from leadstone.edge.settings import Network
from leadstone.kernel.language import Language

# Programs that open links of a mail before its reader does; crawlerdetect looks for search engines.
MAIL_SCANNERS = (
    "barracuda",
    "bitdefender",
    "cloudmark",
    "existence discovery",
    "fireeye",
    "forcepoint",
    "fortinet",
    "googleimageproxy",
    "ironport",
    "messagelabs",
    "mimecast",
    "ms-office",
    "proofpoint",
    "safelinks",
    "skypeuripreview",
    "sophos",
    "spamassassin",
    "symantec",
    "trendmicro",
    "trustwave",
    "urldefense",
    "yahoomailproxy",
    "zscaler",
)

_detector = CrawlerDetect()


@lru_cache(maxsize=4096)
def machine_because(agent: bytes) -> str:
    """Why this User-Agent is a machine's ("nameless", "scanner", "crawler"), or "" for what may be a person."""
    name = agent.decode("latin-1").lower()
    if not name.strip():
        return "nameless"
    if any(scanner in name for scanner in MAIL_SCANNERS):
        return "scanner"
    return "crawler" if _detector.is_crawler(name) else ""


@lru_cache(maxsize=4096)
def preferred_language(accepted: bytes) -> Language | None:
    """The first language that we speak in an Accept-Language header (RFC 9110, 12.5.4), by its weights."""
    wishes: list[tuple[float, int, str]] = []
    for place, wish in enumerate(accepted.decode("latin-1").split(",")[:20]):
        tag, _, weight = wish.partition(";")
        try:
            quality = float(weight.strip().removeprefix("q=")) if weight else 1.0
        except ValueError:
            continue
        if quality > 0:
            wishes.append((-quality, place, tag.strip().split("-")[0].lower()))
    spoken = set(Language)
    return next((Language(tag) for _, _, tag in sorted(wishes) if tag in spoken), None)


@lru_cache(maxsize=16384)
def network_of(address: str) -> str:
    """The /24 or /48 that `address` lies in: all that is ever kept of it; "" for what is no address."""
    ip = _parsed(address)
    if ip is None:
        return ""
    return str(ip_network((ip, 24 if ip.version == 4 else 48), strict=False))


def address_of(peer: str, forwarded_for: bytes, *, trusted: tuple[Network, ...]) -> str:
    """The visitor's address: the peer's, or behind proxies that we trust, the last one that none of them is."""
    if not trusted or not forwarded_for or not _within(peer, trusted):
        return peer
    for hop in reversed(forwarded_for.decode("latin-1").split(",")):
        address = hop.strip()
        if not _within(address, trusted):
            return address
    return peer


@lru_cache(maxsize=4096)
def _within(address: str, networks: tuple[Network, ...]) -> bool:
    ip = _parsed(address)
    return ip is not None and any(ip in network for network in networks)


def is_within(network: str, networks: tuple[Network, ...]) -> bool:
    """Whether a network that `network_of` named lies in one of `networks`."""
    return bool(networks) and _within(network.split("/", maxsplit=1)[0], networks)


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    try:
        ip = ip_address(address.strip("[]"))
    except ValueError:
        return None
    mapped = ip.ipv4_mapped if isinstance(ip, IPv6Address) else None
    return mapped or ip
