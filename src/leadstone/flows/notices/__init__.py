"""Notices to people about what they asked for: one composer a kind of message, and their table.

A message's `facts` are ids only; its words are made here, when it leaves, in the reader's language.
"""

from collections.abc import Mapping

from leadstone.domains.delivery.rules import BOOKING_TO_HOST, CODES_LOW
from leadstone.flows.notices import availability, bookings, codes, promises, shipments, suppliers, trials
from leadstone.flows.notices.desk import Compose, Desk

__all__ = ["NOTICES", "Compose", "Desk"]

NOTICES: Mapping[str, Compose] = {
    codes.CODE_GIVEN: codes.given,
    codes.CODE_ENDS: codes.ends_soon,
    CODES_LOW: codes.runs_low,
    promises.QUESTION: promises.question,
    bookings.BOOKING: bookings.booking_letter,
    BOOKING_TO_HOST: bookings.host_letter,
    availability.PLACE_AWAITED: availability.awaited,
    availability.PLACE_FREED: availability.freed,
    shipments.PARCEL_SENT: shipments.sent,
    trials.TRIAL_ENDED: trials.ended,
    trials.TRIAL_ENDING: trials.ending,
    shipments.PARCEL_REFUSED: shipments.refused,
    shipments.PARCEL_FREED: shipments.freed,
    shipments.PARCEL_RETURNED: shipments.returned,
    suppliers.DATA_NOTICE: suppliers.told,
}
