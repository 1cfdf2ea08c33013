"""How many are left of what is limited reaches the edge: every noun that has a number of something reports here.

`REPORTERS` is the table: a noun with a stock of its own adds the query that says how many of it nobody has been promised.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import structlog
from django.conf import settings

from leadstone.domains.codes import queries as codes
from leadstone.domains.grants import queries as grants
from leadstone.domains.shipments import queries as shipments
from leadstone.flows.bundle_published import replace_in_bundle
from leadstone.kernel.events import Event
from leadstone.wire.bundle import Counters
from leadstone.wire.data_folder import DataFolder

log = structlog.get_logger()

Left = Callable[[], Mapping[int, int]]  # magnet id → how many are left, for each magnet that this noun limits

REPORTERS: tuple[Left, ...] = (grants.places_left, shipments.left, codes.left)


def left_of() -> dict[int, int]:
    """Magnet id → how many are left. Where two things limit a magnet, the scarcer one decides."""
    told: dict[int, int] = {}
    for reporter in REPORTERS:
        for magnet_id, left in reporter().items():
            told[magnet_id] = min(left, told.get(magnet_id, left))
    return told


def counters_changed(events: Sequence[Event], /, *, now: datetime) -> None:
    """The reaction to everything that takes one or gives one back."""
    publish_counters(settings.FOLDER)


def publish_counters(folder: DataFolder) -> None:
    """Write `counters.json` as the database has it now; nothing when nothing changed."""
    placed = frozenset(str(key) for key in grants.placed_keys())
    counters = Counters(left={str(pk): left for pk, left in left_of().items()}, placed=placed)
    if replace_in_bundle(folder, "counters.json", counters):
        log.info("counters.published", magnets=len(counters.left))
