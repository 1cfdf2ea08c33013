"""What a list of bookings shows."""

from dataclasses import dataclass
from enum import StrEnum

from leadstone.domains.bookings.rules import State


class When(StrEnum):
    AHEAD = "ahead"
    OVER = "over"
    ALL = "all"


class Order(StrEnum):
    SOONEST = "soonest"
    LATEST = "latest"
    NEWEST = "newest"  # booked last


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingFilter:
    state: State | None = None
    host_id: int | None = None
    when: When = When.AHEAD
    order: Order = Order.SOONEST
