"""A notice about what somebody was granted, on its way to their mailbox."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from leadstone.domains.delivery.services import queueing as delivery
from leadstone.domains.grants import queries as grants


def queue_grant_notices(
    kind: str, occasions: Mapping[str, Mapping[str, int]], *, wait: timedelta = timedelta(), now: datetime
) -> None:
    """Queue one notice for each occasion (its effect key → ids, `grant_id` among them). Who is gone is passed over."""
    letters = grants.letter_facts({facts["grant_id"] for facts in occasions.values()})
    delivery.queue_messages(
        [
            delivery.MessageRequest(
                effect_key=effect_key,
                kind=kind,
                contact_id=letter.contact_id,
                to_address=letter.address,
                address_hash=letter.address_hash,
                language=letter.language,
                facts=dict(facts),
                wait=wait,
            )
            for effect_key, facts in occasions.items()
            if (letter := letters.get(facts["grant_id"])) is not None and letter.proven
        ],
        now=now,
    )
