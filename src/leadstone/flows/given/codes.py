"""Whoever proved their mailbox gets a code; whoever comes when all are gone is told so, and gets one of the next."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from leadstone.domains.codes import queries, services
from leadstone.domains.codes.events import CodesAdded
from leadstone.domains.delivery.services.queueing import MessageRequest, queue_messages
from leadstone.domains.grants import queries as grants
from leadstone.domains.grants.queries import LetterFacts
from leadstone.domains.grants.rules import STANDING
from leadstone.domains.magnets import queries as magnets
from leadstone.flows.notices.codes import CODE_GIVEN
from leadstone.wire.code_terms import read_terms

SERVED_AT_ONCE = 500


@transaction.atomic
def give_codes(asked: Sequence[LetterFacts], now: datetime) -> None:
    """A code each, and a letter with it; once, however often it is asked."""
    magnet_ids = magnets.magnet_ids({letter.version_id for letter in asked})
    for letter in asked:
        pool_id = services.open_pool(magnet_ids[letter.version_id], now=now)
        _serve_line(pool_id, now=now)
        if not _give(letter, pool_id=pool_id, now=now):
            services.wait_for_code(pool_id=pool_id, contact_id=letter.contact_id, grant_id=letter.grant_id, now=now)


@transaction.atomic
def serve_waiting(events: Sequence[CodesAdded], /, *, now: datetime) -> None:
    """The reaction to more codes: who waited longest comes first."""
    for pool_id in {event.pool_id for event in events}:
        _serve_line(pool_id, now=now)


def _serve_line(pool_id: int, *, now: datetime) -> None:
    waiting = queries.waiting_people(pool_id, limit=SERVED_AT_ONCE)
    letters = grants.letter_facts(waiting.values()) if waiting else {}
    for contact_id, grant_id in waiting.items():
        letter = letters.get(grant_id)
        if letter is None or letter.state not in STANDING:
            # They undid the exchange, or were forgotten, while they waited.
            services.leave_line(pool_id=pool_id, contact_id=contact_id)
        elif not _give(letter, pool_id=pool_id, now=now):
            return


def _give(letter: LetterFacts, *, pool_id: int, now: datetime) -> bool:
    supply = read_terms(letter.definition.settings).supply
    code_id = services.claim_code(
        pool_id=pool_id, contact_id=letter.contact_id, version_id=letter.version_id, supply=supply, now=now
    )
    if code_id is not None:
        queue_messages([_letter(letter, code_id)], now=now)
    return code_id is not None


def _letter(letter: LetterFacts, code_id: int) -> MessageRequest:
    return MessageRequest(
        effect_key=f"code:{code_id}:{letter.contact_id}",
        kind=CODE_GIVEN,
        contact_id=letter.contact_id,
        to_address=letter.address,
        address_hash=letter.address_hash,
        language=letter.language,
        facts={"grant_id": letter.grant_id, "code_id": code_id},
    )
