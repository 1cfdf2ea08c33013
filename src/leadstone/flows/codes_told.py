"""What is said about codes besides giving them: a list that runs low, and a code that ends soon and was not used."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from leadstone.domains.access import queries as access
from leadstone.domains.codes import queries, services
from leadstone.domains.codes.events import PoolRunsLow
from leadstone.domains.delivery.rules import CODES_LOW
from leadstone.domains.delivery.services.queueing import MessageRequest, queue_messages
from leadstone.domains.grants import queries as grants
from leadstone.domains.grants.queries import LetterFacts
from leadstone.domains.grants.rules import STANDING
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.kind import Step
from leadstone.domains.magnets.kinds import KINDS
from leadstone.flows.notices.codes import CODE_ENDS
from leadstone.wire.code_terms import read_terms
from leadstone.wire.definition import Channel, MagnetDefinition

REMINDED_BEFORE = timedelta(days=3)
# Whoever got the code within so short a time needs no reminder of it.
FRESH = timedelta(days=2)
AT_ONCE = 200

_SPEAKS_OF_IT = re.compile(r"remind|przypom", re.I)


@transaction.atomic
def warn_owner(events: Sequence[PoolRunsLow], /, *, now: datetime) -> None:
    """One mail to whoever made the magnet; the screen of the pool says so too."""
    for event in events:
        pool = queries.pool(event.pool_id)
        owner = access.member(pool.owner_id) if pool.owner_id is not None else None
        if owner is None or not owner.is_active:
            continue
        request = MessageRequest(
            effect_key=f"codes-low:{event.pool_id}:{int(now.timestamp())}",
            kind=CODES_LOW,
            contact_id=None,
            to_address=owner.email,
            address_hash="",  # the limits of visitors are not counted for staff
            language=owner.language,
            facts={"pool_id": event.pool_id},
        )
        queue_messages([request], now=now)


def declares_reminder(definition: MagnetDefinition) -> bool:
    """Whether the exchange announces a reminder by mail as a part of the delivery; without that none is sent."""
    return any(
        step.channel is Channel.EMAIL and step.purpose is None and _SPEAKS_OF_IT.search(step.text)
        for step in definition.contract.next_steps
    )


@transaction.atomic
def remind_of_ends(*, now: datetime) -> int:
    """Queue the one reminder of each code that ends within three days and was not used; returns how many."""
    ending = [version_id for version_id, definition in magnets.all_definitions().items() if _ends_soon(definition, now=now)]
    if not ending:
        return 0
    found = list(queries.unused_codes(ending, claimed_before=now - FRESH, limit=AT_ONCE))
    letters = _letters([each for each in found if services.note_reminded(each[0], now=now)])
    queue_messages([_request(letter, code_id) for code_id, letter in letters.items()], now=now)
    return len(letters)


def _ends_soon(definition: MagnetDefinition, *, now: datetime) -> bool:
    kind = KINDS.get(definition.kind)
    if kind is None or kind.held is not Step.CODE or not declares_reminder(definition):
        return False
    ends_at = read_terms(definition.settings).ends_at
    return ends_at is not None and now < ends_at <= now + REMINDED_BEFORE


def _letters(codes: Sequence[tuple[int, int, int]]) -> dict[int, LetterFacts]:
    """Code id → the standing promise behind it."""
    by_code = {
        code_id: each.grant_id
        for code_id, contact_id, magnet_id in codes
        for each in grants.grants_of(contact_id)
        if each.magnet_id == magnet_id and each.state in STANDING
    }
    facts = grants.letter_facts(by_code.values())
    return {code_id: facts[grant_id] for code_id, grant_id in by_code.items() if grant_id in facts}


def _request(letter: LetterFacts, code_id: int) -> MessageRequest:
    return MessageRequest(
        effect_key=f"code-ends:{code_id}:{letter.contact_id}",
        kind=CODE_ENDS,
        contact_id=letter.contact_id,
        to_address=letter.address,
        address_hash=letter.address_hash,
        language=letter.language,
        facts={"grant_id": letter.grant_id, "code_id": code_id},
    )
