"""A delivery of a supplier: looked at, bought once, paid for, given back, and the people of it told in time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.campaigns.models import Campaign
from leadstone.domains.consent import services as consent
from leadstone.domains.consent.rules import Scope, StopReason
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.contacts.models import Contact
from leadstone.domains.insights import services as insights
from leadstone.domains.insights.rules.facts import Fact, FactKind
from leadstone.domains.leads.models import Lead
from leadstone.domains.leads.rules import Basis
from leadstone.domains.sources.rules import ChannelType
from leadstone.domains.suppliers import queries, services
from leadstone.domains.suppliers.models import Purchase
from leadstone.domains.suppliers.queries.notices import NoticeFacts, NoticeFilter, each_notice, notices_of_leads
from leadstone.domains.suppliers.rules import How, NoticeState, Offered, Refused, Returned, State, Wants
from leadstone.domains.suppliers.services import Agreed
from leadstone.flows.leads_bought import buy_leads, look_at
from leadstone.infra.blind_index import address_hash
from leadstone.kernel.address import read_address
from tests.cast import MONDAY, Guide, ask
from tests.suppliers.cast import react
from tests.suppliers.test_rules import OLA

pytestmark = pytest.mark.django_db


@pytest.fixture
def supplier_id(dora: User) -> int:
    campaign = Campaign.objects.create(
        key="compare", name="Compare", channel=ChannelType.THIRD_PARTY.value, starts_on=MONDAY.date(), created_at=MONDAY
    )
    agreed = Agreed(
        name="Compare Ltd.",
        email="sales@compare.example",
        campaign_id=campaign.pk,
        price_minor=4_500,
        currency="PLN",
        wants=frozenset({Wants.WORDS}),
        oldest_days=90,
        a_day=None,
        return_days=30,
        notice_days=14,
        source="a comparison of boilers on compare.example",
    )
    return services.open_supplier(agreed, by=dora.pk, now=MONDAY)


def offer(email: str, **changes: object) -> Offered:
    told = {"email": email, "address": read_address(email), "reference": email, "agreed_at": MONDAY - timedelta(days=2)}
    return replace(OLA, **(told | changes))  # type: ignore[arg-type]


def buy(supplier_id: int, offers: Sequence[Offered], *, days: int = 0) -> int:
    return buy_leads(supplier_id, offers, name="march.csv", by=None, now=MONDAY + timedelta(days=days)).batch_id


def states(supplier_id: int) -> dict[str, str]:
    return {row.reference: row.refused or row.state for row in Purchase.objects.filter(supplier_id=supplier_id)}


def due() -> list[NoticeFacts]:
    return list(each_notice(NoticeFilter(), reader=THE_HOUSE, today=MONDAY.date()))


def test_what_stands_the_checks_becomes_leads_of_the_campaign_on_the_basis_of_its_words(supplier_id: int) -> None:
    buy(supplier_id, [offer("ola@sold.example"), offer("jan@sold.example")])

    leads = Lead.objects.all()
    assert {lead.basis for lead in leads} == {Basis.AGREED_ELSEWHERE.value}
    assert {lead.channel for lead in leads} == {ChannelType.THIRD_PARTY.value}
    assert {lead.campaign.name for lead in leads if lead.campaign} == {"Compare"}
    assert queries.bills([supplier_id])[supplier_id].paid == 9_000


def test_looking_at_a_delivery_buys_nothing(supplier_id: int) -> None:
    judged = look_at(supplier_id, [offer("ola@sold.example"), offer("bad", address=None)], now=MONDAY)

    assert [one.refused for one in judged] == [None, Refused.NOT_AN_ADDRESS]
    assert not Lead.objects.exists()
    assert not Purchase.objects.exists()


def test_of_whom_is_refused_nothing_is_kept_and_nothing_is_paid(supplier_id: int) -> None:
    buy(supplier_id, [offer("ola@sold.example", source="", reference="A-7")])

    row = Purchase.objects.get()
    assert (row.state, row.refused, row.reference, row.price_minor) == ("refused", "no_source", "A-7", 0)
    assert (row.words, row.source, row.agreed_at) == ("", "", None)
    assert not Contact.objects.exists()


def test_the_same_delivery_twice_buys_and_costs_once(supplier_id: int) -> None:
    offers = [offer("ola@sold.example"), offer("jan@sold.example")]

    assert buy(supplier_id, offers) == buy(supplier_id, offers, days=1)
    assert queries.bills([supplier_id])[supplier_id].bought == 2


def test_nobody_is_bought_twice_neither_in_one_delivery_nor_in_the_next(supplier_id: int) -> None:
    buy(supplier_id, [offer("ola@sold.example", reference="1"), offer("OLA@sold.example", reference="2")])
    buy(supplier_id, [offer("ola@sold.example", reference="3")], days=1)

    assert states(supplier_id) == {"1": "accepted", "2": "twice", "3": "bought"}


def test_nobody_is_bought_who_came_to_us_or_said_no_to_us(supplier_id: int, guide: Guide) -> None:
    ask(guide, "nina@known.example")
    consent.suppress([address_hash("gone@sold.example")], scope=Scope.MARKETING, reason=StopReason.LEFT, now=MONDAY)

    buy(supplier_id, [offer("nina@known.example"), offer("gone@sold.example")])

    assert states(supplier_id) == {"nina@known.example": "known", "gone@sold.example": "stopped"}


def test_no_more_than_agreed_are_taken_in_a_day_over_all_deliveries(supplier_id: int) -> None:
    terms = _terms(queries.supplier(supplier_id))
    services.change_supplier(supplier_id, Agreed(**{**terms, "a_day": 2}))  # type: ignore[arg-type]
    buy(supplier_id, [offer("a@sold.example")])
    buy(supplier_id, [offer("b@sold.example"), offer("c@sold.example")])
    buy(supplier_id, [offer("d@sold.example")], days=1)

    found = {reference[0]: state for reference, state in states(supplier_id).items()}
    assert found == {"a": "accepted", "b": "accepted", "c": "over", "d": "accepted"}


def test_without_the_words_a_lead_is_in_quarantine_where_the_terms_do_not_even_ask_for_them(supplier_id: int) -> None:
    row = queries.supplier(supplier_id)
    services.change_supplier(supplier_id, Agreed(**{**_terms(row), "wants": frozenset()}))  # type: ignore[arg-type]
    buy(supplier_id, [offer("ola@sold.example", words="", agreed_at=None)])

    contact_id = Lead.objects.get().contact_id
    assert contact_id is not None
    assert contacts.unfounded([contact_id]) == {contact_id}


def _terms(row: queries.SupplierFacts) -> dict[str, object]:
    return {name: getattr(row, name) for name in Agreed.__slots__}


def test_each_person_who_was_bought_has_to_be_told_where_from_and_by_when(supplier_id: int) -> None:
    buy(supplier_id, [offer("ola@sold.example", source="a prize draw in May")])

    (notice,) = due()
    assert notice.due_on == MONDAY.date() + timedelta(days=14)
    assert notice.latest == date(MONDAY.year, MONDAY.month + 1, MONDAY.day)
    assert notice.source == "Compare Ltd.: a prize draw in May"


def test_who_was_told_is_told_once_and_a_slip_is_taken_back(supplier_id: int) -> None:
    buy(supplier_id, [offer("ola@sold.example")])
    lead_id = Lead.objects.get().pk

    assert services.note_told([lead_id], how=How.PHONE, by=None, now=MONDAY)
    assert not services.note_told([lead_id], how=How.MAIL, by=None, now=MONDAY + timedelta(days=1))
    assert due() == []
    assert services.take_back_told([lead_id], told_at=MONDAY)
    assert notices_of_leads([lead_id])[lead_id].state is NoticeState.DUE


def test_what_is_given_back_is_owed_until_it_is_credited(supplier_id: int, dora: User) -> None:
    buy(supplier_id, [offer("ola@sold.example"), offer("jan@sold.example")])
    bought = queries.purchases(supplier_id)[0]

    assert services.give_back(bought.purchase_id, because=Returned.WRONG_NUMBER, note="", by=dora.pk, now=MONDAY) is None
    bill = queries.bills([supplier_id])[supplier_id]
    assert (bill.paid, bill.owed, bill.given_back) == (4_500, 4_500, 1)
    assert services.note_credited(supplier_id, now=MONDAY) == 1
    assert queries.bills([supplier_id])[supplier_id].owed == 0
    assert queries.purchase(bought.purchase_id).state is State.CREDITED


def test_giving_back_is_undone_unless_it_was_credited(supplier_id: int, dora: User) -> None:
    buy(supplier_id, [offer("ola@sold.example")])
    purchase_id = queries.purchases(supplier_id)[0].purchase_id
    services.give_back(purchase_id, because=Returned.NOT_ME, note="", by=dora.pk, now=MONDAY)

    assert services.keep_after_all(purchase_id, returned_at=MONDAY)
    assert queries.purchase(purchase_id).state is State.ACCEPTED
    assert not services.keep_after_all(purchase_id, returned_at=MONDAY)


def test_the_lake_is_told_what_leads_cost_and_that_what_is_given_back_costs_nothing(
    supplier_id: int, dora: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Fact] = []
    monkeypatch.setattr(insights, "note_facts", told.extend)
    buy(supplier_id, [offer("ola@example.com"), offer("ula@example.com"), offer("ula@example.com")])
    react()
    purchase_id = Purchase.objects.filter(state="accepted")[0].pk

    def costs() -> list[tuple[int, int]]:
        return [(fact.number, fact.amount_minor) for fact in told if fact.kind is FactKind.COST]

    assert costs() == [(2, 9_000)]
    services.give_back(purchase_id, because=Returned.NOT_ME, note="", by=dora.pk, now=MONDAY)
    react()
    services.keep_after_all(purchase_id, returned_at=MONDAY)
    react()
    assert costs() == [(2, 9_000), (-1, -4_500), (1, 4_500)]
    (source,) = {fact.source for fact in told if fact.kind is FactKind.COST}
    assert (source.supplier_id, source.campaign_id) == (supplier_id, Campaign.objects.get().pk)
