"""A post that the magnet writes itself: as much as its network shows, and no sentence cut."""

from leadstone.domains.posts.rules import Network
from leadstone.domains.posts.rules.drafting import ROOM, drafted
from leadstone.wire.definition import MagnetDefinition

GUIDE = MagnetDefinition(
    kind="guide", language="pl", title="Pompy ciepła", promise="Wiesz, o co pytać.", points=("Ceny", "Błędy " * 80)
)


def test_it_says_title_promise_and_what_is_inside() -> None:
    assert drafted(GUIDE, Network.FACEBOOK) == f"Pompy ciepła\n\nWiesz, o co pytać.\n\n• Ceny\n• {GUIDE.points[1]}"


def test_what_a_network_has_no_room_for_is_left_out_as_a_whole() -> None:
    text = drafted(GUIDE, Network.X)

    assert text == "Pompy ciepła\n\nWiesz, o co pytać."
    assert len(text) <= ROOM[Network.X]
