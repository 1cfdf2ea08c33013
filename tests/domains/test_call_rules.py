"""Promise K7: who may be turned to on which channel, by country, kind of subject, ground and what they said: one table."""

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec
import pytest

from leadstone.domains.activities import queries as activities
from leadstone.domains.consent import services as consent
from leadstone.domains.consent.packs import pack_for, packs
from leadstone.domains.consent.queries.calls import CallAnswer, CallAsk, call_decision
from leadstone.domains.consent.rules import (
    Act,
    ConsentFacts,
    Ground,
    Refusal,
    Scope,
    StopReason,
    SubjectKind,
    Wants,
    may_call,
    may_contact,
    may_write_to,
    strictest_of,
)
from leadstone.domains.contacts import services as contacts
from leadstone.domains.contacts.models import ContactPoint
from leadstone.domains.contacts.rules import PointKind
from leadstone.domains.leads.models import Lead
from leadstone.domains.leads.rules import Basis
from leadstone.infra.blind_index import address_hash
from leadstone.kernel.phone import country_of
from leadstone.wire.definition import Channel, ConsentOffer, Purpose
from tests.cast import MONDAY, Guide, Visitor, ask, confirm, definition, published

TODAY = date(2026, 11, 16)
GROUNDS = (Ground.FORM, Ground.ASKED_US, Ground.GAVE_CARD, Ground.CUSTOMER, Ground.PUBLIC_ROLE)

# What the law allows while somebody said nothing, or only ticked a box that nobody confirmed: one letter a ground, in the order
# of GROUNDS (form, asked us, gave a card, customer, published). Written from the laws, not from the packs.
UNASKED = """
PL person   email nynnn  sms nynnn  phone nynnn  post yyyyy
PL business email nynnn  sms nynnn  phone nynnn  post yyyyy
DE person   email nynnn  sms nynnn  phone nynnn  post yyyyy
DE business email nynnn  sms nynnn  phone nyyyn  post yyyyy
GB person   email nynnn  sms nynnn  phone nynnn  post yyyyy
GB business email yyyyy  sms yyyyy  phone nynnn  post yyyyy
US person   email yyyyy  sms nynnn  phone nynyn  post yyyyy
US business email yyyyy  sms nynnn  phone yyyyy  post yyyyy
FR person   email nynnn  sms nynnn  phone nynnn  post yyyyy
FR business email nynnn  sms nynnn  phone nynnn  post yyyyy
"""
ALWAYS, NEVER = "yyyyy", "nnnnn"

Row = tuple[str, SubjectKind, Channel, str, Ground, bool]


def rows() -> Iterator[Row]:
    for line in UNASKED.split("\n")[1:-1]:
        country, kind, *told = line.split()
        for channel, unasked in zip(told[::2], told[1::2], strict=True):
            by_state = {
                "nothing": unasked,
                "ticked": unasked,
                "given": ALWAYS,
                "withdrawn": NEVER,
                "left": NEVER,
                "stopped": NEVER,
                "given, then stopped": NEVER,
            }
            for state, letters in by_state.items():
                for ground, letter in zip(GROUNDS, letters, strict=True):
                    yield country, SubjectKind(kind), Channel(channel), state, ground, letter == "y"


def facts(state: str, channel: Channel) -> ConsentFacts:
    act = {"ticked": Act.ASKED, "given": Act.GIVEN, "withdrawn": Act.WITHDRAWN, "given, then stopped": Act.GIVEN}.get(state)
    scope = {"left": Scope.MARKETING, "stopped": Scope.EVERYTHING, "given, then stopped": Scope.EVERYTHING}.get(state)
    return ConsentFacts(
        permissions={(Purpose.OFFERS, channel): act} if act else {}, stops={channel: frozenset({scope})} if scope else {}
    )


TABLE = list(rows())


def test_the_table_is_as_large_as_promised() -> None:
    assert len(TABLE) == 1400


@pytest.mark.parametrize("country", ["PL", "DE", "GB", "US", "FR"])
def test_every_row_of_the_table(country: str) -> None:
    pack = pack_for(country, on=TODAY)
    wrong = [
        row
        for row in TABLE
        if row[0] == country
        and may_contact(facts(row[3], row[2]), channel=row[2], ground=row[4], kind=row[1], pack=pack).allowed is not row[5]
    ]
    assert wrong == []


def test_a_refusal_always_says_why() -> None:
    for country, kind, channel, state, ground, allowed in TABLE:
        pack = pack_for(country, on=TODAY)
        decision = may_contact(facts(state, channel), channel=channel, ground=ground, kind=kind, pack=pack)
        assert (decision.because is None) is allowed


def test_what_is_sent_by_machine_and_what_is_done_by_hand_pass_the_same_gate() -> None:
    for country, kind, channel, state, ground, allowed in TABLE:
        if ground is Ground.FORM:
            pack = pack_for(country, on=TODAY)
            sent = may_write_to(
                facts(state, channel), message_class="marketing", purpose="offers", channel=channel, pack=pack, kind=kind
            )
            assert sent.allowed is allowed, (country, kind, channel, state)


def test_a_consent_to_letters_or_to_another_channel_allows_no_call() -> None:
    poland = pack_for("PL", on=TODAY)
    elsewhere = {(Purpose.NEWSLETTER, Channel.PHONE): Act.GIVEN, (Purpose.OFFERS, Channel.EMAIL): Act.GIVEN}

    decision = may_call(ConsentFacts(permissions=elsewhere), ground=Ground.FORM, kind=SubjectKind.BUSINESS, pack=poland)

    assert decision.because is Refusal.NEVER_ASKED


def test_each_pack_names_its_law_and_every_article() -> None:
    assert {pack.country for pack in packs()} == {"PL", "DE", "GB", "US"}
    for pack in packs():
        assert pack.law
        assert pack.demands.keys() == {(kind, channel) for kind in SubjectKind for channel in Channel}
        assert all(demand.article for demand in pack.demands.values())


def test_a_pack_holds_from_its_day_and_before_it_the_strictest_of_the_others() -> None:
    poland = pack_for("PL", on=TODAY)

    assert pack_for("PL", on=poland.since) == poland
    assert pack_for("PL", on=poland.since - timedelta(days=1)).country == ""
    assert pack_for("PL", on=date(1990, 1, 1)).demands[SubjectKind.PERSON, Channel.PHONE].wants is Wants.CONSENT


def test_the_strictest_is_no_milder_than_any_pack_whatever_their_order() -> None:
    strictest = strictest_of(packs()).demands
    backwards = strictest_of(packs()[::-1]).demands
    for pack in packs():
        for key, demand in pack.demands.items():
            assert list(Wants).index(strictest[key].wants) >= list(Wants).index(demand.wants)
            assert (strictest[key].wants, strictest[key].lifted_by) == (backwards[key].wants, backwards[key].lifted_by)


@pytest.mark.parametrize(
    ("number", "country"),
    [("+48601234567", "PL"), ("+4915112345678", "DE"), ("+447400123456", "GB"), ("+12025550123", "US"), ("+80012345678", "")],
)
def test_a_number_tells_its_country(number: str, country: str) -> None:
    assert country_of(number) == country


CALLS = ConsentOffer(key="offers-phone", purpose=Purpose.OFFERS, channel=Channel.PHONE, text="Call me about your audits.")


def offering_calls() -> Guide:
    return published(contract=msgspec.structs.replace(definition().contract, consents=(CALLS,)))


@pytest.fixture
def zoe(db: None) -> Visitor:
    """Ticked calls on a form that offers them, and confirmed."""
    who = ask(offering_calls(), "zoe@example.org", name="Zoe", phone="602 345 678", ticked=[CALLS.key])
    confirm(who)
    return who


def answer(who: Visitor, ground: Ground = Ground.FORM) -> CallAnswer:
    return call_decision(CallAsk(contact_id=who.contact_id, ground=ground, kind=SubjectKind.PERSON), on=TODAY)


def test_a_form_with_a_number_is_no_leave_to_call(ann: Visitor) -> None:
    told = answer(ann)

    assert told.decision.because is Refusal.NEVER_ASKED
    assert told.phone is None
    assert told.article == "art. 398 ust. 1 PKE"


def test_who_asked_us_to_call_gets_the_call(ann: Visitor) -> None:
    told = answer(ann, Ground.ASKED_US)

    assert told.phone is not None
    assert told.phone.key == "+48601234567"


def test_a_confirmed_tick_lets_us_call(zoe: Visitor) -> None:
    assert answer(zoe).phone is not None


def test_an_unconfirmed_tick_does_not(db: None) -> None:
    who = ask(offering_calls(), "yan@example.org", phone="603 345 678", ticked=[CALLS.key])
    # The number of a claim is no way to reach anybody yet.
    ContactPoint.objects.create(
        contact_id=who.contact_id, kind="phone", value="+48 603 345 678", key="+48603345678", created_at=MONDAY
    )

    assert answer(who).decision.because is Refusal.NOT_CONFIRMED


@pytest.mark.parametrize("scope", list(Scope))
def test_a_stop_on_the_number_wins_over_every_ground_and_consent(zoe: Visitor, scope: Scope) -> None:
    consent.suppress([address_hash("+48602345678")], scope=scope, reason=StopReason.STAFF, channel=Channel.PHONE, now=MONDAY)

    for ground in Ground:
        assert answer(zoe, ground).phone is None


def test_who_wants_to_hear_nothing_by_mail_is_not_called_either_but_a_dead_mailbox_says_nothing(zoe: Visitor) -> None:
    mailbox = [address_hash("zoe@example.org")]
    consent.suppress(mailbox, scope=Scope.EVERYTHING, reason=StopReason.HARD_BOUNCE, now=MONDAY)
    assert answer(zoe).phone is not None

    consent.suppress(mailbox, scope=Scope.MARKETING, reason=StopReason.LEFT, now=MONDAY)
    assert answer(zoe).phone is not None, "left the letters, not the calls"

    consent.suppress(["x" * 64], scope=Scope.EVERYTHING, reason=StopReason.COMPLAINT, now=MONDAY)
    assert answer(zoe).phone is not None


def test_a_complaint_by_mail_ends_calls(zoe: Visitor) -> None:
    consent.suppress([address_hash("zoe@example.org")], scope=Scope.EVERYTHING, reason=StopReason.COMPLAINT, now=MONDAY)

    assert answer(zoe).decision.because is Refusal.STOPPED


def test_a_wrong_number_is_not_offered_again(zoe: Visitor) -> None:
    contacts.note_point_failed(zoe.contact_id, kind=PointKind.PHONE, because="wrong_number", now=MONDAY)

    assert answer(zoe).decision.because is Refusal.WRONG_NUMBER


def test_without_a_number_nobody_is_called(bob: Visitor) -> None:
    assert answer(bob, Ground.ASKED_US).decision.because is Refusal.NO_NUMBER


def test_the_ground_of_a_call_is_the_basis_of_its_lead(ann: Visitor) -> None:
    assert {ground.value for ground in Ground} == {"", *(basis.value for basis in Basis)}
    Lead.objects.filter(pk=ann.lead_id).update(basis=Basis.ASKED_US.value)

    assert activities.call_answers([ann.lead_id], on=TODAY)[ann.lead_id].phone is not None
