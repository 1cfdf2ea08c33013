"""The intake story: what one form, many forms and hostile forms leave behind."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.capture.models import Submission
from leadstone.domains.capture.rules import Verdict
from leadstone.domains.contacts.models import Contact
from leadstone.domains.grants import services as grants
from leadstone.domains.grants.models import Grant
from leadstone.domains.grants.queries import code_digest
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads.models import Lead
from leadstone.flows.mailed_forms import mark_of
from leadstone.flows.submissions_received import submissions_received
from leadstone.flows.visitor_acts import code_entered, mailboxes_proven
from leadstone.infra.outbox.models import RecordedEvent
from leadstone.wire.definition import Purpose
from leadstone.wire.records import MailboxProven, Origin
from leadstone.wire.tokens import FORM_MARK_BYTES
from tests.cast import MONDAY, NEWSLETTER, Guide, Visitor, ask, confirm, form, placed, receive

pytestmark = pytest.mark.django_db


def test_one_form_becomes_a_contact_a_grant_and_a_lead_with_reasons(guide: Guide) -> None:
    receive(form(guide, "ann@zaklad.example.com", name="Ann Nowak", origin=Origin(source="facebook", medium="cpc", campaign="x")))
    lead = Lead.objects.get()
    assert lead.contact is not None
    assert lead.company is not None
    assert (lead.contact.name, lead.company.name) == ("Ann Nowak", "example.com")
    assert lead.channel == "advertising"
    card = leads.lead_card(lead.pk, reader=THE_HOUSE)
    for judgement in (card.accuracy, card.incentive, card.awareness):
        assert judgement.reasons
        assert sum(reason.points for reason in judgement.reasons) == judgement.points
    assert [event.kind for event in RecordedEvent.objects.all()] == ["SubmissionAccepted"]


def test_fifty_copies_of_one_form_are_one_lead_and_fifty_submissions(guide: Guide) -> None:
    copies = [form(guide, "ann@example.com", nonce="one form") for _ in range(50)]
    receive(*copies[:20])
    for copy in copies[20:]:
        receive(copy)
    assert Lead.objects.count() == Grant.objects.count() == RecordedEvent.objects.count() == 1
    assert Submission.objects.count() == 50
    assert Submission.objects.filter(verdict=Verdict.REPEATED, duplicate_of__isnull=False, contact__isnull=False).count() == 49


def test_a_record_that_comes_twice_is_kept_once(guide: Guide) -> None:
    record = form(guide, "ann@example.com")
    receive(record)
    receive(record, record)
    assert Submission.objects.count() == 1
    assert Grant.objects.get().requests == 1


def test_two_visitors_behind_one_cache_share_a_nonce_and_nothing_else(guide: Guide) -> None:
    receive(form(guide, "ann@example.com", nonce="cached page"), form(guide, "bob@example.com", nonce="cached page"))
    assert Lead.objects.count() == 2


@pytest.mark.parametrize("suspicion", ["crawler", "too_fast", "no_proof"])
def test_a_form_that_only_looks_like_a_machines_is_still_a_lead(guide: Guide, suspicion: str) -> None:
    receive(form(guide, "ann@example.com", suspicion=suspicion))
    assert Lead.objects.count() == 1
    assert Submission.objects.get().suspicion == suspicion


def test_a_machines_form_is_kept_without_any_effect(guide: Guide) -> None:
    receive(form(guide, "ann@example.com", suspicion="honeypot"))
    assert Submission.objects.get().verdict == Verdict.MACHINE
    assert (Contact.objects.count(), Lead.objects.count(), RecordedEvent.objects.count()) == (0, 0, 0)


def test_a_second_request_renews_the_grant_and_keeps_the_lead(guide: Guide) -> None:
    ask(guide, "ann@example.com")
    ask(guide, "ANN@example.com", now=MONDAY + timedelta(days=1))
    assert Grant.objects.get().requests == 2
    assert Lead.objects.count() == Contact.objects.count() == 1
    assert RecordedEvent.objects.filter(kind="SubmissionAccepted").count() == 2


def test_typing_anns_address_changes_nothing_of_ann_and_shows_as_a_claim(ann: Visitor, guide: Guide) -> None:
    before = Contact.objects.values().get(pk=ann.contact_id), leads.lead_card(ann.lead_id, reader=THE_HOUSE).shown
    ask(guide, "ann@zaklad.example.com", name="Mallory was here", phone="+48 500 500 500", ticked=[NEWSLETTER.key])
    card = leads.lead_card(ann.lead_id, reader=THE_HOUSE)
    assert (Contact.objects.values().get(pk=ann.contact_id), card.shown) == before
    assert [said.values["name"] for said in card.statements if said.state == "claimed"] == ["Mallory was here"]
    assert [point.value for point in card.points] == ["ann@zaklad.example.com", "+48 601 234 567"]


def test_contradicting_claims_stay_claims_when_the_button_is_pressed(guide: Guide) -> None:
    who = ask(guide, "ann@example.com", name="Ann")
    ask(guide, "ann@example.com", name="Mallory")
    confirm(who)
    card = leads.lead_card(who.lead_id, reader=THE_HOUSE)
    assert {said.state for said in card.statements} == {"claimed"}
    assert card.shown["name"].value == "Ann"
    assert card.points[0].proven_at is not None


def test_the_button_verifies_only_the_form_whose_mail_carried_it(guide: Guide) -> None:
    own = ask(guide, "ann@example.com", name="Ann")
    ask(guide, "ann@example.com", phone="+48 500 500 500", company="Mallory Ltd")
    press(own, form=mark_of(Submission.objects.get(ref=own.ref).pk).hex())
    card = leads.lead_card(own.lead_id, reader=THE_HOUSE)
    assert [said.state for said in card.statements if said.ref == own.ref] == ["verified"]
    assert [said.state for said in card.statements if said.ref != own.ref] == ["claimed"]
    assert set(card.shown) == {"name", "email"}
    assert [point.value for point in card.points] == ["ann@example.com"]


@pytest.mark.parametrize("form", ["", "00" * FORM_MARK_BYTES])
def test_a_button_that_names_no_form_verifies_what_all_of_them_say_alike(guide: Guide, form: str) -> None:
    alike = ask(guide, "ann@example.com", name="Ann")
    ask(guide, "Ann@example.com", name="ann")
    press(alike, form=form)
    unlike = ask(guide, "bob@example.com", name="Bob")
    ask(guide, "bob@example.com", name="Bob", phone="+48 500 500 500")
    press(unlike, form=form)
    assert _states(alike) == {"verified"}
    assert _states(unlike) == {"claimed"}


def _states(who: Visitor) -> set[str]:
    return {said.state for said in leads.lead_card(who.lead_id, reader=THE_HOUSE).statements}


def test_the_mailed_code_verifies_the_form_of_the_page_on_which_it_is_typed(guide: Guide) -> None:
    own = ask(guide, "ann@example.com", name="Ann")
    ask(guide, "ann@example.com", phone="+48 500 500 500")
    grants.mark_mailed(grant_id=own.grant_id, code_digest=code_digest("123456", grant_id=own.grant_id), now=MONDAY)
    assert code_entered(ref=own.ref, code="123456", now=MONDAY).opened
    card = leads.lead_card(own.lead_id, reader=THE_HOUSE)
    assert [said.ref for said in card.statements if said.state == "verified"] == [own.ref]


def press(who: Visitor, *, form: str) -> None:
    """The button of the mail that answered this very form."""
    mailboxes_proven([MailboxProven(at=0, grant_key=str(who.grant_key), form=form)], now=MONDAY)


def test_what_is_shown_names_who_said_it_and_whether_it_is_verified(bob: Visitor, ann: Visitor) -> None:
    claimed, verified = (leads.lead_card(who.lead_id, reader=THE_HOUSE).shown["name"] for who in (bob, ann))
    assert (claimed.value, claimed.verified, claimed.ref) == ("Bob", False, bob.ref)
    assert (verified.value, verified.verified, verified.ref) == ("Ann Nowak", True, ann.ref)


def test_ticking_is_only_asking_until_the_mailbox_is_proven(bob: Visitor, ann: Visitor) -> None:
    key = (Purpose.NEWSLETTER, NEWSLETTER.channel)
    assert leads.lead_card(bob.lead_id, reader=THE_HOUSE).permissions == {key: "asked"}
    assert leads.lead_card(ann.lead_id, reader=THE_HOUSE).permissions == {key: "given"}


def test_any_name_is_kept_as_it_was_typed(guide: Guide) -> None:
    for number, name in enumerate(["محمد علي", "🙂", "李小龙", "Robert'); DROP TABLE--", "A" * 200]):
        who = ask(guide, f"v{number}@example.com", name=name)
        assert leads.lead_card(who.lead_id, reader=THE_HOUSE).shown["name"].value == name


def test_a_batch_of_any_length_costs_the_same_queries(
    guide: Guide, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    batch = placed(*(form(guide, f"visitor{n}@example{n % 7}.com", name="V", ticked=[NEWSLETTER.key]) for n in range(60)))
    with django_assert_max_num_queries(80):
        submissions_received(batch, now=MONDAY)
    assert Lead.objects.count() == 60
