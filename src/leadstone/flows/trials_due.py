"""Trials near their end and past it: a reminder, a notice, and word to other systems."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from leadstone.domains.delivery.services.queueing import MessageRequest, queue_messages
from leadstone.domains.grants import queries as grants
from leadstone.domains.grants.events import ExchangeEnded
from leadstone.domains.trials import queries, services
from leadstone.domains.webhooks.rules import EventKind
from leadstone.flows.hooks.trials import tell_trial
from leadstone.flows.notices.trials import TRIAL_ENDED, TRIAL_ENDING

AT_ONCE = 200


@transaction.atomic
def remind_and_end(*, now: datetime) -> bool:
    """One portion; whether there was anything to do."""
    ended = services.end_due(now=now, limit=AT_ONCE)
    ending = services.claim_reminders(now=now, limit=AT_ONCE)
    for kind, letter, trial_ids in (
        (EventKind.TRIAL_ENDED, TRIAL_ENDED, ended),
        (EventKind.TRIAL_ENDING, TRIAL_ENDING, ending),
    ):
        for trial_id in trial_ids:
            _write(trial_id, letter, now=now)
            tell_trial(kind, trial_id, now=now)
    return bool(ended or ending)


@transaction.atomic
def end_with_exchange(events: Sequence[ExchangeEnded], /, *, now: datetime) -> None:
    """The exchange was undone, or the person forgotten: the account is to be closed."""
    for trial_id in services.undo([event.grant_id for event in events], now=now):
        tell_trial(EventKind.TRIAL_ENDED, trial_id, now=now)


def _write(trial_id: int, letter: str, *, now: datetime) -> None:
    trial = queries.trial(trial_id)
    facts = grants.letter_facts([trial.grant_id]).get(trial.grant_id) if trial and trial.grant_id is not None else None
    if trial is None or facts is None:
        return
    queue_messages(
        [
            MessageRequest(
                effect_key=f"{letter}:{trial.key}",
                kind=letter,
                contact_id=facts.contact_id,
                to_address=facts.address,
                address_hash=facts.address_hash,
                language=facts.language,
                facts={"grant_id": facts.grant_id, "trial_id": trial_id},
            )
        ],
        now=now,
    )
