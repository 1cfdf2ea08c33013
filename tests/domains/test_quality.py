"""Promises L3, L4 and L13: three numbers, each the exact sum of its reasons, and no name judged for being unfamiliar."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.contacts import services as contacts
from leadstone.domains.contacts.rules import PointKind
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads import services as leads_services
from leadstone.domains.leads.models import Lead
from leadstone.domains.leads.rules import Basis, QualityBand, band_of
from leadstone.domains.scoring.rules import AddressFacts, Code, QualityFacts, quality_of
from leadstone.domains.sources.rules import ChannelType
from leadstone.flows.mail_domains_looked_up import mail_domains_looked_up
from leadstone.flows.visitor_acts import not_me
from leadstone.wire.definition import IncentiveClass, Purpose, SalesIntent
from leadstone.wire.records import NotMe
from tests.cast import MONDAY, OFFERS, Guide, Visitor, ask, confirm, published

addresses = st.none() | st.builds(
    AddressFacts,
    domain=st.just("example.com"),
    takes_mail=st.sampled_from([None, True, False]),
    disposable=st.booleans(),
    role=st.booleans(),
    proven=st.booleans(),
    failed=st.booleans(),
)
facts_of_any_kind = st.builds(
    QualityFacts,
    address=addresses,
    name=st.sampled_from(["", "Ann", "asdfgh"]),
    phone_plausible=st.sampled_from([None, True, False]),
    phone_wrong=st.booleans(),
    not_me=st.booleans(),
    channel=st.sampled_from(ChannelType),
    incentive=st.none() | st.sampled_from(IncentiveClass),
    intent=st.none() | st.sampled_from(SalesIntent),
    asked_for=st.frozensets(st.sampled_from(Purpose)),
    basis=st.sampled_from(["", *(basis.value for basis in Basis)]),
)


@given(facts_of_any_kind)
def test_the_reasons_of_a_factor_add_up_to_its_value(facts: QualityFacts) -> None:
    quality = quality_of(facts)
    for judgement in (quality.accuracy, quality.incentive, quality.awareness):
        assert sum(reason.points for reason in judgement.reasons) == judgement.points
        assert 0 <= judgement.value <= 1
        assert judgement.value == judgement.points / 100


@given(facts_of_any_kind)
def test_the_same_facts_give_the_same_quality(facts: QualityFacts) -> None:
    assert quality_of(facts) == quality_of(facts)


@pytest.mark.django_db
def test_the_stored_quality_is_what_the_rules_give_today(ann: Visitor, bob: Visitor, cleo: Visitor) -> None:
    before = list(Lead.objects.order_by("pk").values())
    leads_services.rescore([lead["id"] for lead in before])
    assert list(Lead.objects.order_by("pk").values()) == before


@pytest.mark.django_db
def test_one_person_through_three_magnets_has_three_explained_qualities(guide: Guide) -> None:
    prize = published(incentive=IncentiveClass.PRIZE, sales_intent=SalesIntent.HIDDEN)
    tool = published(incentive=IncentiveClass.TOOL, sales_intent=SalesIntent.IMPLIED)
    cards = [leads.lead_card(ask(each, "ann@example.com", name="Ann").lead_id, reader=THE_HOUSE) for each in (guide, prize, tool)]
    assert [card.incentive.points for card in cards] == [90, 15, 75]
    assert [card.awareness.points for card in cards] == [60, 5, 30]
    assert len({card.accuracy.points for card in cards}) == 1
    assert [card.incentive.reasons[0].code for card in cards] == [Code.GIVEN_CONTENT, Code.GIVEN_PRIZE, Code.GIVEN_TOOL]


@pytest.mark.django_db
def test_a_wrong_number_lowers_accuracy_and_nothing_else(ann: Visitor) -> None:
    before = leads.lead_card(ann.lead_id, reader=THE_HOUSE)
    contacts.note_point_failed(ann.contact_id, kind=PointKind.PHONE, because="wrong_number", now=MONDAY)
    leads_services.rescore_people([ann.contact_id])
    after = leads.lead_card(ann.lead_id, reader=THE_HOUSE)
    assert after.accuracy.points < before.accuracy.points
    assert (after.incentive, after.awareness) == (before.incentive, before.awareness)
    assert Code.PHONE_WRONG in {reason.code for reason in after.accuracy.reasons}


@pytest.mark.django_db
def test_proving_the_mailbox_raises_accuracy(bob: Visitor) -> None:
    before = leads.lead_card(bob.lead_id, reader=THE_HOUSE).accuracy.points
    confirm(bob)
    assert leads.lead_card(bob.lead_id, reader=THE_HOUSE).accuracy.points == before + 50


@pytest.mark.django_db
def test_the_answer_of_the_dns_is_counted_when_it_comes_and_a_time_out_changes_nothing(bob: Visitor) -> None:
    before = leads.lead_card(bob.lead_id, reader=THE_HOUSE).accuracy
    mail_domains_looked_up({"example.org": None}, now=MONDAY)
    assert leads.lead_card(bob.lead_id, reader=THE_HOUSE).accuracy == before
    mail_domains_looked_up({"example.org": False}, now=MONDAY)
    assert leads.lead_card(bob.lead_id, reader=THE_HOUSE).accuracy.points == before.points - 25
    mail_domains_looked_up({"example.org": True}, now=MONDAY + timedelta(days=31))
    assert leads.lead_card(bob.lead_id, reader=THE_HOUSE).accuracy.points == before.points + 10


@pytest.mark.django_db
def test_the_owner_who_never_asked_makes_the_lead_worthless(bob: Visitor) -> None:
    not_me([NotMe(at=0, grant_key=str(bob.grant_key))], now=MONDAY)
    card = leads.lead_card(bob.lead_id, reader=THE_HOUSE)
    assert card.accuracy.points == 0
    assert card.accuracy.reasons[-1].code is Code.NOT_ME


@pytest.mark.django_db
def test_ticking_offers_tells_of_awareness(guide: Guide) -> None:
    who = ask(guide, "ann@example.com", ticked=[OFFERS.key])
    assert leads.lead_card(who.lead_id, reader=THE_HOUSE).awareness.points == 90


@pytest.mark.django_db
def test_a_disposable_office_address_with_a_typed_at_random_name_is_weak(guide: Guide) -> None:
    who = ask(guide, "info@mailinator.com", name="asdfgh")
    card = leads.lead_card(who.lead_id, reader=THE_HOUSE)
    codes = {reason.code for reason in card.accuracy.reasons}
    assert {Code.ADDRESS_DISPOSABLE, Code.ADDRESS_OF_OFFICE, Code.NAME_MADE_UP} <= codes
    assert card.band is QualityBand.WEAK


def test_the_band_is_that_of_the_weakest_factor() -> None:
    assert band_of(1, 1, 0.6) is QualityBand.STRONG
    assert band_of(1, 0.3, 1) is QualityBand.FAIR
    assert band_of(0.29, 1, 1) is QualityBand.WEAK
