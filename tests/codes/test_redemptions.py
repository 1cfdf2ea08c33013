"""A redemption with an amount is a sale of the lead behind the code; undone, it never was one."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from leadstone.domains.access.models import User
from leadstone.domains.codes import queries
from leadstone.domains.codes.models import Redemption
from leadstone.domains.codes.queries import Order, RedemptionFilter
from leadstone.domains.codes.rules import UNDO_WITHIN, Door, Refusal
from leadstone.domains.codes.services.redeeming import NotAnAmount
from leadstone.domains.pipeline import queries as pipeline
from leadstone.domains.pipeline.models import Deal
from leadstone.domains.privacy.services import erase_contact
from leadstone.flows.codes_redeemed import Taken, TakenBack, redeem_code, take_back_redemption
from tests.cast import MONDAY
from tests.codes.cast import club, holder, shipping

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(days=2)


def redeem(
    text: str, *, amount: int | None = None, by: User | None = None, nonce: UUID | None = None, now: datetime = LATER
) -> Taken:
    return redeem_code(text, amount_minor=amount, door=Door.COUNTER, by=by.pk if by else None, nonce=nonce or uuid4(), now=now)


def test_a_sale_at_the_counter_counts_for_the_magnet_that_gave_the_code(emil: User) -> None:
    magnet = club()
    who, code = holder(magnet)

    taken = redeem(code.text, amount=42_300, by=emil)

    assert taken.redemption is not None
    deal = Deal.objects.get(pk=taken.redemption.deal_id)
    assert (deal.lead_id, deal.contact_id, deal.amount_minor, deal.won_at) == (who.lead_id, who.contact_id, 42_300, LATER)
    assert pipeline.sales_by_magnet(since=MONDAY)[magnet.magnet_id].revenue == {"PLN": 42_300}


def test_two_orders_of_one_amount_in_the_same_minute_are_two_sales(emil: User) -> None:
    _who, code = holder(club())

    redeem(code.text, amount=9_900, by=emil)
    redeem(code.text, amount=9_900, by=emil, now=LATER + timedelta(seconds=3))

    assert Deal.objects.count() == 2


def test_the_same_press_twice_is_one_redemption_and_one_sale(emil: User) -> None:
    _who, code = holder(club())
    nonce = uuid4()

    first = redeem(code.text, amount=9_900, by=emil, nonce=nonce)
    again = redeem(code.text, amount=9_900, by=emil, nonce=nonce, now=LATER + timedelta(minutes=3))

    assert again.again
    assert again.redemption == first.redemption
    assert Deal.objects.count() == 1


def test_a_page_that_was_used_for_one_code_takes_no_other(emil: User) -> None:
    _ann, ann = holder(club())
    _bob, bob = holder(club("club-2"), "bob@example.com")
    nonce = uuid4()
    redeem(ann.text, by=emil, nonce=nonce)

    assert redeem(bob.text, by=emil, nonce=nonce).decision.because is Refusal.ANOTHER_NOW


def test_undone_the_code_counts_again_and_the_sale_is_gone(emil: User) -> None:
    _who, code = holder(shipping(codes=["ONLY-1"]))
    taken = redeem(code.text, amount=9_900, by=emil)
    assert taken.redemption is not None

    assert take_back_redemption(taken.redemption.redemption_id, now=LATER + timedelta(seconds=8))

    assert not Deal.objects.exists()
    assert redeem(code.text, amount=9_900, by=emil).decision
    assert not take_back_redemption(taken.redemption.redemption_id, now=LATER + timedelta(seconds=9))


def test_a_sale_that_somebody_worked_with_since_stays_and_that_is_said(emil: User) -> None:
    _who, code = holder(shipping(codes=["ONLY-1"]))
    taken = redeem(code.text, amount=9_900, by=emil)
    assert taken.redemption is not None
    Deal.objects.update(version=1)

    undone = take_back_redemption(taken.redemption.redemption_id, now=LATER + timedelta(seconds=8))

    assert undone is TakenBack.BUT_THE_SALE
    assert Redemption.objects.get().deal_id == Deal.objects.get().pk
    assert redeem(code.text, amount=9_900, by=emil).decision


def test_after_some_minutes_nothing_is_undone_any_more(emil: User) -> None:
    _who, code = holder(club())
    taken = redeem(code.text, amount=9_900, by=emil)
    assert taken.redemption is not None

    assert not take_back_redemption(taken.redemption.redemption_id, now=LATER + UNDO_WITHIN + timedelta(seconds=1))
    assert Deal.objects.count() == 1


def test_the_code_of_whoever_was_forgotten_still_counts_and_is_nobodys_sale(emil: User) -> None:
    who, code = holder(club())
    erase_contact(who.contact_id, now=MONDAY)

    taken = redeem(code.text, amount=9_900, by=emil)

    assert taken.decision
    assert not Deal.objects.exists()


@pytest.mark.parametrize("amount", [0, -1, 10**14 + 1])
def test_what_is_no_amount_is_no_redemption(amount: int) -> None:
    _who, code = holder(club())

    with pytest.raises(NotAnAmount):
        redeem(code.text, amount=amount)
    assert queries.code(code.code_id).used == 0


def test_a_list_is_filtered_sorted_and_paged(emil: User) -> None:
    magnet = club()
    _who, code = holder(magnet)
    for number, amount in enumerate((300, 100, 200)):
        redeem(code.text, amount=amount, by=emil, now=LATER + timedelta(minutes=number))

    largest = queries.redemption_page(RedemptionFilter(order=Order.LARGEST), size=2)
    since = queries.redemption_page(RedemptionFilter(since=LATER + timedelta(minutes=1)))

    assert [line.amount_minor for line in largest.lines] == [300, 200]
    assert largest.has_next
    assert [line.amount_minor for line in since.lines] == [200, 100]
    assert queries.redemption_page(RedemptionFilter(magnet_id=magnet.magnet_id + 1)).lines == []
    assert queries.redemption_page(RedemptionFilter(taken_back=True)).lines == []
    assert len(list(queries.each_redemption(RedemptionFilter()))) == 3
