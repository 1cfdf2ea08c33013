"""A mailbox was proven: the time that was held for it is booked."""

from collections.abc import Sequence
from datetime import datetime

from leadstone.domains.bookings import queries, services
from leadstone.domains.bookings.rules import State
from leadstone.domains.grants.queries import LetterFacts


def give_times(asked: Sequence[LetterFacts], now: datetime) -> None:
    """Book what is held where there is no doubt which: the mail names its form, and what it names was booked before.

    A link that was asked for again names none; it means the only time that is held, or nothing.
    """
    for letter in asked:
        mine = queries.bookings_of_grant(letter.grant_id)
        held = [each.booking_id for each in mine if each.state is State.PENDING]
        if len(held) == 1 and not any(each.confirmed_at for each in mine):
            services.prove(held[0], now=now)
