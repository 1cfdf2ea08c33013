"""A code is taken for an order, and taken back when that was a mistake."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from leadstone.domains.codes import queries
from leadstone.domains.codes.models import Code, Redemption
from leadstone.domains.codes.queries.finding import lookup_of
from leadstone.domains.codes.rules import UNDO_WITHIN, Door, Refusal, is_mistyped, may_redeem
from leadstone.kernel.decision import YES, Decision
from leadstone.kernel.errors import LeadstoneError
from leadstone.kernel.money import LARGEST_MINOR


class NotAnAmount(LeadstoneError):
    code = "not_an_amount"
    sentence = "This is not an amount of money."


@dataclass(frozen=True, slots=True)
class Redeemed:
    """What came of it. `again`: the same press came twice, and this is what became of the first."""

    decision: Decision
    redemption_id: int | None = None
    again: bool = False


@transaction.atomic
def redeem(text: str, *, amount_minor: int | None, door: Door, by: int | None, nonce: UUID, now: datetime) -> Redeemed:
    """Take a code for an order. The same `nonce` is the same press, however often it comes. Raises `NotAnAmount`."""
    if amount_minor is not None and not 0 < amount_minor <= LARGEST_MINOR:
        raise NotAnAmount
    # Whoever presses at the same moment waits here, so that one of them wins.
    row = Code.objects.select_for_update().filter(lookup=lookup_of(text)).first()
    if row is None:
        return Redeemed(Decision(False, Refusal.MISTYPED if is_mistyped(text) else Refusal.UNKNOWN))
    before = Redemption.objects.filter(nonce=nonce).first()
    if before is not None:
        same = before.code_id == row.pk and before.amount_minor == amount_minor
        return Redeemed(YES, before.pk, again=True) if same else Redeemed(Decision(False, Refusal.ANOTHER_NOW))
    found = queries.code(row.pk)
    decision = may_redeem(found.facts, amount_minor=amount_minor, now=now)
    if not decision:
        return Redeemed(decision)
    made = Redemption(
        code=row,
        number=_next_number(row.pk),
        nonce=nonce,
        at=now,
        door=door.value,
        by_id=by,
        amount_minor=amount_minor,
        currency=found.terms.currency.value,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        # The same press for two codes at the same moment: nothing but the nonce can collide here.
        return Redeemed(Decision(False, Refusal.ANOTHER_NOW))
    return Redeemed(YES, made.pk)


@transaction.atomic
def take_back(redemption_id: int, *, now: datetime) -> bool:
    """Undo a redemption a moment after it: the code counts again. False when it was undone before, or too long ago.

    The sale is left to the caller, who says with `forget_deal` when it is gone too.
    """
    fresh = Redemption.objects.filter(pk=redemption_id, taken_back_at=None, at__gte=now - UNDO_WITHIN)
    return fresh.update(taken_back_at=now) == 1


@transaction.atomic
def note_deal(redemption_id: int, *, deal_id: int) -> None:
    """The sale that a redemption became."""
    Redemption.objects.filter(pk=redemption_id).update(deal_id=deal_id)


@transaction.atomic
def forget_deal(redemption_id: int) -> None:
    """The sale of a redemption is gone."""
    Redemption.objects.filter(pk=redemption_id).update(deal_id=None)


def _next_number(code_id: int) -> int:
    """The first number that is not taken: one that was taken back is free again."""
    taken = set(Redemption.objects.filter(code_id=code_id, taken_back_at=None).values_list("number", flat=True))
    return next(number for number in range(1, len(taken) + 2) if number not in taken)
