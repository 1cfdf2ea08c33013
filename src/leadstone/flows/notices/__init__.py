"""Notices to people about what they asked for: one composer a kind of message, and their table.

A message's `facts` are ids only; its words are made here, when it leaves, in the reader's language.
"""

from collections.abc import Mapping

from leadstone.domains.delivery.rules import BOOKING_TO_HOST, CODES_LOW
from leadstone.flows.notices import bookings, codes, promises
from leadstone.flows.notices.desk import Compose, Desk

__all__ = ["NOTICES", "Compose", "Desk"]

NOTICES: Mapping[str, Compose] = {
    promises.QUESTION: promises.question,
}
    bookings.BOOKING: bookings.booking_letter,
    BOOKING_TO_HOST: bookings.host_letter,
