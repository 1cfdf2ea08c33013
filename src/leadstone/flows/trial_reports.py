"""What the system behind a trial tells us: they went in, they used it, they bought. The same report twice is as once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from leadstone.domains.grants import services as grants
from leadstone.domains.leads.queries import facts as leads
from leadstone.domains.pipeline import services as pipeline
from leadstone.domains.trials import queries, services
from leadstone.domains.trials.queries import TrialFacts
from leadstone.flows.trial_links import read_token
from leadstone.kernel.errors import LeadstoneError
from leadstone.kernel.money import Currency


class TokenUsed(LeadstoneError):
    code = "trial_token_used"
    sentence = "This start link opened an account before; it opens no second one."


@transaction.atomic
def start_by_token(token: str, *, now: datetime) -> TrialFacts:
    """Somebody came by the start link: the trial is theirs from now on, and the token is used up.

    Raises `NoSuchTrial`, `TokenUsed` or `TrialOver`.
    """
    key = read_token(token)
    if key is None:
        raise queries.NoSuchTrial
    if not services.activate(key=key, at=now):
        raise TokenUsed
    _count_use(key, now=now)
    return queries.trial_by_key(key)


@transaction.atomic
def went_in(key: UUID, *, now: datetime) -> TrialFacts:
    """Raises `NoSuchTrial` or `TrialOver`."""
    if services.activate(key=key, at=now):
        _count_use(key, now=now)
    return queries.trial_by_key(key)


@transaction.atomic
def used(key: UUID, *, now: datetime) -> TrialFacts:
    """Raises `NoSuchTrial` or `TrialOver`."""
    if services.note_use(key=key, at=now):
        _count_use(key, now=now)
    return queries.trial_by_key(key)


@transaction.atomic
def bought(key: UUID, *, amount_minor: int | None, currency: Currency, now: datetime) -> TrialFacts:
    """With an amount it is a won deal. Raises `NoSuchTrial`, `TrialOver`, `ConvertedOtherwise` or `NotAnAmount`."""
    fresh = services.convert(key=key, amount_minor=amount_minor, currency=currency, at=now)
    found = queries.trial_by_key(key)
    if fresh and amount_minor and found.contact_id is not None:
        lead_id = leads.lead_of_exchange(found.contact_id, magnet_id=found.magnet_id)
        if lead_id is not None:
            deal_id = pipeline.record_deal(
                lead_id=lead_id, amount_minor=amount_minor, currency=currency, title=found.magnet_title, by=None, now=now
            )
            services.note_deal(key=key, deal_id=deal_id)
    return queries.trial_by_key(key)


def _count_use(key: UUID, *, now: datetime) -> None:
    """The promise is kept now, and whether it was is asked from now on."""
    grant_id = queries.trial_by_key(key).grant_id
    if grant_id is not None:
        grants.note_used([grant_id], at=now)
