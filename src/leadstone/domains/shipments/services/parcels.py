"""The way of a parcel: opened when a mailbox is proven, set aside, packed, sent, sometimes back again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.kinds.sample import sample_settings
from leadstone.domains.shipments.events import ParcelRefused, StockChanged
from leadstone.domains.shipments.models import Parcel, ServedHousehold
from leadstone.domains.shipments.rules import (
    COUNTED,
    HOLDING,
    Address,
    Carrier,
    MovementKind,
    ParcelState,
    may_move,
)
from leadstone.domains.shipments.services.shelf import lock_stock, move, release, serve_line
from leadstone.infra.blind_index import blind_index
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.ids import new_key
from leadstone.kernel.postal import household


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A grant whose mailbox is proven, and where its parcel is to go."""

    grant_id: int
    contact_id: int
    magnet_id: int
    address: Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How a parcel left."""

    sent_on: date
    carrier: Carrier
    tracking: str = ""


@transaction.atomic
def open_parcels(wanted: Sequence[Wanted], *, now: datetime) -> None:
    """A parcel for each grant, once: set aside, in line, or refused with its reason. Nothing is set aside for unproven ones."""
    by_magnet: dict[int, list[Wanted]] = {}
    for each in wanted:
        by_magnet.setdefault(each.magnet_id, []).append(each)
    for magnet_id, asked in sorted(by_magnet.items()):
        stock = lock_stock(magnet_id)
        known = set(Parcel.objects.filter(grant_id__in=[each.grant_id for each in asked]).values_list("grant_id", flat=True))
        for each in asked:
            if each.grant_id not in known:
                parcel = Parcel(key=new_key(), grant_id=each.grant_id, contact_id=each.contact_id, magnet_id=magnet_id)
                parcel.asked_at, parcel.state = now, ParcelState.ADDRESS.value
                _address(parcel, each.address)
                parcel.save()
                _judge(parcel, now=now)
        serve_line(stock, now=now)
        outbox.record(*_refused(magnet_id, [each.grant_id for each in asked if each.grant_id not in known]), at=now)
        outbox.record(StockChanged(magnet_id=magnet_id), at=now)


@transaction.atomic
def correct_address(parcel_id: int, *, address: Address, now: datetime) -> ParcelState | None:
    """Where it really goes; None when it is gone already. What came back waits for the post again."""
    parcel = _locked([parcel_id])[0] if Parcel.objects.filter(pk=parcel_id).exists() else None
    if parcel is None or parcel.state in {ParcelState.SENT.value, ParcelState.CANCELLED.value}:
        return None
    stock = lock_stock(parcel.magnet_id)
    held = ParcelState(parcel.state) in HOLDING
    _address(parcel, address)
    if held and not _served(parcel):
        parcel.state = ParcelState.RESERVED.value  # a label that was printed names the old address
        parcel.save()
        return ParcelState.RESERVED
    if held:
        parcel.state, parcel.reserved_at, parcel.due_at = ParcelState.HOUSEHOLD.value, None, None
        parcel.save()
        release(stock, parcel=parcel, now=now)
        return ParcelState.HOUSEHOLD
    _judge(parcel, now=now)
    serve_line(stock, now=now)
    outbox.record(StockChanged(magnet_id=parcel.magnet_id), at=now)
    parcel.refresh_from_db()
    return ParcelState(parcel.state)


@transaction.atomic
def mark_packed(parcel_ids: Collection[int], *, now: datetime) -> int:
    """Labels were printed; returns for how many that waited for it."""
    rows = Parcel.objects.filter(pk__in=parcel_ids, state=ParcelState.RESERVED.value)
    return rows.update(state=ParcelState.PACKED.value, packed_at=now)


@transaction.atomic
def mark_sent(sendings: Mapping[int, Sending], *, by: int | None, now: datetime) -> list[int]:
    """Parcel id → how it left; returns those that were there to leave."""
    moved = []
    for parcel in _locked(sendings):
        if ParcelState(parcel.state) not in HOLDING:
            continue
        told = sendings[parcel.pk]
        move(lock_stock(parcel.magnet_id), kind=MovementKind.SENT, quantity=1, parcel=parcel, by=by, now=now)
        parcel.state, parcel.sent_on, parcel.sent_by_id = ParcelState.SENT.value, told.sent_on, by
        parcel.carrier, parcel.tracking, parcel.sendings = told.carrier.value, told.tracking, parcel.sendings + 1
        parcel.save()
        if _remembers(parcel) and parcel.household:
            ServedHousehold.objects.get_or_create(
                magnet_id=parcel.magnet_id, household=parcel.household, defaults={"sent_on": told.sent_on}
            )
        moved.append(parcel.pk)
    return moved


@transaction.atomic
def take_back_sent(parcel_ids: Collection[int], *, by: int | None, now: datetime) -> list[int]:
    """Marked by mistake: they lie on the shelf, set aside as before. Returns those that were marked."""
    moved = []
    for parcel in _locked(parcel_ids):
        if parcel.state != ParcelState.SENT.value:
            continue
        move(lock_stock(parcel.magnet_id), kind=MovementKind.TAKEN_BACK, quantity=1, parcel=parcel, by=by, now=now)
        marks = ServedHousehold.objects.filter(magnet_id=parcel.magnet_id, household=parcel.household)
        marks.filter(sent_on__gte=parcel.sent_on or now.date()).delete()
        parcel.state, parcel.sent_on, parcel.sent_by = ParcelState.RESERVED.value, None, None
        parcel.carrier, parcel.tracking = "", ""
        parcel.save()
        moved.append(parcel.pk)
    return moved


@transaction.atomic
def mark_returned(parcel_id: int, *, usable: bool, by: int | None, now: datetime) -> bool:
    """It came back. `usable`: it may be sent again, and lies on the shelf. False when it had not been sent."""
    for parcel in _locked([parcel_id]):
        if may_move(ParcelState(parcel.state), ParcelState.RETURNED):
            stock = lock_stock(parcel.magnet_id)
            parcel.state, parcel.returned_at = ParcelState.RETURNED.value, now
            parcel.save()
            ServedHousehold.objects.filter(magnet_id=parcel.magnet_id, household=parcel.household).delete()
            if usable:
                move(stock, kind=MovementKind.RETURNED, quantity=1, parcel=parcel, by=by, now=now)
                serve_line(stock, now=now)
                outbox.record(StockChanged(magnet_id=parcel.magnet_id), at=now)
            return True
    return False


@transaction.atomic
def cancel_parcels(grant_ids: Collection[int], *, now: datetime) -> None:
    """These exchanges ended: what was set aside goes back, and where it was to go is forgotten. Twice is as once."""
    ids = Parcel.objects.filter(grant_id__in=grant_ids).values_list("pk", flat=True)
    for parcel in _locked(list(ids)):
        state = ParcelState(parcel.state)
        if may_move(state, ParcelState.CANCELLED) and state is not ParcelState.SENT:
            parcel.state = ParcelState.CANCELLED.value
        _address(parcel, Address())
        parcel.household, parcel.tracking = "", ""
        parcel.save()
        if state in HOLDING:
            release(lock_stock(parcel.magnet_id), parcel=parcel, now=now)
            outbox.record(StockChanged(magnet_id=parcel.magnet_id), at=now)


def _judge(parcel: Parcel, *, now: datetime) -> None:
    """Into line, unless the address says nothing or its household has had one. The stock must be locked."""
    address = _address_of(parcel)
    if not address.complete:
        parcel.state = ParcelState.ADDRESS.value
    elif _served(parcel):
        parcel.state = ParcelState.HOUSEHOLD.value
    else:
        parcel.state = ParcelState.WAITING.value
    parcel.save()


def _served(parcel: Parcel) -> bool:
    same = Parcel.objects.filter(
        magnet_id=parcel.magnet_id, household=parcel.household, state__in=[state.value for state in COUNTED]
    )
    mark = ServedHousehold.objects.filter(magnet_id=parcel.magnet_id, household=parcel.household)
    return bool(parcel.household) and (same.exclude(pk=parcel.pk).exists() or mark.exists())


def _refused(magnet_id: int, grant_ids: Collection[int]) -> list[ParcelRefused]:
    states = (ParcelState.WAITING.value, ParcelState.HOUSEHOLD.value, ParcelState.ADDRESS.value)
    rows = Parcel.objects.filter(magnet_id=magnet_id, grant_id__in=grant_ids, state__in=states).order_by("pk")
    return [ParcelRefused(parcel_id=pk, state=state) for pk, state in rows.values_list("pk", "state")]


def _address(parcel: Parcel, address: Address) -> None:
    """Write down where it goes, and which household that is; a text without an address is nobody's household."""
    parcel.name, parcel.street = address.name[:200], address.street[:120]
    parcel.postcode, parcel.city, parcel.country = address.postcode[:20], address.city[:80], address.country[:60]
    told = household(street=address.street, postcode=address.postcode, city=address.city, country=address.country)
    parcel.household = blind_index(told, purpose="household") if address.complete else ""


def _address_of(parcel: Parcel) -> Address:
    return Address(name=parcel.name, street=parcel.street, postcode=parcel.postcode, city=parcel.city, country=parcel.country)


def _remembers(parcel: Parcel) -> bool:
    """Whether the contract of its magnet says that the household is remembered."""
    definition = magnets.definitions([parcel.grant.version_id])[parcel.grant.version_id]
    return sample_settings(definition).remembers_household


def _locked(parcel_ids: Collection[int]) -> list[Parcel]:
    """The parcels, held until the end; their stocks are locked first, as everybody does, so that no two wait for each other."""
    for magnet_id in sorted(set(Parcel.objects.filter(pk__in=list(parcel_ids)).values_list("magnet_id", flat=True))):
        lock_stock(magnet_id)
    rows = Parcel.objects.select_for_update(of=("self",)).filter(pk__in=list(parcel_ids)).order_by("pk")
    return list(rows)
