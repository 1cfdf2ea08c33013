"""Not me, leave, undo: what the owner of the mailbox says goes, and goes at once."""

from datetime import timedelta

import pytest

from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.consent import queries as consent
from leadstone.domains.consent.rules import Scope, StopReason
from leadstone.domains.consent.services import suppress
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.grants import queries as grants
from leadstone.domains.grants.rules import GrantState
from leadstone.domains.leads import queries as leads
from leadstone.flows.exchange_undone import exchanges_undone
from leadstone.flows.visitor_acts import left_marketing, mailboxes_proven, mails_welcome, not_me
from leadstone.infra.outbox.models import RecordedEvent
from leadstone.wire.definition import Channel
from leadstone.wire.records import ExchangeUndone, LeftMarketing, MailboxProven, MailsWelcome, NotMe
from tests.cast import MONDAY, NEWSLETTER, Guide, Visitor, ask, confirm, published

pytestmark = pytest.mark.django_db


def say_not_me(who: Visitor) -> None:
    not_me([NotMe(at=0, grant_key=str(who.grant_key))], now=MONDAY)


def stops(who: Visitor) -> frozenset[Scope]:
    key = contacts.mailboxes([who.contact_id])[who.contact_id].address_hash
    return consent.stops_in_force([key], channel=Channel.EMAIL).get(key, frozenset())


def test_not_me_stops_everything_ends_the_grant_and_declines_the_claims(bob: Visitor) -> None:
    say_not_me(bob)
    facts = grants.grant(bob.grant_id)
    assert facts is not None
    assert (facts.state, facts.ended_because) == (GrantState.UNDONE, "not_me")
    assert bob.grant_key in grants.revoked_keys()
    assert Scope.EVERYTHING in stops(bob)
    card = leads.lead_card(bob.lead_id, reader=THE_HOUSE)
    assert card.shown == {}
    assert [said.state for said in card.statements] == ["declined"]
    assert RecordedEvent.objects.filter(kind="ExchangeEnded").count() == 1


def test_not_me_twice_is_as_once_and_a_proof_afterwards_opens_nothing(bob: Visitor) -> None:
    say_not_me(bob)
    say_not_me(bob)
    confirm(bob)
    facts = grants.grant(bob.grant_id)
    assert facts is not None
    assert facts.state is GrantState.UNDONE
    assert RecordedEvent.objects.filter(kind="ExchangeEnded").count() == 1
    assert not contacts.proven_contacts([bob.contact_id])


def test_a_request_after_not_me_is_a_new_grant_and_the_old_links_stay_dead(bob: Visitor, guide: Guide) -> None:
    say_not_me(bob)
    again = ask(guide, "bob@example.org", name="Bob")
    assert again.grant_key != bob.grant_key
    assert bob.grant_key in grants.revoked_keys()
    assert again.grant_key not in grants.revoked_keys()


def test_not_me_is_taken_back_only_with_the_mail_in_which_it_was_said(bob: Visitor, guide: Guide) -> None:
    other = ask(published(), "bob@example.org")
    say_not_me(bob)
    # Somebody types the address again: the victim's record lets go of the old exchange, and stays stopped.
    again = ask(guide, "bob@example.org", name="Bob")
    for grant in (again.grant_key, other.grant_key):
        mails_welcome([MailsWelcome(at=0, grant_key=str(grant))], now=MONDAY)
    mails_welcome([MailsWelcome(at=0, grant_key=str(bob.grant_key), agent="machine:scanner")], now=MONDAY)
    assert Scope.EVERYTHING in stops(bob)

    mails_welcome([MailsWelcome(at=0, grant_key=str(bob.grant_key))], now=MONDAY)
    assert stops(bob) == {Scope.MARKETING}
    assert bob.grant_key in grants.revoked_keys()


def test_a_graver_stop_outlives_the_taking_back_of_not_me(bob: Visitor) -> None:
    say_not_me(bob)
    key = contacts.mailboxes([bob.contact_id])[bob.contact_id].address_hash
    suppress([key], scope=Scope.EVERYTHING, reason=StopReason.COMPLAINT, now=MONDAY)
    say_not_me(bob)
    mails_welcome([MailsWelcome(at=0, grant_key=str(bob.grant_key))], now=MONDAY)
    assert Scope.EVERYTHING in stops(bob)


def test_after_taking_it_back_asking_anew_and_the_button_subscribe_to_what_was_ticked_and_to_nothing_else(
    bob: Visitor, guide: Guide
) -> None:
    say_not_me(bob)
    mails_welcome([MailsWelcome(at=0, grant_key=str(bob.grant_key))], now=MONDAY)
    confirm(ask(guide, "bob@example.org", name="Bob"))
    assert stops(bob) == {Scope.MARKETING}
    confirm(ask(guide, "bob@example.org", name="Bob", ticked=[NEWSLETTER.key], now=MONDAY + timedelta(days=2)))
    assert stops(bob) == frozenset()


def test_leaving_withdraws_every_consent_by_mail_ticked_or_given(guide: Guide) -> None:
    who = ask(guide, "ann@example.com", ticked=[NEWSLETTER.key])
    confirm(who)
    ask(published(), "ann@example.com", ticked=["offers-email"])
    left_marketing([LeftMarketing(at=0, contact_key=str(who.contact_key), one_click=True)], now=MONDAY)
    assert set(consent.permissions_of([who.contact_id])[who.contact_id].values()) == {"withdrawn"}
    assert stops(who) == {Scope.MARKETING}
    assert consent.history_of(who.contact_id)[-1].method == "one_click"


def test_whoever_never_agreed_to_anything_may_leave_too(guide: Guide) -> None:
    who = ask(guide, "ann@example.com")
    left_marketing([LeftMarketing(at=0, contact_key=str(who.contact_key))], now=MONDAY)
    assert stops(who) == {Scope.MARKETING}


def test_undoing_ends_the_grant_for_good_and_asking_again_begins_anew(guide: Guide) -> None:
    who = ask(guide, "ann@example.com", name="Ann")
    confirm(who)
    for _ in range(2):
        exchanges_undone([ExchangeUndone(at=0, grant_key=str(who.grant_key))], now=MONDAY)
    mailboxes_proven([MailboxProven(at=0, grant_key=str(who.grant_key))], now=MONDAY)
    again = ask(guide, "ann@example.com", name="Ann")
    assert again.contact_id != who.contact_id
    assert grants.revoked_keys() == {who.grant_key}
    assert leads.total_leads() == 1
