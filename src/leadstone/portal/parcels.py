"""What a token holder sees of a parcel: where it stands, what was promised, and a way to mend the address."""

from datetime import datetime

from leadstone.domains.grants.queries import LetterFacts
from leadstone.domains.magnets.kinds.sample import sample_settings
from leadstone.domains.shipments import queries
from leadstone.domains.shipments.rules import ParcelState, masked, tracking_url
from leadstone.wire.pages.held_view import HeldView

# Until it has left, or when it came back, its owner may say where it goes.
MENDABLE = frozenset(
    {
        ParcelState.WAITING,
        ParcelState.RESERVED,
        ParcelState.PACKED,
        ParcelState.RETURNED,
        ParcelState.ADDRESS,
        ParcelState.HOUSEHOLD,
    }
)


def shown(letter: LetterFacts, now: datetime) -> HeldView | None:
    """The parcel of a grant; None while it is being opened. It counts as given once it has left."""
    parcel = queries.parcel_of_grant(letter.grant_id)
    if parcel is None:
        return None
    settings = sample_settings(letter.definition)
    facts = {
        "state": parcel.state.value,
        "item": settings.item,
        "address": masked(parcel.address),
        "asked_at": parcel.asked_at,
        "due_at": parcel.due_at,
        "late": parcel.sent_on is None and parcel.due_at is not None and parcel.due_at < now,
        "sent_on": parcel.sent_on,
        "in_time": parcel.in_time,
        "carrier": parcel.carrier,
        "tracking": parcel.tracking,
        "tracking_url": tracking_url(parcel.carrier, parcel.tracking),
        "went_on": queries.went_there_on(parcel.parcel_id),
        "place": queries.place_in_line(parcel.parcel_id),
        "mendable": parcel.state in MENDABLE,
    }
    return HeldView("shipments/parcel.html", facts, given=parcel.state is ParcelState.SENT)
