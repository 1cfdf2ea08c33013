"""Places of limited magnets: who stands in line hears it, and whoever is first gets what comes back."""

from collections.abc import Sequence
from datetime import datetime

from leadstone.domains.grants import queries as grants
from leadstone.domains.grants.events import ExchangeEnded, PlaceAwaited, PlaceFreed
from leadstone.domains.grants.services import places
from leadstone.domains.magnets.events import MagnetPublished
from leadstone.flows.notices.availability import PLACE_AWAITED, PLACE_FREED
from leadstone.flows.notices_queued import queue_grant_notices


def places_freed(events: Sequence[ExchangeEnded], /, *, now: datetime) -> None:
    """The reaction to exchanges that ended: their places go to who waits."""
    places.fill_places(grants.magnets_of({event.grant_id for event in events}), now=now)


def places_added(events: Sequence[MagnetPublished], /, *, now: datetime) -> None:
    """The reaction to a new version: there may be more places now."""
    places.fill_places({event.magnet_id for event in events}, now=now)


def tell_in_line(events: Sequence[PlaceAwaited], /, *, now: datetime) -> None:
    """The reaction to mailboxes that were proven too late for a place."""
    queue_grant_notices(PLACE_AWAITED, {f"line:{e.grant_id}": {"grant_id": e.grant_id} for e in events}, now=now)


def tell_served(events: Sequence[PlaceFreed], /, *, now: datetime) -> None:
    """The reaction to places that came back to who waited for them."""
    queue_grant_notices(PLACE_FREED, {f"place:{e.grant_id}": {"grant_id": e.grant_id} for e in events}, now=now)
