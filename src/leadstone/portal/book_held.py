"""The delivery page of whoever booked a time: when, with whom, where, and the ways to change it."""

from collections.abc import Sequence
from datetime import datetime

from leadstone.domains.bookings import queries
from leadstone.domains.bookings.queries import BookingFacts
from leadstone.domains.bookings.rules import State, may_change
from leadstone.domains.grants.queries import LetterFacts
from leadstone.domains.magnets import queries as magnets
from leadstone.flows.booked import may_choose_again
from leadstone.flows.booking_links import Act, path_of
from leadstone.portal.book_change import shown
from leadstone.wire.pages.held_view import HeldView

STANDING = frozenset({State.WAITING, State.BOOKED})


def held_times(letter: LetterFacts, now: datetime) -> HeldView | None:
    """What is still to come; else the latest. None while the worker has not yet heard that the mailbox was proven."""
    mine = queries.bookings_of_grant(letter.grant_id)
    coming = [each for each in mine if each.state in STANDING and each.ends > now]
    # Who is shown what is held by a form that nobody proved learns what a stranger may have typed.
    proven = [each for each in mine if each.confirmed_at is not None or each.state is State.LAPSED]
    if mine and not proven:
        return None
    told = coming or proven[-1:]
    return HeldView(
        "bookings/held.html",
        {
            "bookings": [_line(each, letter, now=now) for each in told],
            "again": "" if coming else f"{_anew(told, letter)}?lang={letter.language}",
        },
    )


def _anew(told: Sequence[BookingFacts], letter: LetterFacts) -> str:
    """Where another time is chosen: in place of one that came to nothing, else as everybody does."""
    if told and may_choose_again(told[-1]):
        return path_of(Act.AGAIN, told[-1].key)
    return f"/book/{magnets.slugs([letter.version_id])[letter.version_id]}"


def _line(facts: BookingFacts, letter: LetterFacts, *, now: datetime) -> dict[str, str]:
    changes = bool(may_change(facts.state, begins=facts.begins, now=now))
    return shown(facts, language=letter.language) | {
        "move": path_of(Act.MOVE, facts.key) if changes else "",
        "cancel": path_of(Act.CANCEL, facts.key) if changes else "",
        "file": path_of(Act.FILE, facts.key) if changes and facts.agreed else "",
    }
