"""What other screens show of assignment: whose lead it is, how it came to them, and the buttons to pass it on.

On the card of a lead: `hands = panels.hands(request, lead_id=…, owner_id=…, owner_name=…)`, then
`{% include "assignment/_hands.html" %}`. For the day of somebody: `panels.offers(request)` with
`{% include "assignment/_offers.html" %}`, and `panels.open_count(request)`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

from leadstone.domains.access import queries as access
from leadstone.domains.access.rules import Right, may
from leadstone.domains.assignment import queries
from leadstone.domains.assignment.queries import HandOverLine
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads.queries import LeadLine
from leadstone.studio.assignment.words import HandShown, hand_words, open_words
from leadstone.studio.shell.gate import actor, reader


@dataclass(frozen=True, slots=True, kw_only=True)
class HandsShown:
    """Whose lead it is. `offer`: the hand-over that waits for an answer; `mine` decides which buttons stand there."""

    lead_id: int
    owner_id: int | None
    owner_name: str
    mine: bool
    offer: HandOverLine | None
    offer_is_mine: bool
    waits_for: str
    open_because: str
    respond_by: datetime | None
    late: bool
    history: Sequence[HandShown]
    colleagues: Sequence[tuple[int, str]]
    may_work: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferShown:
    """A lead that a colleague handed to the reader, who has not answered yet."""

    lead: LeadLine
    by: str
    note: str
    at: datetime


def hands(request: HttpRequest, *, lead_id: int, owner_id: int | None, owner_name: str) -> HandsShown:
    """Everything that the panel shows about a lead that the reader may see."""
    me = actor(request)
    offer = queries.standing_offer(lead_id)
    clock = leads.clock_of(lead_id)
    running = clock.respond_by if clock.responded_at is None else None
    return HandsShown(
        lead_id=lead_id,
        owner_id=owner_id,
        owner_name=owner_name,
        mine=owner_id == me.pk,
        offer=offer,
        offer_is_mine=offer is not None and offer.owner_id == me.pk,
        waits_for=offer.owner if offer else "",
        open_because=open_words(queries.open_reasons([lead_id]).get(lead_id)) if owner_id is None else "",
        respond_by=running,
        late=running is not None and running < timezone.now(),
        history=[hand_words(line) for line in queries.hand_overs_of(lead_id)],
        colleagues=colleagues(),
        may_work=may(me.role, Right.WORK_LEADS),
    )


def offers(request: HttpRequest) -> list[OfferShown]:
    """What waits for the reader's yes or no, the oldest first."""
    waiting = queries.offered_to(actor(request).pk, reader=reader(request))
    return [OfferShown(lead=lead, by=line.by, note=line.note, at=line.at) for lead, line in waiting]


def open_count(request: HttpRequest) -> leads.Count:
    """How many leads nobody has, counted as far as lists count."""
    return leads.count_unowned(reader=reader(request))


def colleagues() -> list[tuple[int, str]]:
    """Everybody who may work leads: (id, name), by name."""
    return [(one.user_id, one.name) for one in access.staff(active_only=True) if may(one.role, Right.WORK_LEADS)]
