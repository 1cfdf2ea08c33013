"""The fate of a grant, the second request (promise C6) and the mailed code."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from uuid import uuid4

import pytest

from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.consent import queries as consent
from leadstone.domains.consent.rules import Act
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.grants import queries as grants
from leadstone.domains.grants import services
from leadstone.domains.grants.models import CodeAttempt, Grant, MailedCode
from leadstone.domains.grants.rules import MOVES, CodeRefusal, GrantState, Rating, after_request, may_move
from leadstone.domains.leads import queries as leads
from leadstone.domains.privacy import services as privacy
from leadstone.flows.visitor_acts import code_entered, files_served, links_asked_again, promises_rated
from leadstone.infra.blind_index import address_hash
from leadstone.infra.outbox.models import RecordedEvent
from leadstone.wire.definition import Channel, Purpose
from leadstone.wire.records import FileServed, LinkAskedAgain, PromiseRated
from tests.cast import MONDAY, NEWSLETTER, OFFERS, Guide, Visitor, ask, confirm, leave, published, visitor

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(days=7)
NEWS = (Purpose.NEWSLETTER, Channel.EMAIL)


def state(who: Visitor) -> GrantState:
    facts = grants.grant(who.grant_id)
    assert facts is not None
    return facts.state


def mailed(who: Visitor, code: str = "123456") -> None:
    digest = grants.code_digest(code, grant_id=who.grant_id)
    services.mark_mailed(grant_id=who.grant_id, code_digest=digest, now=MONDAY)


def served(who: Visitor) -> None:
    files_served([FileServed(at=int(MONDAY.timestamp() * 1000), grant_key=str(who.grant_key))], now=MONDAY)


@pytest.mark.parametrize(("now_at", "to"), list(product(GrantState, GrantState)))
def test_nothing_leads_out_of_undone_and_nothing_back_from_delivered(now_at: GrantState, to: GrantState) -> None:
    if now_at is GrantState.UNDONE:
        assert not may_move(now_at, to)
    if now_at is GrantState.DELIVERED and may_move(now_at, to):
        assert to is GrantState.UNDONE
    assert now_at not in MOVES.get(now_at, frozenset())


@pytest.mark.parametrize("now_at", GrantState)
def test_a_second_request_closes_nothing_that_is_open(now_at: GrantState) -> None:
    if now_at in {GrantState.OPENED, GrantState.DELIVERED}:
        assert after_request(now_at) is now_at


def new(guide: Guide) -> Visitor | None:
    return None


def pending(guide: Guide) -> Visitor:
    return ask(guide, "zoe@example.com", ticked=[NEWSLETTER.key])


def confirmed(guide: Guide) -> Visitor:
    who = pending(guide)
    confirm(who)
    return who


def unsubscribed(guide: Guide) -> Visitor:
    who = confirmed(guide)
    leave(who)
    return who


def bounced(guide: Guide) -> Visitor:
    who = pending(guide)
    services.mark_failed(grant_id=who.grant_id, because="hard_bounce", now=MONDAY)
    return who


def erased(guide: Guide) -> Visitor:
    who = confirmed(guide)
    privacy.erase_contact(who.contact_id, now=MONDAY)
    return who


@pytest.mark.parametrize("before", [new, pending, confirmed, unsubscribed, bounced, erased])
@pytest.mark.parametrize("same_magnet", [True, False])
@pytest.mark.parametrize("ticked", [[], [NEWSLETTER.key], [OFFERS.key]])
def test_a_second_request_gets_a_mail_and_neither_downgrades_nor_subscribes(
    guide: Guide, before: Callable[[Guide], Visitor | None], same_magnet: bool, ticked: list[str]
) -> None:
    earlier = before(guide)
    stops_before = _stops()
    allowed_before = _permissions(earlier)
    wanted = guide if same_magnet else published()
    events = RecordedEvent.objects.filter(kind="SubmissionAccepted").count()

    ask(wanted, "zoe@example.com", now=LATER, ticked=ticked)

    who = visitor(wanted, "zoe@example.com")
    assert RecordedEvent.objects.filter(kind="SubmissionAccepted").count() == events + 1
    assert grants.letter_facts([who.grant_id])[who.grant_id].address == "zoe@example.com"
    assert who.grant_key not in grants.revoked_keys()
    assert state(who) in {GrantState.PROMISED, GrantState.OPENED}
    assert _stops() == stops_before
    now_allowed = _permissions(who)
    for subject, act in allowed_before.items():
        if before is not erased and act is Act.GIVEN:
            assert now_allowed[subject] is Act.GIVEN
    assert Act.GIVEN not in {act for subject, act in now_allowed.items() if allowed_before.get(subject) is not Act.GIVEN}


def _permissions(who: Visitor | None) -> dict[tuple[Purpose, Channel], Act]:
    return consent.permissions_of([who.contact_id]).get(who.contact_id, {}) if who else {}


def _stops() -> object:
    return consent.stops_in_force([address_hash("zoe@example.com")], channel=Channel.EMAIL)


def test_the_way_to_delivered_and_each_step_once(bob: Visitor) -> None:
    mailed(bob)
    assert state(bob) is GrantState.MAILED
    confirm(bob)
    assert state(bob) is GrantState.OPENED
    served(bob)
    served(bob)
    assert state(bob) is GrantState.DELIVERED
    mailed(bob)
    assert state(bob) is GrantState.DELIVERED
    assert RecordedEvent.objects.filter(kind="MailboxConfirmed").count() == 1


def test_a_file_that_is_told_of_before_its_button_still_counts(bob: Visitor) -> None:
    served(bob)
    assert state(bob) is GrantState.PROMISED
    confirm(bob)
    assert state(bob) is GrantState.DELIVERED


def test_a_mail_that_cannot_arrive_is_an_alarm_until_it_does(bob: Visitor) -> None:
    services.mark_failed(grant_id=bob.grant_id, because="hard_bounce", now=MONDAY)
    assert [grant.grant_id for grant in grants.failed_grants()] == [bob.grant_id]
    confirm(bob)
    assert grants.failed_grants() == []


def test_a_later_mail_that_is_lost_takes_nothing_away(ann: Visitor) -> None:
    services.mark_failed(grant_id=ann.grant_id, because="mailbox_full", now=MONDAY)
    assert state(ann) is GrantState.OPENED


def test_a_promise_whose_mail_has_not_left_is_overdue(bob: Visitor) -> None:
    assert grants.overdue_grants(promised_before=MONDAY) == []
    assert [grant.grant_id for grant in grants.overdue_grants(promised_before=LATER)] == [bob.grant_id]


def test_the_last_rating_counts_and_nonsense_does_not(ann: Visitor) -> None:
    def rated(answer: str) -> Rating | None:
        promises_rated([PromiseRated(at=0, grant_key=str(ann.grant_key), answer=answer)], now=MONDAY)
        facts = grants.grant(ann.grant_id)
        return facts.rating if facts else None

    assert [rated("yes"), rated("no"), rated("DROP TABLE")] == [Rating.YES, Rating.NO, Rating.NO]


def test_unknown_and_broken_keys_are_passed_over(ann: Visitor) -> None:
    for key in (str(uuid4()), "no key at all", ""):
        files_served([FileServed(at=0, grant_key=key)], now=MONDAY)
        links_asked_again([LinkAskedAgain(at=0, grant_key=key)], now=MONDAY)
    assert Grant.objects.get().delivered_at is None
    assert not RecordedEvent.objects.filter(kind="LinkRequested").exists()


def test_a_link_that_ran_out_is_asked_for_again(ann: Visitor) -> None:
    links_asked_again([LinkAskedAgain(at=0, grant_key=str(ann.grant_key))], now=MONDAY)
    assert RecordedEvent.objects.get(kind="LinkRequested").payload == {"grant_id": ann.grant_id}


def test_the_right_code_proves_the_mailbox_and_works_once(bob: Visitor) -> None:
    mailed(bob)
    assert code_entered(ref=bob.ref, code=" 123456 ", now=MONDAY).grant_id == bob.grant_id
    assert state(bob) is GrantState.OPENED
    assert bob.contact_id in contacts.proven_contacts([bob.contact_id])
    assert leads.lead_card(bob.lead_id, reader=THE_HOUSE).permissions[NEWS] is Act.GIVEN
    assert code_entered(ref=bob.ref, code="123456", now=MONDAY).because is CodeRefusal.WRONG


def test_a_code_exists_only_after_its_mail_and_for_half_an_hour(bob: Visitor) -> None:
    assert not code_entered(ref=bob.ref, code="123456", now=MONDAY).opened
    mailed(bob)
    assert not code_entered(ref=bob.ref, code="123456", now=MONDAY + timedelta(minutes=31)).opened
    assert code_entered(ref=bob.ref, code="123456", now=MONDAY + timedelta(minutes=29)).opened


def test_the_code_of_one_grant_opens_no_other(guide: Guide, bob: Visitor) -> None:
    eve = ask(guide, "eve@example.com")
    mailed(bob)
    assert not code_entered(ref=eve.ref, code="123456", now=MONDAY).opened


def test_five_attempts_a_day_for_an_address_over_all_its_pages(guide: Guide, bob: Visitor) -> None:
    other = ask(published(), "bob@example.org")
    mailed(bob)
    for ref in (bob.ref, other.ref, bob.ref, other.ref, bob.ref):
        assert code_entered(ref=ref, code="000000", now=MONDAY).because is CodeRefusal.WRONG
    assert code_entered(ref=other.ref, code="000000", now=MONDAY).because is CodeRefusal.TOO_MANY
    assert code_entered(ref=bob.ref, code="123456", now=MONDAY).because is CodeRefusal.TOO_MANY
    mailed(bob, code="654321")
    assert not code_entered(ref=bob.ref, code="654321", now=MONDAY + timedelta(minutes=1)).opened


def test_an_unknown_page_answers_as_a_known_one(bob: Visitor) -> None:
    def answers(ref: str) -> list[CodeRefusal | None]:
        return [code_entered(ref=ref, code="000000", now=MONDAY).because for _ in range(7)]

    assert answers("never-seen") == answers(bob.ref)
    assert CodeAttempt.objects.count() == 2


def test_the_code_itself_is_nowhere_in_the_database(bob: Visitor) -> None:
    mailed(bob)
    assert "123456" not in str(list(MailedCode.objects.values()))
