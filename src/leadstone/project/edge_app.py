"""The edge as granian loads it: the environment read, the public door built. No Django here, and no database."""

from leadstone.edge.app import EdgeApp
from leadstone.edge.settings import EdgeSettings, read_networks
from leadstone.project.environment import Environment, environment
from leadstone.wire.journal import journal_file
from leadstone.wire.pages.pages import STATIC


def edge_settings(given: Environment) -> EdgeSettings:
    """What the edge needs to know of the environment; raises the setting's own mistake."""
    return EdgeSettings(
        folder=given.folder,
        journal=journal_file(given.journal_url, default=given.folder.journal),
        static=STATIC,
        public_url=given.public_url,
        portal_url=f"http://127.0.0.1:{given.studio_port}",
        trusted_proxies=read_networks(given.trusted_proxies),
    )


app = EdgeApp(edge_settings(environment()))
