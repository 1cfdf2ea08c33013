"""Links of a booking, to move it, call it off or choose again: signed, each for one booking and purpose; a POST acts."""

import hmac
from enum import StrEnum
from uuid import UUID

from leadstone.domains.bookings import queries
from leadstone.domains.bookings.queries import BookingFacts
from leadstone.infra.blind_index import blind_index

_MARK = 40  # hex digits: 160 bits


class Act(StrEnum):
    """What a link is for; the second word of its address."""

    MOVE = "move"
    CANCEL = "cancel"
    AGAIN = "again"  # also where the offer is over: who holds it came in time
    FILE = "calendar"


def path_of(act: Act, key: UUID) -> str:
    """The address of a booking's link on our own host. Always the same, so that a page that only shows it stores nothing."""
    return f"/book/{act.value}/{key.hex}{_mark(act, key.hex)}"


def booking_behind(act: Act, token: str) -> BookingFacts | None:
    """The booking that a link of this purpose opens; None for a link that we did not sign."""
    key, mark = token[:32], token[32:]
    if not token.isascii() or len(mark) != _MARK or not hmac.compare_digest(mark, _mark(act, key)):
        return None
    return queries.booking_by_key(UUID(hex=key))


def _mark(act: Act, key: str) -> str:
    return blind_index(key, purpose=f"booking {act.value}")[:_MARK]
