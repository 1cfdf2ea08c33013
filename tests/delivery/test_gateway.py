"""One gate decides every message, and every message is accounted for."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from leadstone.domains.consent.models import Permission
from leadstone.domains.consent.rules import Scope
from leadstone.domains.contacts.models import Contact
from leadstone.domains.delivery import queries
from leadstone.domains.delivery.models import Message
from leadstone.domains.delivery.rules import Limits, MessageClass, State
from leadstone.domains.delivery.services import gateway, upkeep
from leadstone.domains.delivery.services.queueing import note_answered
from leadstone.infra.mail.mailbox import list_mails
from leadstone.infra.mail.url import MailUrl, Security
from leadstone.infra.outbox.models import RecordedEvent
from leadstone.wire.data_folder import DataFolder
from leadstone.wire.definition import Purpose
from leadstone.worker.sending import Sender
from tests.delivery.people import MONDAY, FakeLetters, ask_for, mailing_to, people, person, stop
from tests.delivery.servers import DROP, TAKE, smtp_server

# Couriers are threads, but only the test's own thread talks to the database.
pytestmark = pytest.mark.django_db(transaction=True)

Run = Callable[..., None]
ORDINARY = Limits()


@pytest.fixture
def run(folder: DataFolder, letters: FakeLetters) -> Run:
    """Send all that is due at a time; to the local mailbox, or to a server on `port`."""

    def send(*, at: datetime = MONDAY, port: int | None = None, limits: Limits = ORDINARY, worker: str = "w1") -> None:
        url = MailUrl("127.0.0.1", port, Security.WHEN_OFFERED) if port else None
        sender = Sender(
            worker=worker,
            open_line=lambda: gateway.open_line(url, local=folder.mail),
            compose=letters.compose,
            limits=limits,
            clock=lambda: at,
            couriers=3,
        )
        sender.run_until_idle()
        sender.finish()

    return send


def state_of(message: Message) -> tuple[str, str]:
    return Message.objects.values_list("state", "because").get(pk=message.pk)


def test_what_somebody_asked_for_is_sent_and_told(run: Run, folder: DataFolder) -> None:
    message = ask_for(person())

    run()

    assert state_of(message) == (State.SENT, "")
    assert list_mails(folder.mail).total == 1
    assert list(RecordedEvent.objects.values_list("kind", "payload")) == [("MessageHandedOver", {"message_id": message.pk})]


def test_the_same_occasion_is_one_message(run: Run, folder: DataFolder) -> None:
    ann = person()
    for _ in range(5):
        ask_for(ann, occasion="the form of Monday")
    run()

    assert list_mails(folder.mail).total == 1


def test_a_stopped_address_gets_nothing_and_the_reason_stands_in_the_account(run: Run, folder: DataFolder) -> None:
    bob = person()
    stop(bob)
    message = ask_for(bob)

    run()

    assert state_of(message) == (State.EXCLUDED, "stopped")
    assert list_mails(folder.mail).total == 0
    assert RecordedEvent.objects.get().payload == {"message_id": message.pk, "because": "stopped"}


def test_marketing_needs_a_consent_that_was_given(run: Run, folder: DataFolder) -> None:
    willing, unasked, left = person(gave=Purpose.NEWSLETTER), person(), person(gave=Purpose.NEWSLETTER)
    stop(left, scope=Scope.MARKETING)
    mailing = mailing_to([willing, unasked, left])

    run()

    account = queries.accounting(mailing)
    assert (account.targeted, account.sent) == (3, 1)
    assert account.excluded == {"never_asked": 1, "left_marketing": 1}
    assert account.adds_up
    assert list_mails(folder.mail).total == 1


def test_a_contact_who_was_erased_while_the_message_waited_gets_nothing(run: Run, folder: DataFolder) -> None:
    cleo = person()
    message = ask_for(cleo)
    Contact.objects.filter(pk=cleo.pk).delete()

    run()

    assert state_of(message) == (State.EXCLUDED, "no_address")
    assert list_mails(folder.mail).total == 0


def test_three_unanswered_mails_a_day_are_the_limit_for_any_address(run: Run, folder: DataFolder) -> None:
    victim = person()
    for _ in range(50):
        ask_for(victim)

    run()
    run(at=MONDAY + timedelta(hours=23))

    assert list_mails(folder.mail).total == 3
    assert Counter(Message.objects.values_list("because", flat=True)) == {"": 3, "address_limit": 47}


def test_the_next_day_the_address_may_be_written_to_again(run: Run, folder: DataFolder) -> None:
    victim = person()
    for _ in range(5):
        ask_for(victim)
    run()
    ask_for(victim, now=MONDAY + timedelta(hours=25))

    run(at=MONDAY + timedelta(hours=25))

    assert list_mails(folder.mail).total == 4


def test_who_answers_has_no_limit(run: Run, folder: DataFolder) -> None:
    ann = person()
    for _ in range(4):
        ask_for(ann)
        ask_for(ann)
        run()
        note_answered([ann.pk], now=MONDAY)

    assert list_mails(folder.mail).total == 8


def test_a_proven_mailbox_is_limited_too_because_anybody_can_type_it(run: Run, folder: DataFolder) -> None:
    ann = person(proven=True)
    for _ in range(10):
        ask_for(ann)

    run()

    assert list_mails(folder.mail).total == 3


def test_the_hourly_budget_holds_back_without_losing_anything(run: Run, folder: DataFolder) -> None:
    for n, contact in enumerate(people([f"victim{n}@home.example" for n in range(40)])):
        ask_for(contact, network=f"net{n % 20}")
    limits = Limits(unproven_an_hour=10)

    run(limits=limits)

    assert list_mails(folder.mail).total <= 10
    assert Message.objects.filter(state=State.QUEUED, because="hourly_budget").count() == 40 - list_mails(folder.mail).total

    for hour in range(1, 6):
        run(limits=limits, at=MONDAY + timedelta(hours=hour, minutes=hour))

    assert list_mails(folder.mail).total == 40


def test_a_visitor_succeeds_while_a_thousand_mails_are_asked_for_from_elsewhere(run: Run, folder: DataFolder) -> None:
    limits = Limits(unproven_an_hour=20)
    for n, contact in enumerate(people([f"victim{n}@home.example" for n in range(200)])):
        ask_for(contact, network=f"net{n % 10}")
    run(limits=limits)
    visitor = ask_for(person(), network="at home")
    known = ask_for(person(proven=True), network="net1")

    run(limits=limits, at=MONDAY + timedelta(seconds=5))

    assert state_of(visitor)[0] == State.SENT
    assert state_of(known)[0] == State.SENT
    assert Message.objects.filter(to_unproven=True, state=State.SENT).count() <= 20


def test_ten_thousand_posts_for_one_victim_are_at_most_three_mails(run: Run, folder: DataFolder) -> None:
    victim = person()
    first = ask_for(victim)
    Message.objects.bulk_create(
        [
            Message(**{**_copied(first), "key": f"00000000-0000-4000-8000-{n:012}", "effect_key": f"flood{n}"})
            for n in range(10_000)
        ]
    )
    visitor = ask_for(person())

    run()

    assert list_mails(folder.mail).total == 4
    assert state_of(visitor)[0] == State.SENT


def _copied(message: Message) -> dict[str, object]:
    return {
        field.attname: getattr(message, field.attname)
        for field in Message._meta.concrete_fields
        if field.attname not in ("id", "key", "effect_key")
    }


def test_a_refusal_for_good_is_told_with_its_reason(run: Run) -> None:
    message = ask_for(person())

    with smtp_server(on_data=lambda to, n: "554 5.7.1 no") as (port, _):
        run(port=port)

    assert state_of(message) == (State.FAILED, "554 5.7.1")
    assert RecordedEvent.objects.get().kind == "MessageFailed"


def test_greylisting_is_tried_again_after_a_while_and_not_before(run: Run) -> None:
    message = ask_for(person())
    answers = iter(["451 4.7.1 come back", TAKE])

    with smtp_server(on_data=lambda to, n: next(answers)) as (port, sink):
        run(port=port)
        assert state_of(message) == (State.QUEUED, "451 4.7.1")
        run(port=port, at=MONDAY + timedelta(seconds=5))
        assert sink.accepted == []
        run(port=port, at=MONDAY + timedelta(seconds=20))

    assert state_of(message)[0] == State.SENT
    assert len(sink.accepted) == 1


def test_a_stopped_mail_server_ends_in_delivered_when_it_comes_back(run: Run) -> None:
    message = ask_for(person())
    with smtp_server() as (port, _):
        pass
    for minutes in range(0, 60, 3):
        run(port=port, at=MONDAY + timedelta(minutes=minutes))
    assert state_of(message) == (State.QUEUED, "connection_refused")

    with smtp_server(port=port) as (_, sink):
        run(port=port, at=MONDAY + timedelta(minutes=63))

    assert state_of(message)[0] == State.SENT
    assert len(sink.accepted) == 1


def test_a_mail_server_that_never_comes_back_ends_in_failed_with_an_alarm(run: Run) -> None:
    message = ask_for(person())
    with smtp_server() as (port, _):
        pass

    for hour in range(50):
        run(port=port, at=MONDAY + timedelta(hours=hour))

    assert state_of(message) == (State.FAILED, "connection_refused")
    assert RecordedEvent.objects.get().kind == "MessageFailed"


def test_marketing_is_never_repeated_after_an_unclear_end(run: Run) -> None:
    mailing = mailing_to(people([f"p{n}@home.example" for n in range(30)], gave=Purpose.NEWSLETTER))

    with smtp_server(on_data=lambda to, n: DROP if n % 3 == 0 else TAKE) as (port, sink):
        for minutes in range(5):
            run(port=port, at=MONDAY + timedelta(minutes=20 * minutes))

    account = queries.accounting(mailing)
    assert max(Counter(sink.recipients).values()) == 1
    assert account.unknown == 10
    assert account.sent == 20
    assert account.adds_up


def test_what_was_asked_for_is_repeated_under_the_same_message_id(run: Run) -> None:
    ask_for(person())
    answers = iter([DROP, TAKE])

    with smtp_server(on_data=lambda to, n: next(answers)) as (port, sink):
        run(port=port)
        run(port=port, at=MONDAY + timedelta(minutes=1))

    assert len({mail["Message-ID"] for mail in sink.messages()}) == 1
    assert len(sink.accepted) == 2


def test_a_claim_of_a_dead_worker_is_taken_over_and_nothing_is_sent_twice(run: Run, folder: DataFolder) -> None:
    message = ask_for(person())
    gateway.claim(message_class=MessageClass.TRANSACTIONAL, limit=1, worker="dead", now=MONDAY)

    run()
    assert list_mails(folder.mail).total == 0, "another worker's claim is respected"
    upkeep.reclaim(gone=["dead"], now=MONDAY)
    run()

    assert state_of(message)[0] == State.SENT
    assert list_mails(folder.mail).total == 1


@pytest.mark.parametrize("gone", [["dead"], []])
def test_what_a_dead_worker_was_sending_is_unknown_for_marketing(run: Run, folder: DataFolder, gone: list[str]) -> None:
    mailing_to([person(gave=Purpose.NEWSLETTER)])
    message = Message.objects.get()
    gateway.claim(message_class=MessageClass.MARKETING, limit=1, worker="dead", now=MONDAY)
    assert gateway.settle_and_permit([], {message.pk: "s"}, worker="dead", limits=Limits(), now=MONDAY) == {message.pk}

    later = MONDAY if gone else MONDAY + timedelta(minutes=11)
    upkeep.reclaim(gone=gone, now=later)
    run(at=later)

    assert state_of(message) == (State.UNKNOWN, "worker_died")
    assert list_mails(folder.mail).total == 0


def test_a_worker_that_lost_its_claim_gets_no_permit() -> None:
    message = ask_for(person())
    gateway.claim(message_class=MessageClass.TRANSACTIONAL, limit=1, worker="slow", now=MONDAY)
    later = MONDAY + timedelta(minutes=5)
    upkeep.reclaim(gone=[], now=later)
    gateway.claim(message_class=MessageClass.TRANSACTIONAL, limit=1, worker="quick", now=later)

    assert gateway.settle_and_permit([], {message.pk: "s"}, worker="slow", limits=Limits(), now=later) == frozenset()
    assert gateway.settle_and_permit([], {message.pk: "s"}, worker="quick", limits=Limits(), now=later) == {message.pk}


def test_visitors_are_served_before_a_mailing(run: Run) -> None:
    mailing_to(people([f"p{n}@home.example" for n in range(300)], gave=Purpose.NEWSLETTER))
    ask_for(person("visitor@home.example"))

    with smtp_server() as (port, sink):
        run(port=port)

    assert sink.recipients.index("visitor@home.example") < 10
    assert len(sink.accepted) == 301


def test_a_letter_with_nothing_to_say_is_excluded(run: Run, letters: FakeLetters) -> None:
    message, other = ask_for(person()), ask_for(person())
    letters.silent.add(message.pk)

    run()

    assert state_of(message) == (State.EXCLUDED, "nothing_to_say")
    assert state_of(other)[0] == State.SENT


def test_one_letter_that_cannot_be_composed_does_not_hold_up_the_others(run: Run, letters: FakeLetters) -> None:
    broken = ask_for(person())
    others = [ask_for(person()) for _ in range(5)]
    letters.broken.add(broken.pk)

    run()

    assert state_of(broken) == (State.QUEUED, "cannot_compose")
    assert {state_of(other)[0] for other in others} == {State.SENT}


def test_withdrawing_between_the_screening_and_the_permit_is_in_time() -> None:
    cleo = person(gave=Purpose.NEWSLETTER)
    mailing_to([cleo])
    message = Message.objects.get()
    claimed = gateway.claim(message_class=MessageClass.MARKETING, limit=1, worker="w", now=MONDAY)
    assert gateway.screen(claimed, worker="w", limits=Limits(), now=MONDAY) == claimed
    Permission.objects.update(act="withdrawn")

    assert gateway.settle_and_permit([], {message.pk: "s"}, worker="w", limits=Limits(), now=MONDAY) == frozenset()
    assert state_of(message) == (State.EXCLUDED, "withdrawn")
