"""The time that a form holds, as the mail that asks for its proof names it."""

from datetime import datetime

from leadstone.domains.bookings import queries
from leadstone.domains.bookings.rules import State
from leadstone.domains.capture import queries as capture
from leadstone.infra.letterhead.areas.bookings import held_until
from leadstone.wire.pages.areas.bookings.when import clock, in_zone


def held_time(form_id: int | None, *, language: str, now: datetime) -> tuple[str, str] | None:
    """The time in words by the clock that the visitor chose, and until when it is held; None when nothing is held (any more)."""
    form = capture.forms([form_id]).get(form_id) if form_id is not None else None
    facts = queries.booking_of_form(form.ref) if form is not None else None
    if facts is None or facts.state is not State.PENDING or facts.held_until is None or facts.held_until <= now:
        return None
    when = in_zone(facts.begins, facts.ends, zone=facts.zone, language=language)
    return when, held_until(clock(facts.held_until, zone=facts.zone, language=language), language=language)
