"""Places of limited magnets: as many as there are, each given once, then in line by the moment of the proof."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import count, islice
from uuid import UUID

from django.db import transaction

from leadstone.domains.grants.events import MailboxConfirmed, PlaceAwaited, PlaceFreed
from leadstone.domains.grants.models import Grant, PlaceList
from leadstone.domains.grants.rules import GrantState
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.queries import Limits
from leadstone.infra.outbox import services as outbox


def lock_places(grant_keys: Collection[UUID]) -> Mapping[int, Limits]:
    """Magnet id → its limits, for the limited magnets of these grants; nobody else hands out their places until the end of the
    transaction. Taken before the rows of the grants, as everybody does, so that no two wait for each other."""
    return _locked(set(Grant.objects.filter(key__in=grant_keys).values_list("magnet_id", flat=True)))


def seat(asking: Sequence[Grant], *, limits: Mapping[int, Limits], now: datetime) -> list[Grant]:
    """Who of those who have just proven their mailbox may have what they asked for; the others come into line.

    Nobody passes who has waited longer. The rows are told their place; saving their state is the caller's.
    """
    limited = [row for row in asking if row.magnet_id in limits and row.version_id in limits[row.magnet_id].versions]
    turned_away: list[Grant] = []
    for magnet_id in sorted({row.magnet_id for row in limited}):
        free = _serve_line(magnet_id, limits[magnet_id], now=now)
        newcomers = [row for row in limited if row.magnet_id == magnet_id and row.place is None]
        for row in newcomers:
            row.place = next(free, None)
        turned_away += [row for row in newcomers if row.place is None]
    for row in turned_away:
        row.state, row.waiting_since = GrantState.WAITING.value, row.waiting_since or now
    Grant.objects.bulk_update(limited, ["place", "state", "waiting_since"])
    outbox.record(*(PlaceAwaited(grant_id=row.pk) for row in turned_away), at=now)
    return [row for row in asking if row not in turned_away]


@transaction.atomic
def fill_places(magnet_ids: Collection[int], *, now: datetime) -> None:
    """Give places that became free to whoever is first in line: after an undo, or when there are more now. Twice is as once."""
    for magnet_id, limits in _locked(magnet_ids).items():
        _serve_line(magnet_id, limits, now=now)


def _serve_line(magnet_id: int, limits: Limits, *, now: datetime) -> Iterator[int]:
    """Serve who waits; returns the numbers of the places that are free after that."""
    free = _free_places(magnet_id, limits)
    line = Grant.objects.select_for_update().filter(magnet_id=magnet_id, state=GrantState.WAITING.value, contact__isnull=False)
    if not line.exists():
        return free
    served = []
    for row in line.order_by("waiting_since", "pk"):
        row.place = next(free, None)
        if row.place is None:
            break
        row.state = (GrantState.DELIVERED if row.delivered_at else GrantState.OPENED).value
        row.opened_at = row.opened_at or now
        served.append(row)
    Grant.objects.bulk_update(served, ["place", "state", "opened_at"])
    for row in served:
        assert row.contact_id is not None  # narrowed by the query
        outbox.record(MailboxConfirmed(contact_id=row.contact_id, grant_id=row.pk), PlaceFreed(grant_id=row.pk), at=now)
    return free


def _free_places(magnet_id: int, limits: Limits) -> Iterator[int]:
    """Numbers of places that nobody has, from the first; without end where the number was lifted."""
    rows = Grant.objects.filter(magnet_id=magnet_id, place__isnull=False)
    taken = set(rows.values_list("place", flat=True))
    numbers = (number for number in count(1) if number not in taken)
    # A number that was lowered takes nothing from anybody, and gives nothing either.
    return numbers if limits.cap is None else islice(numbers, max(0, limits.cap - len(taken)))


def _locked(magnet_ids: Collection[int]) -> dict[int, Limits]:
    limits = magnets.limits(magnet_ids)
    for magnet_id in sorted(limits):
        PlaceList.objects.get_or_create(magnet_id=magnet_id)
    list(PlaceList.objects.select_for_update().filter(magnet_id__in=limits).order_by("magnet_id"))
    return dict(sorted(limits.items()))
