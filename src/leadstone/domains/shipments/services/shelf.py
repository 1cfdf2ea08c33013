"""What lies on the shelf: every change is a movement, and nothing is promised twice."""

from datetime import datetime

from django.db import transaction

from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.kinds.sample import sample_settings
from leadstone.domains.shipments.events import ParcelReserved, StockChanged
from leadstone.domains.shipments.models import Movement, Parcel, Stock
from leadstone.domains.shipments.rules import MovementKind, ParcelState, StockRefusal, due_on, effect_of
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.decision import YES, Decision

MOST_AT_ONCE = 1_000_000


@transaction.atomic
def note_by_hand(*, magnet_id: int, kind: MovementKind, quantity: int, note: str, by: int | None, now: datetime) -> Decision:
    """What came in, was lost or was counted anew. Who waits is served from it at once, the first in line first.

    `quantity` of CORRECTED is what was counted on the shelf; the movement says the difference.
    """
    stock = lock_stock(magnet_id)
    change = quantity - stock.on_hand if kind is MovementKind.CORRECTED else quantity
    if not 0 < abs(change) <= MOST_AT_ONCE or quantity < 0:
        return Decision(False, StockRefusal.NOT_A_QUANTITY)
    if stock.on_hand + effect_of(kind, change).on_hand < stock.reserved:
        return Decision(False, StockRefusal.BELOW_RESERVED)
    move(stock, kind=kind, quantity=change, by=by, note=note, now=now)
    serve_line(stock, now=now)
    outbox.record(StockChanged(magnet_id=magnet_id), at=now)
    return YES


def lock_stock(magnet_id: int) -> Stock:
    """The stock of a magnet, held until the end of the transaction; an empty one is begun where there is none."""
    Stock.objects.get_or_create(magnet_id=magnet_id)
    return Stock.objects.select_for_update().get(magnet_id=magnet_id)


def move(
    stock: Stock,
    *,
    kind: MovementKind,
    quantity: int,
    now: datetime,
    parcel: Parcel | None = None,
    by: int | None = None,
    note: str = "",
) -> None:
    """Write one movement down, with what it changes. The stock must be locked."""
    effect = effect_of(kind, quantity)
    stock.on_hand += effect.on_hand
    stock.reserved += effect.reserved
    stock.save(update_fields=["on_hand", "reserved"])
    Movement.objects.create(
        stock=stock, kind=kind.value, quantity=quantity, parcel=parcel, at=now, by_id=by, note=" ".join(note.split())[:200]
    )


def set_aside(stock: Stock, *, parcel: Parcel, now: datetime) -> None:
    """Keep one of the stock for this parcel; the promised days count from now."""
    waited = parcel.asked_at < now
    days = sample_settings(magnets.definitions([parcel.grant.version_id])[parcel.grant.version_id]).within_days
    parcel.state = ParcelState.RESERVED.value
    parcel.reserved_at, parcel.due_at = now, due_on(now, within_days=days)
    parcel.save()
    move(stock, kind=MovementKind.RESERVED, quantity=1, parcel=parcel, now=now)
    outbox.record(ParcelReserved(parcel_id=parcel.pk, waited=waited), at=now)


def release(stock: Stock, *, parcel: Parcel, by: int | None = None, now: datetime) -> None:
    """Put what was set aside for this parcel back, and give it to who waits."""
    move(stock, kind=MovementKind.RELEASED, quantity=1, parcel=parcel, by=by, now=now)
    serve_line(stock, now=now)


def serve_line(stock: Stock, *, now: datetime) -> None:
    """Set aside what is free for who has waited longest."""
    free = stock.on_hand - stock.reserved
    if free > 0:
        line = Parcel.objects.select_for_update().filter(magnet_id=stock.magnet_id, state=ParcelState.WAITING.value)
        for parcel in line.order_by("asked_at", "pk")[:free]:
            set_aside(stock, parcel=parcel, now=now)
