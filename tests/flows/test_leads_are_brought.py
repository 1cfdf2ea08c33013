"""Whoever comes by no form is one lead, changes nobody whom we know, and without a basis hears nothing from us."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta

import pytest

from leadstone.domains.agenda import queries as agenda
from leadstone.domains.consent import queries as consent
from leadstone.domains.consent.packs import pack_for
from leadstone.domains.consent.queries.calls import CallAsk, call_decision
from leadstone.domains.consent.rules import Ground, MessageKind, Refusal, SubjectKind, may_write_to
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.contacts.models import Contact
from leadstone.domains.leads.models import Lead
from leadstone.domains.leads.rules import Basis
from leadstone.domains.sources.rules import ChannelType
from leadstone.flows.lead_added import NobodyToReach
from leadstone.flows.lead_brought import Brought, bring_leads, key_of, state_basis
from leadstone.infra.blind_index import address_hash
from leadstone.kernel.address import read_address
from leadstone.kernel.phone import read_phone
from leadstone.wire.definition import Channel
from tests.cast import MONDAY, Guide, Visitor, ask, confirm

pytestmark = pytest.mark.django_db

ZOSIA = Brought(
    key=key_of("test", "1"),
    at=MONDAY,
    channel=ChannelType.TRADE_FAIR,
    basis=Basis.GAVE_CARD,
    address=read_address("zosia@fair.example"),
    phone=read_phone("+48 601 234 567"),
    values={"name": "Zosia  Lis", "email": "zosia@fair.example", "phone": "+48 601 234 567"},
)


def lead_of(brought: Brought) -> Lead:
    return Lead.objects.get(pk=bring_leads([brought], now=MONDAY)[brought.key])


def test_the_same_handing_over_brings_one_lead_however_often_it_comes() -> None:
    first = bring_leads([ZOSIA, ZOSIA], now=MONDAY)
    again = bring_leads([ZOSIA], now=MONDAY + timedelta(days=1))

    assert first == again
    assert Lead.objects.count() == 1


def test_the_same_person_by_another_way_joins_the_lead_that_stands() -> None:
    first = bring_leads([ZOSIA], now=MONDAY)
    other = bring_leads([replace(ZOSIA, key=key_of("test", "2"))], now=MONDAY)

    assert set(first.values()) == set(other.values())


def test_one_batch_knows_its_own_people_by_address_and_by_number_in_a_fixed_number_of_queries(
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[None]],
) -> None:
    by_number = replace(ZOSIA, key=key_of("test", "2"), address=None)
    by_address = replace(ZOSIA, key=key_of("test", "3"), phone=None)
    others = [
        replace(ZOSIA, key=key_of("other", str(number)), address=read_address(f"o{number}@fair.example"), phone=None)
        for number in range(60)
    ]

    with django_assert_max_num_queries(60):
        found = bring_leads([ZOSIA, by_number, *others, by_address], now=MONDAY)

    assert len({found[one.key] for one in (ZOSIA, by_number, by_address)}) == 1
    assert (Lead.objects.count(), Contact.objects.count()) == (61, 61)


def test_what_others_say_changes_nothing_about_somebody_whom_we_know(guide: Guide) -> None:
    nina = ask(guide, "nina@known.example", name="Nina Lang")
    bring_leads(
        [replace(ZOSIA, address=read_address("nina@known.example"), phone=None, values={"name": "Somebody Else"})], now=MONDAY
    )

    said = contacts.statements_of([nina.contact_id])[nina.contact_id]
    assert Contact.objects.get(pk=nina.contact_id).name == "Nina Lang"
    assert [one.values.get("name") for one in said] == ["Nina Lang", "Somebody Else"]


def test_nobody_to_reach_is_refused_and_nothing_of_the_batch_is_kept() -> None:
    with pytest.raises(NobodyToReach):
        bring_leads([ZOSIA, replace(ZOSIA, key="x", address=None, phone=None)], now=MONDAY)

    assert Lead.objects.count() == 0


def write_decision(lead: Lead, message_class: MessageKind) -> object:
    hashed = address_hash("zosia@fair.example")
    facts = consent.consent_facts([(lead.contact_id or 0, hashed)], channel=Channel.EMAIL)[lead.contact_id or 0, hashed]
    purpose = "" if message_class is MessageKind.TRANSACTIONAL else "offers"
    pack = pack_for("", on=MONDAY.date())
    return may_write_to(facts, message_class=message_class.value, purpose=purpose, channel=Channel.EMAIL, pack=pack).because


@pytest.mark.parametrize("message_class", list(MessageKind))
def test_without_a_basis_no_message_no_call_and_no_letter_by_hand_reaches_anybody(message_class: MessageKind) -> None:
    lead = lead_of(replace(ZOSIA, basis=None))
    ask = CallAsk(contact_id=lead.contact_id, ground=Ground(lead.basis), kind=SubjectKind.PERSON)

    assert write_decision(lead, message_class) is Refusal.NO_BASIS
    assert call_decision(ask, on=MONDAY.date()).decision.because is Refusal.NO_BASIS
    assert call_decision(ask, on=MONDAY.date()).phone is None
    assert agenda.writing_answer(lead.pk, on=MONDAY.date()).decision.because is Refusal.NO_BASIS


def test_a_basis_that_somebody_names_ends_the_quarantine_once() -> None:
    lead = lead_of(replace(ZOSIA, basis=None))
    assert lead.contact_id is not None

    assert state_basis(lead_id=lead.pk, contact_id=lead.contact_id, basis=Basis.ASKED_US)
    assert not state_basis(lead_id=lead.pk, contact_id=lead.contact_id, basis=Basis.CUSTOMER)
    assert Lead.objects.get(pk=lead.pk).basis == Basis.ASKED_US
    assert write_decision(lead, MessageKind.TRANSACTIONAL) is None


def test_whoever_answers_the_mail_to_a_form_is_no_longer_known_without_a_reason(guide: Guide) -> None:
    lead = lead_of(replace(ZOSIA, basis=None))
    came: Visitor = ask(guide, "zosia@fair.example", name="Zosia Lis")
    assert came.contact_id == lead.contact_id
    assert contacts.unfounded([came.contact_id]) == {came.contact_id}

    confirm(came)

    assert contacts.unfounded([came.contact_id]) == set()


def test_somebody_whom_we_know_is_not_put_into_quarantine_by_a_seller(guide: Guide) -> None:
    nina = ask(guide, "nina@known.example", name="Nina Lang")
    bring_leads([replace(ZOSIA, basis=None, address=read_address("nina@known.example"), phone=None)], now=MONDAY)

    assert contacts.unfounded([nina.contact_id]) == set()


def test_whom_nobody_of_us_met_is_not_vouched_for() -> None:
    met, sold = (
        lead_of(ZOSIA),
        lead_of(replace(ZOSIA, key="sold", basis=Basis.AGREED_ELSEWHERE, address=read_address("ola@sold.example"), phone=None)),
    )

    assert "staff_vouches" in {reason["code"] for reason in met.reasons["accuracy"]}
    assert "staff_vouches" not in {reason["code"] for reason in sold.reasons["accuracy"]}
