"""Promises K2, K3, K4 and K6: what people allowed stands as it was written, and a no survives everything."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadstone.domains.consent import queries as consent
from leadstone.domains.consent import rules
from leadstone.domains.consent.models import ConsentEvidence, ConsentRecord, LedgerHead, Permission, Suppression, Wording
from leadstone.domains.consent.packs import pack_for
from leadstone.domains.consent.queries import Break
from leadstone.domains.consent.rules import Act, Method, Scope, StopReason
from leadstone.domains.consent.services import MailboxOwner, Proof, confirm_asked, suppress, withdraw_exchange, withdraw_marketing
from leadstone.domains.contacts import queries as contacts
from leadstone.flows.exchange_undone import exchanges_undone
from leadstone.flows.visitor_acts import mailboxes_proven
from leadstone.wire.definition import Channel, Purpose
from leadstone.wire.records import ExchangeUndone, MailboxProven
from tests.cast import MONDAY, NEWSLETTER, OFFERS, Guide, Visitor, ask, confirm, leave, published

pytestmark = pytest.mark.django_db

POLAND = pack_for("PL", on=MONDAY.date())
NEWS = (Purpose.NEWSLETTER, Channel.EMAIL)


def decision(who: Visitor, purpose: Purpose = Purpose.NEWSLETTER) -> rules.Decision:
    mailbox = contacts.mailboxes([who.contact_id])[who.contact_id]
    facts = consent.consent_facts([(who.contact_id, mailbox.address_hash)], channel=Channel.EMAIL)
    known = facts[who.contact_id, mailbox.address_hash]
    return rules.may_write_to(known, message_class="marketing", purpose=purpose, channel=Channel.EMAIL, pack=POLAND)


def owner(who: Visitor) -> MailboxOwner:
    mailbox = contacts.mailboxes([who.contact_id])[who.contact_id]
    return MailboxOwner(contact_id=who.contact_id, address_key=mailbox.key, address_hash=mailbox.address_hash)


def tampered(sql: str) -> None:
    """Change the ledger as somebody with the database in their hands could: with the triggers out of the way."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE consent_consentrecord DISABLE TRIGGER consent_record_keeps")
            cursor.execute(sql)
            cursor.execute("ALTER TABLE consent_consentrecord ENABLE TRIGGER consent_record_keeps")
            return
        for verb in ("UPDATE", "DELETE"):
            cursor.execute(f"DROP TRIGGER consent_record_keeps_{verb}")
        cursor.execute(sql)


def given_on(who: Visitor) -> list[int | None]:
    """The versions on whose words this person gave the newsletter."""
    rows = ConsentRecord.objects.filter(contact_id=who.contact_id, act="given", purpose="newsletter").order_by("sequence")
    return list(rows.values_list("version_id", flat=True))


def test_a_consent_names_words_purpose_channel_version_time_method_and_collector(ann: Visitor, guide: Guide) -> None:
    asked, given_ = consent.history_of(ann.contact_id)
    assert (asked.act, given_.act) == (Act.ASKED, Act.GIVEN)
    assert asked.words == given_.words == NEWSLETTER.text
    assert (given_.purpose, given_.channel, given_.version_id) == (Purpose.NEWSLETTER, Channel.EMAIL, guide.version_id)
    assert (given_.method, given_.collector, given_.language) == (Method.CONFIRM_PAGE, "edge", "en")
    assert asked.at == MONDAY


def test_the_ledger_holds_no_address_and_no_name(ann: Visitor) -> None:
    stored = str(list(ConsentRecord.objects.values()))
    assert "ann@" not in stored.lower()
    assert "zaklad" not in stored


@pytest.mark.parametrize("change", ["UPDATE consent_consentrecord SET act = 'given'", "DELETE FROM consent_consentrecord"])
def test_the_database_itself_refuses_to_change_the_ledger(bob: Visitor, change: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert ConsentRecord.objects.get().act == Act.ASKED


def test_an_untouched_ledger_is_intact(ann: Visitor, bob: Visitor, cleo: Visitor) -> None:
    verdict = consent.verify_ledger()
    assert (verdict.intact, verdict.records) == (True, 6)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("act", "'withdrawn'"),
        ("contact_id", "contact_id + 1"),
        ("purpose", "'offers'"),
        ("channel", "'sms'"),
        ("version_id", "NULL"),
        ("wording_id", "NULL"),
        ("method", "'staff'"),
        ("collector", "'staff:1'"),
        ("subject_digest", "'0'"),
        ("evidence_digest", "'0'"),
        ("hash", "previous"),
    ],
)
def test_a_changed_field_is_found_and_the_record_is_named(ann: Visitor, bob: Visitor, column: str, value: str) -> None:
    tampered(f"UPDATE consent_consentrecord SET {column} = {value} WHERE sequence = 2")
    verdict = consent.verify_ledger()
    assert (verdict.intact, verdict.broken_at) == (False, 2)


def test_a_missing_record_is_found_in_the_middle_and_at_the_end(ann: Visitor, bob: Visitor) -> None:
    ConsentEvidence.objects.all().delete()
    with transaction.atomic():
        tampered("DELETE FROM consent_consentrecord WHERE sequence = 3")
        assert consent.verify_ledger().because is Break.MISSING_END
    if connection.vendor == "postgresql":
        tampered("DELETE FROM consent_consentrecord WHERE sequence = 1")
    else:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM consent_consentrecord WHERE sequence = 1")
    verdict = consent.verify_ledger()
    assert (verdict.because, verdict.broken_at) == (Break.MISSING_RECORD, 1)


@pytest.mark.parametrize(
    ("change", "because"),
    [
        (lambda: Wording.objects.update(text="Sell me anything"), Break.CHANGED_WORDING),
        (lambda: ConsentEvidence.objects.update(values={"address": "eve@example.com"}), Break.CHANGED_EVIDENCE),
        (lambda: Permission.objects.filter(act="asked").update(act="given"), Break.WRONG_PERMISSION),
        (lambda: Permission.objects.all()[:1].get().delete(), Break.WRONG_PERMISSION),
        (lambda: LedgerHead.objects.update(hash="0" * 64), Break.MISSING_END),
    ],
)
def test_changed_words_evidence_and_permissions_are_found(
    ann: Visitor, bob: Visitor, change: Callable[[], object], because: Break
) -> None:
    change()
    assert consent.verify_ledger().because is because


def test_erasing_evidence_leaves_the_chain_intact(ann: Visitor) -> None:
    ConsentEvidence.objects.all().delete()
    assert consent.verify_ledger().intact


def test_a_magnet_comes_without_marketing_and_no_marketing_comes_in_a_year(guide: Guide) -> None:
    who = ask(guide, "eve@example.com")
    confirm(who)
    for day in range(1, 366):
        if day % 60 == 0:
            ask(guide, "eve@example.com", now=MONDAY + timedelta(days=day))
            confirm(who, now=MONDAY + timedelta(days=day, minutes=5))
        assert decision(who).because is rules.Refusal.NEVER_ASKED
        assert decision(who, Purpose.OFFERS).because is rules.Refusal.NEVER_ASKED


def test_leaving_stops_marketing_before_the_next_send_and_twice_is_as_once(ann: Visitor) -> None:
    assert decision(ann)
    leave(ann)
    assert decision(ann).because is rules.Refusal.LEFT_MARKETING
    records = ConsentRecord.objects.count()
    leave(ann, now=MONDAY + timedelta(days=2))
    assert (ConsentRecord.objects.count(), Suppression.objects.count()) == (records, 1)


def test_a_form_never_lifts_a_stop_and_an_old_button_subscribes_nobody(cleo: Visitor, guide: Guide) -> None:
    confirm(cleo, now=MONDAY + timedelta(days=2))
    assert decision(cleo).because is rules.Refusal.LEFT_MARKETING
    ask(guide, "cleo@example.net", ticked=[NEWSLETTER.key], now=MONDAY + timedelta(days=3))
    assert decision(cleo).because is rules.Refusal.LEFT_MARKETING
    assert Suppression.objects.get().lifted_at is None


def test_the_proven_mailbox_with_a_fresh_tick_comes_back(cleo: Visitor, guide: Guide) -> None:
    ask(guide, "cleo@example.net", ticked=[NEWSLETTER.key], now=MONDAY + timedelta(days=3))
    confirm(cleo, now=MONDAY + timedelta(days=3, minutes=1))
    assert decision(cleo)
    assert not decision(cleo, Purpose.OFFERS)


def test_confirming_one_exchange_confirms_no_tick_of_another(guide: Guide) -> None:
    who = ask(guide, "ann@example.com")
    ask(published(), "ann@example.com", ticked=[NEWSLETTER.key])
    confirm(who)
    assert decision(who).because is rules.Refusal.NOT_CONFIRMED


def test_a_tick_from_before_a_withdrawal_stays_dead_though_another_form_ticks_again(cleo: Visitor) -> None:
    later = MONDAY + timedelta(days=3)
    ask(published(), "cleo@example.net", ticked=[NEWSLETTER.key], now=later)
    confirm(cleo, now=later)
    assert consent.permissions_of([cleo.contact_id])[cleo.contact_id][NEWS] is Act.ASKED
    assert not decision(cleo)


def test_asking_again_without_the_tick_takes_nothing_back(ann: Visitor, guide: Guide) -> None:
    ask(guide, "ann@zaklad.example.com", now=MONDAY + timedelta(days=1))
    ask(guide, "ann@zaklad.example.com", ticked=[NEWSLETTER.key, OFFERS.key], now=MONDAY + timedelta(days=1))
    assert consent.permissions_of([ann.contact_id])[ann.contact_id][NEWS] is Act.GIVEN
    assert consent.verify_ledger().intact


@pytest.mark.parametrize("mallory_first", [True, False])
def test_a_box_that_a_stranger_ticked_beside_the_owners_form_subscribes_nobody(guide: Guide, mallory_first: bool) -> None:
    boxes = [[NEWSLETTER.key, OFFERS.key], [NEWSLETTER.key]]
    for minutes, ticked in enumerate(boxes if mallory_first else reversed(boxes)):
        who = ask(guide, "eve@example.com", ticked=ticked, now=MONDAY + timedelta(minutes=minutes))
    confirm(who)
    assert decision(who), "both forms ticked the newsletter"
    assert not decision(who, Purpose.OFFERS)


def test_a_form_of_another_day_casts_no_doubt_on_a_tick(guide: Guide) -> None:
    ask(guide, "eve@example.com")
    who = ask(guide, "eve@example.com", ticked=[NEWSLETTER.key], now=MONDAY + timedelta(days=2))
    confirm(who, now=MONDAY + timedelta(days=2, minutes=1))
    assert decision(who)


def test_an_undone_form_casts_no_doubt_on_the_one_after_it(guide: Guide) -> None:
    first = ask(guide, "eve@example.com")
    ask(published(), "eve@example.com")
    exchanges_undone([ExchangeUndone(at=0, grant_key=str(first.grant_key))], now=MONDAY)
    who = ask(guide, "eve@example.com", ticked=[NEWSLETTER.key], now=MONDAY + timedelta(hours=1))
    confirm(who, now=MONDAY + timedelta(hours=2))
    assert decision(who)


def test_two_buttons_of_one_person_pressed_at_once_confirm_the_boxes_of_both(guide: Guide) -> None:
    news = ask(guide, "eve@example.com", ticked=[NEWSLETTER.key])
    offers = ask(published(), "eve@example.com", ticked=[OFFERS.key])
    mailboxes_proven([MailboxProven(at=0, grant_key=str(each.grant_key)) for each in (news, offers)], now=MONDAY)
    assert decision(news)
    assert decision(offers, Purpose.OFFERS)


def test_a_consent_on_the_words_of_another_magnet_is_a_line_of_its_own_and_only_once() -> None:
    first, second = published(), published()
    once = ask(first, "eve@example.com", ticked=[NEWSLETTER.key])
    confirm(once)
    again = ask(second, "eve@example.com", ticked=[NEWSLETTER.key])
    assert given_on(once) == [first.version_id]  # a form proves nothing

    for _press in range(2):
        confirm(again)

    assert given_on(once) == [first.version_id, second.version_id]
    assert decision(once)
    assert consent.verify_ledger().intact


def test_a_second_consent_stands_when_the_exchange_of_the_first_is_undone() -> None:
    first, second = published(), published()
    once = ask(first, "eve@example.com", ticked=[NEWSLETTER.key])
    confirm(once)
    confirm(ask(second, "eve@example.com", ticked=[NEWSLETTER.key]))

    withdraw_exchange(owner(once), version_ids=[first.version_id], collector="edge", now=MONDAY)

    assert decision(once)


def test_an_undone_exchange_leaves_no_consent_that_another_form_only_asked_for() -> None:
    first, second = published(), published()
    who = ask(first, "eve@example.com", ticked=[NEWSLETTER.key])
    confirm(who)
    other = ask(second, "eve@example.com", ticked=[NEWSLETTER.key], now=MONDAY + timedelta(hours=1))
    assert decision(who)

    exchanges_undone([ExchangeUndone(at=0, grant_key=str(who.grant_key))], now=MONDAY + timedelta(hours=2))

    assert decision(who).because is rules.Refusal.NOT_CONFIRMED
    assert consent.verify_ledger().intact
    confirm(other, now=MONDAY + timedelta(hours=3))
    assert given_on(who) == [first.version_id, second.version_id]
    assert decision(who)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(acts=st.lists(st.sampled_from(["form", "leave", "bounce", "not_me", "confirm_unticked", "again"]), max_size=8))
def test_the_union_of_all_stops_survives_everything_but_a_proven_tick(guide: Guide, acts: list[str]) -> None:
    with transaction.atomic():
        who = ask(guide, "eve@example.com")
        mine = owner(who)
        stops: set[Scope] = set()
        for number, act in enumerate(acts):
            now = MONDAY + timedelta(hours=number + 1)
            if act == "form":
                ask(guide, "eve@example.com", ticked=[NEWSLETTER.key], now=now)
            elif act == "leave":
                withdraw_marketing([mine], method=Method.ONE_CLICK, collector="edge", now=now)
                stops.add(Scope.MARKETING)
            elif act in {"bounce", "not_me"}:
                reason = StopReason.HARD_BOUNCE if act == "bounce" else StopReason.NOT_ME
                suppress([mine.address_hash], scope=Scope.EVERYTHING, reason=reason, now=now)
                stops.add(Scope.EVERYTHING)
            elif act == "confirm_unticked":
                confirm_asked(
                    [Proof(owner=mine, version_ids=[], ticked=[])], method=Method.CONFIRM_PAGE, collector="edge", now=now
                )
            else:
                ask(published(), "eve@example.com", now=now)
            in_force = consent.stops_in_force([mine.address_hash], channel=Channel.EMAIL)
            assert in_force.get(mine.address_hash, frozenset()) == stops
        assert consent.verify_ledger().intact
        transaction.set_rollback(True)


def test_a_ledger_of_any_story_verifies_and_any_flipped_hex_digit_breaks_it(ann: Visitor, cleo: Visitor) -> None:
    for record in ConsentRecord.objects.order_by("sequence"):
        with transaction.atomic():
            flipped = ("1" if record.hash[7] == "0" else "0").join((record.hash[:7], record.hash[8:]))
            tampered(f"UPDATE consent_consentrecord SET hash = '{flipped}' WHERE sequence = {record.sequence}")
            verdict = consent.verify_ledger()
            assert verdict.broken_at == record.sequence
            transaction.set_rollback(True)
