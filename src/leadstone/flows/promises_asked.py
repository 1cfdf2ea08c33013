"""People are asked once, days after they got it, whether a promise was kept: where the contract said so, not otherwise."""

from datetime import datetime

from django.db import transaction

from leadstone.domains.consent import queries as consent
from leadstone.domains.delivery.services import queueing as delivery
from leadstone.domains.grants import queries as grants_queries
from leadstone.domains.grants import services as grants
from leadstone.flows.notices.promises import QUESTION
from leadstone.wire.definition import Channel

AT_ONCE = 100


@transaction.atomic
def ask_whether_kept(*, now: datetime) -> int:
    """Queue the question for each grant whose day has come; returns how many were looked at.

    Whoever said no to anything by mail meanwhile is left in peace, although the contract would allow the question.
    """
    due = grants.claim_questions(now=now, limit=AT_ONCE)
    letters = grants_queries.letter_facts(due).values()
    stopped = consent.stops_in_force({letter.address_hash for letter in letters}, channel=Channel.EMAIL)
    delivery.queue_messages(
        [
            delivery.MessageRequest(
                effect_key=f"{QUESTION}:{letter.grant_id}",
                kind=QUESTION,
                contact_id=letter.contact_id,
                to_address=letter.address,
                address_hash=letter.address_hash,
                language=letter.language,
                facts={"grant_id": letter.grant_id},
            )
            for letter in letters
            if letter.proven and letter.address_hash not in stopped
        ],
        now=now,
    )
    return len(due)
