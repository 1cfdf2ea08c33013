"""What becomes of a parcel, what moves a stock, and who has had theirs already."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

LABEL_LINES_LONGEST = 60


class ParcelState(StrEnum):
    WAITING = "waiting"  # the stock was out when the mailbox was proven: in line
    RESERVED = "reserved"  # one of the stock is theirs
    PACKED = "packed"  # its label was printed
    SENT = "sent"
    RETURNED = "returned"  # it came back: the address is to be mended
    ADDRESS = "address"  # nobody knows where to: the form said nothing that the mailbox vouches for
    HOUSEHOLD = "household"  # one went to this household already
    CANCELLED = "cancelled"  # undone, erased


OPEN = frozenset({ParcelState.WAITING, ParcelState.RESERVED, ParcelState.PACKED, ParcelState.RETURNED, ParcelState.ADDRESS})
# One of the stock is set aside for these.
HOLDING = frozenset({ParcelState.RESERVED, ParcelState.PACKED})
# These keep a household from getting a second one.
COUNTED = frozenset({ParcelState.WAITING, ParcelState.RESERVED, ParcelState.PACKED, ParcelState.SENT, ParcelState.RETURNED})

MOVES: Mapping[ParcelState, frozenset[ParcelState]] = {
    ParcelState.WAITING: frozenset({ParcelState.RESERVED, ParcelState.CANCELLED}),
    ParcelState.RESERVED: frozenset({ParcelState.PACKED, ParcelState.SENT, ParcelState.CANCELLED}),
    ParcelState.PACKED: frozenset({ParcelState.RESERVED, ParcelState.SENT, ParcelState.CANCELLED}),
    # RESERVED again: marked as sent by mistake.
    ParcelState.SENT: frozenset({ParcelState.RESERVED, ParcelState.RETURNED, ParcelState.CANCELLED}),
    # What came back lies on the shelf again; once the address is mended it waits for the post like any other.
    ParcelState.RETURNED: frozenset({ParcelState.SENT, ParcelState.RESERVED, ParcelState.WAITING, ParcelState.CANCELLED}),
    ParcelState.ADDRESS: frozenset({ParcelState.RESERVED, ParcelState.WAITING, ParcelState.HOUSEHOLD, ParcelState.CANCELLED}),
    ParcelState.HOUSEHOLD: frozenset({ParcelState.RESERVED, ParcelState.WAITING, ParcelState.CANCELLED}),
    ParcelState.CANCELLED: frozenset(),
}


def may_move(now_at: ParcelState, to: ParcelState) -> bool:
    """Whether a parcel may go from one state straight to another."""
    return to in MOVES[now_at]


def origins_of(to: ParcelState) -> frozenset[ParcelState]:
    """The states from which a parcel may come to `to`."""
    return frozenset(origin for origin, targets in MOVES.items() if to in targets)


class MovementKind(StrEnum):
    """What moves a stock. On hand and reserved change as `effect_of` says."""

    RECEIVED = "received"
    RESERVED = "reserved"
    RELEASED = "released"
    SENT = "sent"
    TAKEN_BACK = "taken_back"  # marked as sent by mistake: it is on the shelf after all
    RETURNED = "returned"
    LOST = "lost"
    CORRECTED = "corrected"  # counted anew


# What staff enter by hand; the others follow from what happens to parcels.
BY_HAND = (MovementKind.RECEIVED, MovementKind.LOST, MovementKind.CORRECTED)


@dataclass(frozen=True, slots=True)
class Effect:
    """By how much a movement changes what lies on the shelf, and what of it is set aside."""

    on_hand: int
    reserved: int


def effect_of(kind: MovementKind, quantity: int) -> Effect:
    """The effect of a movement of `quantity`, which is negative only where a count corrects downwards."""
    return {
        MovementKind.RECEIVED: Effect(quantity, 0),
        MovementKind.RETURNED: Effect(quantity, 0),
        MovementKind.CORRECTED: Effect(quantity, 0),
        MovementKind.LOST: Effect(-quantity, 0),
        MovementKind.RESERVED: Effect(0, quantity),
        MovementKind.RELEASED: Effect(0, -quantity),
        MovementKind.SENT: Effect(-quantity, -quantity),
        MovementKind.TAKEN_BACK: Effect(quantity, quantity),
    }[kind]


class StockRefusal(StrEnum):
    NOT_A_QUANTITY = "not_a_quantity"
    BELOW_RESERVED = "below_reserved"  # fewer would be there than are promised to somebody


class Carrier(StrEnum):
    """Who takes parcels; `TRACKING` knows where they tell how far one is."""

    POCZTA_POLSKA = "poczta_polska"
    INPOST = "inpost"
    DPD = "dpd"
    DHL = "dhl"
    GLS = "gls"
    UPS = "ups"
    OTHER = "other"


TRACKING: Mapping[Carrier, str] = {
    Carrier.POCZTA_POLSKA: "https://emonitoring.poczta-polska.pl/?numer={number}",
    Carrier.INPOST: "https://inpost.pl/sledzenie-przesylek?number={number}",
    Carrier.DPD: "https://tracktrace.dpd.com.pl/parcelDetails?typ=1&p1={number}",
    Carrier.DHL: "https://www.dhl.com/pl-pl/home/tracking.html?tracking-id={number}",
    Carrier.GLS: "https://gls-group.com/PL/pl/sledzenie-paczek/?match={number}",
    Carrier.UPS: "https://www.ups.com/track?tracknum={number}",
}
LONGEST_TRACKING = 40


def tracking_number(text: str) -> str | None:
    """What may be a carrier's number: letters, digits and hyphens, without the spaces that people put between; None otherwise."""
    plain = "".join(text.split()).upper()
    fits = len(plain) <= LONGEST_TRACKING and all(c.isascii() and (c.isalnum() or c == "-") for c in plain)
    return plain if fits else None


def tracking_url(carrier: str, number: str) -> str:
    """Where a parcel can be followed; "" where nobody tells."""
    return TRACKING[Carrier(carrier)].format(number=number) if number and carrier in TRACKING else ""


def due_on(reserved_at: datetime, *, within_days: int) -> datetime:
    """Until when a parcel is promised to leave."""
    return reserved_at + timedelta(days=within_days)


def kept_in_time(*, due_at: datetime | None, sent_on: date | None) -> bool | None:
    """Whether it left when it was promised to, by the day; None while it has not left."""
    return None if sent_on is None or due_at is None else sent_on <= due_at.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a parcel goes, as the person wrote it."""

    name: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""

    @property
    def complete(self) -> bool:
        return bool(self.street.strip() and self.postcode.strip() and self.city.strip())


def masked(address: Address) -> str:
    """Enough for its owner to know it again, and for nobody else: "P… 1…, 00-549 Warszawa"."""
    hidden = " ".join(f"{word[0]}…" for word in address.street.split()[:4] if word)
    return f"{hidden}, {address.postcode} {address.city}".strip(", ")


class ParcelOrder(StrEnum):
    """How the queue is sorted."""

    DUE = "due"  # what must leave first
    NEWEST = "newest"
    NAME = "name"
    CITY = "city"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelFilter:
    """Which parcels a list shows. `states` empty: all."""

    states: tuple[ParcelState, ...] = ()
    magnet_id: int | None = None
    search: str = ""
    order: ParcelOrder = ParcelOrder.DUE
