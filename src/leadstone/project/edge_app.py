"""The edge as granian loads it: the environment read, the public door built. No Django here, and no database."""

from urllib.parse import urlsplit

from leadstone.edge.app import EdgeApp
from leadstone.edge.settings import EdgeSettings, LimitSettings, read_networks
from leadstone.edge.visitor import is_within
from leadstone.project.environment import Environment, environment
from leadstone.wire.journal import journal_file
from leadstone.wire.pages.pages import STATIC

LOOPBACK = read_networks("127.0.0.0/8,::1/128")


def edge_settings(given: Environment) -> EdgeSettings:
    """What the edge needs to know of the environment; raises the setting's own mistake."""
    return EdgeSettings(
        folder=given.folder,
        journal=journal_file(given.journal_url, default=given.folder.journal),
        static=STATIC,
        public_url=given.public_url,
        portal_url=f"http://127.0.0.1:{given.studio_port}",
        trusted_proxies=read_networks(given.trusted_proxies),
        limits=LimitSettings(lifted=LOOPBACK if _is_tried_at_home(given.public_url) else ()),
    )


def _is_tried_at_home(public_url: str) -> bool:
    """Whether the public address is this very machine: then what comes from it is its owner's, and no stranger's flood."""
    host = urlsplit(public_url).hostname or ""
    return host == "localhost" or is_within(host, LOOPBACK)


app = EdgeApp(edge_settings(environment()))
