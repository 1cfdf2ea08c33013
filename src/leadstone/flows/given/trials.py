"""Whoever proved their mailbox begins their trial, and the system that opens the account is told so."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from leadstone.domains.grants.queries import LetterFacts
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.kinds.trial import terms_of
from leadstone.domains.trials import services
from leadstone.domains.webhooks.rules import EventKind
from leadstone.flows.hooks.trials import tell_trial


@transaction.atomic
def give_trials(asked: Sequence[LetterFacts], now: datetime) -> None:
    """A trial each, once; whoever had theirs is not told anew, and finds it as it stands."""
    magnet_ids = magnets.magnet_ids({letter.version_id for letter in asked})
    for letter in asked:
        terms = terms_of(letter.definition)
        trial_id = services.start(
            services.Wish(
                contact_id=letter.contact_id,
                magnet_id=magnet_ids[letter.version_id],
                version_id=letter.version_id,
                grant_id=letter.grant_id,
                days=terms.days,
                zone=terms.zone,
                remind_days=terms.remind_days,
                endpoint_key=UUID(terms.endpoint) if terms.endpoint else None,
            ),
            now=now,
        )
        if trial_id is not None:
            tell_trial(EventKind.TRIAL_STARTED, trial_id, now=now)
