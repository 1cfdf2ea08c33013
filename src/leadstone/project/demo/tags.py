"""What a colleague of the demo company calls the people whom he met; what their answers say is in `quiz_takers`."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from leadstone.domains.contacts import queries as contacts
from leadstone.domains.contacts import services as people

BY_HAND: Mapping[str, tuple[str, ...]] = {
    "b.lis@termomax.example": ("Targi Gdańsk",),
    "ingrid@northwind-homes.example": ("Targi Gdańsk", "English"),
    "d.zak@instal-bud.example": ("Targi Gdańsk", "Instalator"),
    "lucja.stepien@poczta.example.org": ("Targi Gdańsk", "Starszy dom"),
}


def tags_by_hand(*, by: int, now: datetime) -> None:
    """Written down the week after the fair."""
    known = contacts.contact_ids_by_address(list(BY_HAND))
    for address, names in BY_HAND.items():
        for name in names:
            people.add_tag(known[address], name=name, by=by, now=now - timedelta(days=12))
