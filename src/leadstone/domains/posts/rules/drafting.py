"""A post to begin with, made of what the magnet says of itself."""

from collections.abc import Mapping

from leadstone.domains.posts.rules import Network
from leadstone.wire.definition import MagnetDefinition

# As many characters as a network shows, less a line for the address; X counts any address as 23.
ROOM: Mapping[Network, int] = {Network.X: 250, Network.PINTEREST: 450}
USUAL_ROOM = 1_500


def drafted(definition: MagnetDefinition, network: Network) -> str:
    """Title, promise and what is inside, as much of it as the network shows; nothing is cut within a sentence."""
    room = ROOM.get(network, USUAL_ROOM)
    inside = "\n".join(f"• {point}" for point in definition.points)
    text = definition.title
    for part in (definition.promise, inside):
        if part and len(text) + len(part) + 2 <= room:
            text = f"{text}\n\n{part}"
    return text
