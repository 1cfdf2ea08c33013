"""A time is chosen on the page: the form and the held time are one thing, kept together or not at all."""

from collections.abc import Collection
from datetime import datetime
from hashlib import blake2s

from django.db import transaction

from leadstone.domains.bookings import queries, services
from leadstone.domains.bookings.queries import BookingFacts
from leadstone.domains.bookings.rules import Refusal
from leadstone.domains.bookings.rules import may_choose_again as may_be_chosen_again
from leadstone.domains.bookings.services import Held, Wish
from leadstone.domains.capture import queries as capture
from leadstone.domains.capture.rules import ReceivedRecord, is_machine
from leadstone.domains.grants import queries as grants
from leadstone.domains.grants.rules import STANDING, GrantState
from leadstone.domains.magnets import queries as magnets
from leadstone.flows.submissions_received import submissions_received
from leadstone.infra.blind_index import address_hash, blind_index
from leadstone.kernel.address import read_address
from leadstone.kernel.decision import YES, Decision
from leadstone.wire.records import SubmissionReceived

STREAM = "portal"  # what comes in by no journal


@transaction.atomic
def time_chosen(record: SubmissionReceived, *, begins: datetime, zone: str, now: datetime) -> Held:
    """Hold the time and give the form its effects. A refusal keeps neither; a repeated form is what the first one made.

    What only a machine does is kept as every form is, and holds no time; the answer is the same.
    """
    if is_machine(record.suspicion):
        submissions_received([_place(record)], now=now)
        return Held(decision=YES, ref=record.ref)
    address = read_address(record.answers.get("email", ""))
    held = services.hold(
        Wish(
            magnet_id=magnets.magnet_ids([record.version_id])[record.version_id],
            version_id=record.version_id,
            begins=begins,
            zone=zone,
            nonce=record.nonce,
            ref=record.ref,
            address_hash=address_hash(address.key) if address else "",
            network_hash=blind_index(record.network, purpose="network") if record.network else "",
        ),
        now=now,
    )
    if held.booking_id is not None and not held.repeated:
        submissions_received([_place(record)], now=now)
        _belongs(held.booking_id, record)
    return held


@transaction.atomic
def times_proven(refs: Collection[str], *, now: datetime) -> None:
    """The mailbox behind these forms is proven: what they held is booked, or the host is asked.

    Whoever came too late for the last place of a limited offer is in line and told so; their time goes back by itself.
    """
    for facts in queries.bookings(queries.waiting_for_proof(refs)).values():
        grant = grants.grant(facts.grant_id) if facts.grant_id is not None else None
        if grant is None or grant.state is not GrantState.WAITING:
            services.prove(facts.booking_id, now=now)


def may_choose_again(facts: BookingFacts) -> Decision:
    """Whether another time may be chosen in place of this one, though the offer may be over: it is still theirs."""
    grant = grants.grant(facts.grant_id) if facts.grant_id is not None else None
    if grant is None or grant.state not in STANDING:
        return Decision(False, Refusal.OVER)
    return may_be_chosen_again(facts.state, ended_by=facts.ended_by)


@transaction.atomic
def time_chosen_again(facts: BookingFacts, *, begins: datetime, zone: str, now: datetime) -> Decision:
    """The mailbox is proven already: the new time is booked at once, or the host is asked."""
    decision = may_choose_again(facts)
    return services.choose_again(facts.booking_id, to=begins, zone=zone, now=now) if decision else decision


def _belongs(booking_id: int, record: SubmissionReceived) -> None:
    form = capture.submission_by_ref(record.ref)
    if form is None or form.contact_id is None:
        return
    magnet_id = magnets.magnet_ids([record.version_id])[record.version_id]
    for grant in grants.grants_of(form.contact_id):
        if grant.magnet_id == magnet_id and grant.state is not GrantState.UNDONE:
            services.belongs_to(booking_id, contact_id=form.contact_id, grant_id=grant.grant_id)


def _place(record: SubmissionReceived) -> ReceivedRecord:
    """A place that no other record has: the ref is random."""
    number = int.from_bytes(blake2s(record.ref.encode(), digest_size=7).digest())
    return ReceivedRecord(STREAM, number, 0, record)
