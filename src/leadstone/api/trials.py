"""Trials: what the system behind them tells us, and what it may ask."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from leadstone.api.door import KeyWith, Told, holder_of
from leadstone.domains.access.rules import Reader, Scope, Thing
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.leads.queries import facts as leads
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.kinds.trial import terms_of
from leadstone.domains.trials import queries
from leadstone.domains.trials.queries import NoSuchTrial, TrialFacts
from leadstone.domains.trials.rules import State
from leadstone.flows import trial_reports
from leadstone.kernel.money import LARGEST_MINOR, Currency

router = Router(tags=["trials"])
_WRITE = KeyWith(Scope.WRITE_TRIALS)


class TrialOut(Schema):
    """A trial as it stands. `email` only where its terms hand the address over."""

    id: UUID
    state: State
    contact_id: int | None
    lead_id: int | None
    magnet_id: int
    magnet: str
    email: str | None = None
    days: int
    started_at: datetime
    ends_at: datetime
    activated_at: datetime | None
    used_at: datetime | None
    uses: int
    converted_at: datetime | None
    deal_id: int | None


class TokenIn(Told):
    """The `trial_token` of a start link."""

    token: Annotated[str, Field(min_length=1, max_length=200)]


class SaleIn(Told):
    """What they bought for; without an amount it is a conversion and no deal."""

    amount_minor: Annotated[int, Field(ge=0, le=LARGEST_MINOR, description="Grosze, cents …")] | None = None
    currency: Currency = Currency.PLN


@router.post("/start", response=TrialOut, auth=_WRITE, summary="Open a trial by its start link", operation_id="start_trial")
def start(request: HttpRequest, body: TokenIn) -> TrialOut:
    """Somebody came by a start link: which trial is theirs. Works once for each link (`trial_token_used`)."""
    now = timezone.now()
    found = trial_reports.start_by_token(body.token, now=now)
    return _out(_in_reach(found, holder_of(request).reader))


@router.get("/{uuid:trial_id}", response=TrialOut, auth=KeyWith(Scope.READ_TRIALS), summary="A trial", operation_id="get_trial")
def get_trial(request: HttpRequest, trial_id: UUID) -> TrialOut:
    """How a trial stands."""
    return _out(_found(request, trial_id))


@router.post("/{uuid:trial_id}/activated", response=TrialOut, auth=_WRITE, summary="They went in", operation_id="trial_activated")
def activated(request: HttpRequest, trial_id: UUID) -> TrialOut:
    """The account is in use for the first time. Told again it changes nothing; after the end it is refused (`trial_over`)."""
    _found(request, trial_id)
    return _out(trial_reports.went_in(trial_id, now=timezone.now()))


@router.post("/{uuid:trial_id}/used", response=TrialOut, auth=_WRITE, summary="They used it", operation_id="trial_used")
def used(request: HttpRequest, trial_id: UUID) -> TrialOut:
    """They used it once more: counted each time, so name it by an Idempotency-Key."""
    _found(request, trial_id)
    return _out(trial_reports.used(trial_id, now=timezone.now()))


@router.post("/{uuid:trial_id}/converted", response=TrialOut, auth=_WRITE, summary="They bought", operation_id="trial_converted")
def converted(request: HttpRequest, trial_id: UUID, body: SaleIn) -> TrialOut:
    """They bought. With an amount it is a won deal of their lead. Told again in the same words it changes nothing."""
    _found(request, trial_id)
    return _out(trial_reports.bought(trial_id, amount_minor=body.amount_minor, currency=body.currency, now=timezone.now()))


def _found(request: HttpRequest, trial_id: UUID) -> TrialFacts:
    return _in_reach(queries.trial_by_key(trial_id), holder_of(request).reader)


def _in_reach(found: TrialFacts, reader: Reader) -> TrialFacts:
    """Whose lead the key cannot see, whose trial is not there either."""
    lead_id = _lead_of(found)
    if reader.owners(Thing.LEADS) is not None and (lead_id is None or not leads.seen_of([lead_id], reader=reader)):
        raise NoSuchTrial
    return found


def _lead_of(found: TrialFacts) -> int | None:
    return leads.lead_of_exchange(found.contact_id, magnet_id=found.magnet_id) if found.contact_id is not None else None


def _email_of(found: TrialFacts) -> str | None:
    definition = magnets.definitions([found.version_id])[found.version_id]
    mailbox = contacts.mailboxes([found.contact_id or 0]).get(found.contact_id or 0)
    return mailbox.value if mailbox and terms_of(definition).shares_email else None


def _out(found: TrialFacts) -> TrialOut:
    return TrialOut(
        id=found.key,
        state=found.state,
        contact_id=found.contact_id,
        lead_id=_lead_of(found),
        magnet_id=found.magnet_id,
        magnet=found.magnet_title,
        email=_email_of(found),
        days=found.days,
        started_at=found.started_at,
        ends_at=found.ends_at,
        activated_at=found.activated_at,
        used_at=found.used_at,
        uses=found.uses,
        converted_at=found.converted_at,
        deal_id=found.deal_id,
    )
