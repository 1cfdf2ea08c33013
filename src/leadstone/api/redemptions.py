"""Codes in a shop's till or checkout: is this one good, take it for an order, give it back. A code never stands in an address."""

from datetime import date, datetime
from typing import Annotated
from uuid import uuid4

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from leadstone.api.door import KeyWith, Told, holder_of
from leadstone.api.problems import Problem
from leadstone.domains.access.rules import Scope
from leadstone.domains.codes import queries
from leadstone.domains.codes.queries import CodeFacts, RedemptionFacts
from leadstone.domains.codes.rules import LONGEST_CODE, Door, Refusal, is_mistyped, may_redeem, may_show
from leadstone.domains.leads.queries import facts as leads
from leadstone.flows.codes_redeemed import redeem_code, take_back_redemption
from leadstone.kernel.money import LARGEST_MINOR, Currency
from leadstone.wire.code_terms import Benefit

router = Router(tags=["redemptions"], auth=KeyWith(Scope.REDEEM_CODES))

TITLES = {
    Refusal.MISTYPED: "One character of this code is wrong.",
    Refusal.UNKNOWN: "There is no such code.",
    Refusal.NOT_GIVEN_OUT: "Nobody was given this code.",
    Refusal.NOT_YET: "This code does not count yet.",
    Refusal.EXPIRED: "This code is past its last day.",
    Refusal.USED_UP: "This code is used up.",
    Refusal.AMOUNT_MISSING: "There is a smallest order for this code: send the amount.",
    Refusal.TOO_SMALL: "The order is too small for this code.",
    Refusal.ANOTHER_NOW: "This request named another code before.",
}

Code = Annotated[
    str, Field(min_length=1, max_length=2 * LONGEST_CODE, description="As typed: case, spaces and hyphens do not matter.")
]
Amount = Annotated[int, Field(ge=1, le=LARGEST_MINOR, description="Of the order, in grosze, cents …")]


class OrderIn(Told):
    """A code and the order that it is for."""

    code: Code
    amount_minor: Amount | None = None
    currency: Currency | None = Field(None, description="Refused when the code is worth something in another one.")


class TermsOut(Schema):
    """What a code gives, and when."""

    benefit: Benefit
    percent: int
    amount_minor: int
    currency: Currency
    applies_to: str
    minimum_minor: int
    uses: int = Field(description="For how many orders; 0: as often as they like.")
    valid_from: date | None
    valid_until: date | None = Field(description="The last day, by the clock of `zone`.")
    zone: str


class CheckOut(Schema):
    """Whether a code counts now. `because` names the refusal; without an amount the smallest order is not looked at."""

    counts: bool
    because: Refusal | None
    magnet_id: int | None
    magnet: str | None
    used: int
    terms: TermsOut | None


class RedemptionOut(Schema):
    """An order for which a code was taken. With an amount it is a won deal of the lead behind the code."""

    id: int
    magnet_id: int
    magnet: str
    number: int = Field(description="Which order with this code.")
    at: datetime
    amount_minor: int | None
    currency: Currency
    lead_id: int | None
    deal_id: int | None
    taken_back_at: datetime | None


@router.post("/check", response=CheckOut, summary="Is this code good?", operation_id="check_code")
def check(request: HttpRequest, body: OrderIn) -> CheckOut:
    """Changes nothing. It is a POST so that no code stands in an address or a log."""
    found = queries.find_code(body.code)
    if found is None:
        because = Refusal.MISTYPED if is_mistyped(body.code) else Refusal.UNKNOWN
        return CheckOut(counts=False, because=because, magnet_id=None, magnet=None, used=0, terms=None)
    _same_currency(found, body.currency)
    now = timezone.now()
    ask = may_show(found.facts, now=now)
    if ask and body.amount_minor is not None:
        ask = may_redeem(found.facts, amount_minor=body.amount_minor, now=now)
    return CheckOut(
        counts=bool(ask),
        because=Refusal(str(ask.because)) if ask.because else None,
        magnet_id=found.magnet_id,
        magnet=found.magnet_title,
        used=found.used,
        terms=_terms(found) if found.claimed_at else None,
    )


@router.post("", response={201: RedemptionOut}, summary="Take a code for an order", operation_id="redeem_code")
def redeem(request: HttpRequest, body: OrderIn) -> Status[RedemptionOut]:
    """Takes the code, once however many ask at once. With an Idempotency-Key a repeat gets the first answer."""
    found = queries.find_code(body.code)
    if found is not None:
        _same_currency(found, body.currency)
    taken = redeem_code(body.code, amount_minor=body.amount_minor, door=Door.API, by=None, nonce=uuid4(), now=timezone.now())
    if taken.redemption is None:
        raise _refused(Refusal(str(taken.decision.because)))
    return Status(201, _out(request, taken.redemption))


@router.post(
    "/{int:redemption_id}/take-back", response=RedemptionOut, summary="Give it back", operation_id="take_back_redemption"
)
def take_back(request: HttpRequest, redemption_id: int) -> RedemptionOut:
    """The order was cancelled within ten minutes: the code counts again, and the sale is gone. Told again it changes nothing.

    A sale that somebody has worked with since stays, and the answer still names it in `deal_id`.
    """
    known = queries.redemption(redemption_id)
    if known.taken_back_at is None and take_back_redemption(redemption_id, now=timezone.now()) is None:
        raise Problem(409, "redemption_too_old", "This was redeemed too long ago to be taken back.")
    return _out(request, queries.redemption(redemption_id))


def _same_currency(found: CodeFacts, currency: Currency | None) -> None:
    if currency is not None and currency is not found.terms.currency:
        detail = f"It counts in {found.terms.currency.value}."
        raise Problem(422, "code_other_currency", "This code counts in another currency.", detail=detail)


def _refused(because: Refusal) -> Problem:
    status = {Refusal.UNKNOWN: 404, Refusal.USED_UP: 409, Refusal.ANOTHER_NOW: 409}.get(because, 422)
    code = "no_such_code" if because is Refusal.UNKNOWN else f"code_{because.value}"
    return Problem(status, code, TITLES[because])


def _terms(found: CodeFacts) -> TermsOut:
    terms = found.terms
    return TermsOut(
        benefit=terms.benefit,
        percent=terms.percent,
        amount_minor=terms.amount_minor,
        currency=terms.currency,
        applies_to=terms.applies_to,
        minimum_minor=terms.minimum_minor,
        uses=terms.uses,
        valid_from=terms.valid_from,
        valid_until=terms.valid_until,
        zone=terms.zone,
    )


def _out(request: HttpRequest, facts: RedemptionFacts) -> RedemptionOut:
    """Whose lead the key cannot see, whose lead is not named."""
    lead_id = leads.lead_of_exchange(facts.contact_id, magnet_id=facts.magnet_id) if facts.contact_id is not None else None
    seen = lead_id is not None and bool(leads.seen_of([lead_id], reader=holder_of(request).reader))
    return RedemptionOut(
        id=facts.redemption_id,
        magnet_id=facts.magnet_id,
        magnet=facts.magnet_title,
        number=facts.number,
        at=facts.at,
        amount_minor=facts.amount_minor,
        currency=Currency(facts.currency),
        lead_id=lead_id if seen else None,
        deal_id=facts.deal_id if seen else None,
        taken_back_at=facts.taken_back_at,
    )
