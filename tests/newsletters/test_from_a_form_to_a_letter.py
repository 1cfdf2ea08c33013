"""A newsletter from the form to the letters and back out, through the worker."""

import re
from datetime import timedelta

import pytest

from leadstone.domains.consent import queries as consent
from leadstone.domains.consent.rules import Act
from leadstone.domains.contacts.models import Contact
from leadstone.domains.delivery import queries as delivery
from leadstone.domains.newsletters.models import Issue, Subscription
from leadstone.domains.newsletters.queries import issues
from leadstone.domains.newsletters.rules import IssueState
from leadstone.domains.newsletters.services import sending
from leadstone.domains.privacy import services as privacy
from leadstone.flows import preferences
from leadstone.wire.definition import Channel, Purpose
from leadstone.wire.records import ExchangeUndone, LeftMarketing
from tests.newsletters.conftest import Letters
from tests.worker.conftest import MONDAY

LATER = MONDAY + timedelta(hours=1)


def topics_read() -> set[tuple[str, str]]:
    rows = Subscription.objects.values_list("contact__points__value", "topic")
    return {(str(value).split("@")[0], topic) for value, topic in rows}


def issue_mails(letters: Letters) -> list[str]:
    return sorted(mail.envelope.to for mail in letters.mails() if mail.envelope.subject == "March")


def test_only_the_button_of_the_mail_makes_a_reader_and_its_words_stand_in_the_ledger(letters: Letters) -> None:
    letters.journal(letters.wish("ann@home.example", "practice rules"))
    letters.work()

    assert not Subscription.objects.exists()

    letters.confirm("ann@home.example")

    assert topics_read() == {("ann", "practice"), ("ann", "rules")}
    lines = consent.history_of(Contact.objects.get().pk)
    assert [line.act for line in lines] == [Act.ASKED, Act.GIVEN]
    assert all("By pressing the button I ask for one letter a month" in line.words for line in lines)


def test_an_issue_goes_to_the_readers_of_its_topic_and_to_nobody_else(letters: Letters) -> None:
    letters.subscribe("ann@home.example", "practice")
    letters.subscribe("cleo@home.example", "rules")
    issue = letters.write()

    letters.send(issue, at=LATER)

    card = issues.issue(issue)
    assert issue_mails(letters) == ["ann@home.example"]
    assert (card.state, card.number) == (IssueState.SENT, 1)
    account = issues.accounting(card)
    assert account is not None
    assert account.adds_up
    assert (account.targeted, account.sent) == (1, 1)


def test_a_letter_has_both_parts_the_way_out_and_nothing_to_be_fetched(letters: Letters) -> None:
    letters.subscribe("ann@home.example")
    letters.send(letters.write(preheader="Fewer kilowatts than promised"), at=LATER)

    mail = next(mail for mail in letters.mails() if mail.envelope.subject == "March")

    assert "41 houses" in mail.text
    assert "the table <https://warm.example/table>" in mail.text
    assert re.search(r"https://warm.example/u/[\w-]+", mail.text)
    assert "https://warm.example/m/letters/letters/1" in mail.text
    assert 'href="https://warm.example/table"' in mail.html
    assert "<img" not in mail.html


def test_who_leaves_reads_no_topic_any_more_and_gets_no_later_letter(letters: Letters) -> None:
    letters.subscribe("ann@home.example")
    ann = Contact.objects.get()
    letters.journal(LeftMarketing(at=int(LATER.timestamp() * 1000), contact_key=str(ann.key), one_click=True))
    letters.work(LATER)

    assert topics_read() == set()
    letters.send(letters.write(), at=LATER + timedelta(hours=1))
    assert issue_mails(letters) == []


def test_a_second_form_adds_its_topics_only_once_its_own_mail_is_answered(letters: Letters) -> None:
    letters.subscribe("ann@home.example", "practice")
    letters.journal(letters.wish("ann@home.example", "rules", at=LATER))
    letters.work(LATER)

    assert topics_read() == {("ann", "practice")}

    letters.confirm("ann@home.example", at=LATER)

    assert topics_read() == {("ann", "practice"), ("ann", "rules")}


def test_what_a_stranger_ticks_for_somebody_is_not_confirmed_by_the_button_of_their_own_mail(letters: Letters) -> None:
    letters.journal(letters.wish("ann@home.example", "practice"))
    letters.work()
    letters.journal(letters.wish("ann@home.example", "rules", at=MONDAY + timedelta(minutes=1)))

    letters.confirm("ann@home.example")  # the newest mail is still that of her own form
    letters.work(MONDAY + timedelta(minutes=2))

    assert topics_read() == {("ann", "practice")}


def test_leaving_one_topic_keeps_the_other_and_the_consent(letters: Letters) -> None:
    letters.subscribe("ann@home.example", "practice rules")
    ann = Contact.objects.get()

    assert preferences.choose_topics(ann.pk, magnet_id=letters.magnet_id, topics=["rules"], now=LATER)

    assert topics_read() == {("ann", "rules")}
    assert consent.permissions_of([ann.pk])[ann.pk] == {(Purpose.NEWSLETTER, Channel.EMAIL): Act.GIVEN}


def test_topics_cannot_be_taken_up_again_without_a_new_form_once_letters_were_refused(letters: Letters) -> None:
    letters.subscribe("ann@home.example")
    ann = Contact.objects.get()
    preferences.stop_purpose(ann.pk, purpose=Purpose.NEWSLETTER, now=LATER)

    assert topics_read() == set()
    assert not preferences.choose_topics(ann.pk, magnet_id=letters.magnet_id, topics=["practice"], now=LATER)
    assert topics_read() == set()


def test_undoing_the_exchange_and_an_erasure_leave_no_subscription(letters: Letters) -> None:
    letters.subscribe("ann@home.example")
    letters.subscribe("cleo@home.example")
    key = str(letters.grant_key(next(mail for mail in letters.mails() if "ann" in mail.envelope.to)))
    letters.journal(ExchangeUndone(at=int(LATER.timestamp() * 1000), grant_key=key))
    letters.work(LATER)

    assert topics_read() == {("cleo", "practice")}

    privacy.erase_contact(Contact.objects.filter(erased_at=None).get().pk, now=LATER)
    assert not Subscription.objects.exists()


def test_an_offer_goes_only_to_who_agreed_to_offers_and_the_account_says_so(letters: Letters) -> None:
    letters.subscribe("ann@home.example")
    issue = letters.write(purpose=Purpose.OFFERS)

    letters.send(issue, at=LATER)

    account = issues.accounting(issues.issue(issue))
    assert account is not None
    assert (account.sent, account.excluded) == (0, {"never_asked": 1})
    assert issue_mails(letters) == []


def test_a_held_issue_waits_and_a_stopped_one_never_goes_on(letters: Letters) -> None:
    letters.subscribe("ann@home.example")
    issue = letters.write()
    assert letters.plan(issue, at=LATER) == ()
    assert sending.begin_issue(issue_id=issue, now=LATER)
    sending.reach_next(issue_id=issue, now=LATER)
    assert sending.pause_issue(issue_id=issue, now=LATER)

    letters.work(LATER)
    assert issue_mails(letters) == []

    assert sending.stop_issue(issue_id=issue, now=LATER)
    letters.work(LATER + timedelta(minutes=5))
    account = delivery.accounting(Issue.objects.get().mailing_id or 0)
    assert account.excluded == {"taken_back": 1}
    assert account.adds_up
    assert not sending.go_on_with_issue(issue_id=issue, now=LATER)


@pytest.mark.parametrize("hours", [13, 48])
def test_a_plan_that_nobody_carried_out_in_time_becomes_a_draft_that_says_so(letters: Letters, hours: int) -> None:
    letters.subscribe("ann@home.example")
    issue = letters.write()
    assert letters.plan(issue, at=LATER) == ()

    letters.work(LATER + timedelta(hours=hours))

    card = issues.issue(issue)
    assert (card.state, card.missed_at) == (IssueState.DRAFT, LATER)
    assert issue_mails(letters) == []
