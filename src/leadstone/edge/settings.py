"""What the edge is told at its start; `project` makes it from the environment."""

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from leadstone.kernel.errors import LeadstoneError
from leadstone.wire.data_folder import DataFolder

Network = IPv4Network | IPv6Network


class BadNetwork(LeadstoneError):
    code = "bad_network"
    sentence = "LEADSTONE_TRUSTED_PROXIES: {text} is not a network such as 10.0.0.0/8."


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitSettings:
    """How many forms are ordinary in one window. Beyond that a small proof of work is asked for, never silence."""

    window_seconds: int = 600
    network_free: int = 100  # of one /24 or /48: an office, or a lecture hall behind one address
    network_most: int = 1000  # even with proof
    domain_free: int = 100  # of one mail domain that is not a free-mail provider
    all_free: int = 1000  # of everybody together
    without_proof: int = 100  # shared by all who cannot prove (no JavaScript) while it is asked for
    network_codes: int = 60  # six-digit codes typed in one network, right or wrong
    network_bookings: int = 100  # forms that choose, move or call off a time
    device_requests: int = 240  # of one kiosk, or of all unknown ones in one network
    lifted: tuple[Network, ...] = ()  # networks that are not limited: a load test's own machine


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeSettings:
    """Where things are, whom to believe, and how much is too much."""

    folder: DataFolder
    journal: Path
    static: Path  # built assets of the public pages
    public_url: str
    portal_url: str
    trusted_proxies: tuple[Network, ...] = ()
    limits: LimitSettings = LimitSettings()
    least_fill_ms: int = 1500  # people take longer, also with autofill


def read_networks(text: str) -> tuple[Network, ...]:
    """Networks in CIDR notation, separated by commas; raises `BadNetwork` naming the wrong one."""
    networks = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        try:
            networks.append(ip_network(part, strict=False))
        except ValueError as wrong:
            raise BadNetwork(text=part) from wrong
    return tuple(networks)
