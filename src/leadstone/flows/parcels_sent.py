"""Parcels leave and come back: the shelf, the grant and the person hear of it together."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from leadstone.domains.delivery.services import queueing as delivery
from leadstone.domains.grants import queries as grants_queries
from leadstone.domains.grants import services as grants
from leadstone.domains.grants.events import ExchangeEnded
from leadstone.domains.shipments import queries
from leadstone.domains.shipments.events import ParcelRefused, ParcelReserved
from leadstone.domains.shipments.queries import ParcelFacts
from leadstone.domains.shipments.services import parcels
from leadstone.domains.shipments.services.parcels import Sending
from leadstone.flows.notices.shipments import PARCEL_FREED, PARCEL_REFUSED, PARCEL_RETURNED, PARCEL_SENT
from leadstone.flows.notices_queued import queue_grant_notices

# As long as the undo stands on the screen, and then some.
MAY_BE_TAKEN_BACK = timedelta(seconds=60)


@transaction.atomic
def send_parcels(sendings: Mapping[int, Sending], *, by: int | None, now: datetime) -> list[int]:
    """Mark parcels as sent, and tell each person; the letter waits as long as it may be taken back. Returns what left."""
    sent = queries.parcels(parcels.mark_sent(sendings, by=by, now=now))
    keys = {parcel.grant_id: facts.key for parcel in sent if (facts := grants_queries.grant(parcel.grant_id))}
    grants.note_served(dict.fromkeys(keys.values(), now))
    grants.note_used(list(keys), at=now)
    queue_grant_notices(PARCEL_SENT, {_occasion(parcel): _ids(parcel) for parcel in sent}, wait=MAY_BE_TAKEN_BACK, now=now)
    return [parcel.parcel_id for parcel in sent]


@transaction.atomic
def take_back_sent(parcel_ids: Collection[int], *, by: int | None, now: datetime) -> int:
    """They were marked by mistake; returns how many lie on the shelf again. A letter that has left stays true enough: it comes
    again when the parcel really goes."""
    back = queries.parcels(parcels.take_back_sent(parcel_ids, by=by, now=now))
    for parcel in back:
        delivery.take_back_message(_occasion(parcel), now=now)
    grants.take_back_served([parcel.grant_id for parcel in back], now=now)
    return len(back)


@transaction.atomic
def parcel_came_back(parcel_id: int, *, usable: bool, by: int | None, now: datetime) -> bool:
    """The post brought it back: the person is asked for the right address."""
    came = parcels.mark_returned(parcel_id, usable=usable, by=by, now=now)
    parcel = queries.parcel(parcel_id) if came else None
    if parcel is not None:
        queue_grant_notices(PARCEL_RETURNED, {f"parcel:{parcel_id}:back:{parcel.sendings}": _ids(parcel)}, now=now)
    return came


def tell_refused(events: Sequence[ParcelRefused], /, *, now: datetime) -> None:
    """The reaction to parcels that do not leave as things are: the reason, in words, at once."""
    facts = {parcel.parcel_id: parcel for parcel in queries.parcels({event.parcel_id for event in events})}
    occasions = {f"parcel:{pk}:{facts[pk].state.value}": _ids(facts[pk]) for pk in sorted(facts)}
    queue_grant_notices(PARCEL_REFUSED, occasions, now=now)


def tell_reserved(events: Sequence[ParcelReserved], /, *, now: datetime) -> None:
    """The reaction to parcels that were set aside: whoever waited for it is told."""
    waited = queries.parcels({event.parcel_id for event in events if event.waited})
    queue_grant_notices(PARCEL_FREED, {f"parcel:{p.parcel_id}:freed:{p.sendings}": _ids(p) for p in waited}, now=now)


def parcels_cancelled(events: Sequence[ExchangeEnded], /, *, now: datetime) -> None:
    """The reaction to exchanges that ended: nothing leaves any more, and the address is forgotten."""
    parcels.cancel_parcels({event.grant_id for event in events}, now=now)


def _occasion(parcel: ParcelFacts) -> str:
    return f"parcel:{parcel.parcel_id}:sent:{parcel.sendings}"


def _ids(parcel: ParcelFacts) -> dict[str, int]:
    return {"grant_id": parcel.grant_id, "parcel_id": parcel.parcel_id}
