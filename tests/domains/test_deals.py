"""They bought: kept once, taken back if it was a mistake."""

from datetime import timedelta

import pytest

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.leads.queries import NoSuchLead
from leadstone.domains.pipeline import queries, services
from leadstone.domains.pipeline.services import NotAnAmount
from leadstone.kernel.money import Currency
from tests.cast import MONDAY, Visitor


def test_a_sale_names_who_bought_for_how_much_and_who_recorded_it(ann: Visitor, emil: User) -> None:
    services.record_deal(
        lead_id=ann.lead_id, amount_minor=129_000, currency=Currency.PLN, title=" Audit ", by=emil.pk, now=MONDAY
    )

    [deal] = queries.deals_of(ann.lead_id, reader=THE_HOUSE)
    assert (deal.customer, deal.title, deal.amount_minor, deal.currency) == ("Ann Nowak", "Audit", 129_000, "PLN")
    assert (deal.won_at, deal.recorded_by) == (MONDAY, "Emil")


def test_a_sale_taken_back_is_gone_and_goes_once(ann: Visitor, emil: User) -> None:
    deal_id = services.record_deal(lead_id=ann.lead_id, amount_minor=1, currency=Currency.EUR, title="", by=emil.pk, now=MONDAY)

    assert services.take_back_deal(deal_id=deal_id, lead_id=ann.lead_id, now=MONDAY)
    assert not services.take_back_deal(deal_id=deal_id, lead_id=ann.lead_id, now=MONDAY)
    assert queries.deals_of(ann.lead_id, reader=THE_HOUSE) == []


def test_a_sale_of_one_lead_is_not_taken_back_through_another(ann: Visitor, bob: Visitor, emil: User) -> None:
    deal_id = services.record_deal(lead_id=ann.lead_id, amount_minor=1, currency=Currency.EUR, title="", by=emil.pk, now=MONDAY)

    assert not services.take_back_deal(deal_id=deal_id, lead_id=bob.lead_id, now=MONDAY)
    assert len(queries.deals_of(ann.lead_id, reader=THE_HOUSE)) == 1


@pytest.mark.parametrize("amount", [0, -1, 10**15])
def test_nothing_and_nonsense_are_no_sale(ann: Visitor, emil: User, amount: int) -> None:
    with pytest.raises(NotAnAmount):
        services.record_deal(lead_id=ann.lead_id, amount_minor=amount, currency=Currency.PLN, title="", by=emil.pk, now=MONDAY)


def test_only_a_lead_can_buy(emil: User) -> None:
    with pytest.raises(NoSuchLead):
        services.record_deal(lead_id=404, amount_minor=1, currency=Currency.PLN, title="", by=emil.pk, now=MONDAY)


def test_a_button_that_is_pressed_twice_is_one_sale_and_next_week_is_another(ann: Visitor, emil: User) -> None:
    sale = {"lead_id": ann.lead_id, "amount_minor": 129_000, "currency": Currency.PLN, "title": "Audit", "by": emil.pk}
    first = services.record_deal(**sale, now=MONDAY)  # type: ignore[arg-type]  # as named above

    assert services.record_deal(**sale, now=MONDAY + timedelta(seconds=2)) == first  # type: ignore[arg-type]
    assert services.record_deal(**sale, now=MONDAY + timedelta(days=7)) != first  # type: ignore[arg-type]
