"""A code is taken for an order. With an amount it is a sale: a won deal of the lead behind the code."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from leadstone.domains.codes import queries, services
from leadstone.domains.codes.queries import CodeFacts, RedemptionFacts
from leadstone.domains.codes.rules import Door
from leadstone.domains.leads.queries.facts import lead_of_exchange
from leadstone.domains.pipeline import services as pipeline
from leadstone.kernel.decision import Decision
from leadstone.kernel.money import Currency


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of it; `redemption` is None with a refusal. `again`: the same press came before."""

    decision: Decision
    redemption: RedemptionFacts | None = None
    again: bool = False


class TakenBack(StrEnum):
    """What was undone."""

    ALL = "all"
    BUT_THE_SALE = "but_the_sale"  # somebody has worked with the deal since


@transaction.atomic
def redeem_code(text: str, *, amount_minor: int | None, door: Door, by: int | None, nonce: UUID, now: datetime) -> Taken:
    """Take a code, and keep the sale beside it. Raises `NotAnAmount`."""
    answer = services.redeem(text, amount_minor=amount_minor, door=door, by=by, nonce=nonce, now=now)
    if answer.redemption_id is None:
        return Taken(answer.decision)
    if not answer.again and amount_minor is not None:
        _keep_sale(queries.redemption(answer.redemption_id), amount_minor=amount_minor, by=by, now=now)
    return Taken(answer.decision, queries.redemption(answer.redemption_id), again=answer.again)


@transaction.atomic
def take_back_redemption(redemption_id: int, *, now: datetime) -> TakenBack | None:
    """Undo it a moment after it: the code counts again, and the sale is gone. None when it is too late, or was undone."""
    facts = queries.redemption(redemption_id)
    lead_id = _lead_of(queries.code(facts.code_id))
    if not services.take_back(redemption_id, now=now):
        return None
    if facts.deal_id is None:
        return TakenBack.ALL
    if lead_id is None or not pipeline.take_back_deal(deal_id=facts.deal_id, lead_id=lead_id, now=now):
        return TakenBack.BUT_THE_SALE
    services.forget_deal(redemption_id)
    return TakenBack.ALL


def _keep_sale(facts: RedemptionFacts, *, amount_minor: int, by: int | None, now: datetime) -> None:
    lead_id = _lead_of(queries.code(facts.code_id))
    if lead_id is None:
        return  # whoever had the code was forgotten: the redemption counts, and is nobody's sale
    # Two orders of one amount within seconds are two sales: the number tells them apart.
    title = facts.magnet_title if facts.number == 1 else f"{facts.magnet_title} ({facts.number})"
    deal_id = pipeline.record_deal(
        lead_id=lead_id, amount_minor=amount_minor, currency=Currency(facts.currency), title=title, by=by, now=now
    )
    services.note_deal(facts.redemption_id, deal_id=deal_id)


def _lead_of(code: CodeFacts) -> int | None:
    if code.contact_id is None:
        return None
    return lead_of_exchange(code.contact_id, magnet_id=code.magnet_id)
