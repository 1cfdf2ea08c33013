"""From the journal to the mailbox and back: one exchange as the worker makes it happen."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from leadstone.domains.capture.models import Submission
from leadstone.domains.consent import queries as consent
from leadstone.domains.contacts.models import ContactPoint, Statement
from leadstone.domains.delivery.models import Message
from leadstone.domains.grants.models import Grant, MailedCode
from leadstone.domains.leads.models import Lead
from leadstone.flows.mailed_forms import mark_of
from leadstone.infra.mail.mailbox import list_mails
from leadstone.infra.outbox.models import RecordedEvent
from leadstone.wire.records import ExchangeUndone, LinkAskedAgain, MailboxProven, MailsWelcome, NotMe
from tests.worker.conftest import MONDAY, PUBLIC_URL, House


def ms(minutes: float = 0) -> int:
    return int((MONDAY + timedelta(minutes=minutes)).timestamp() * 1000)


def test_a_form_becomes_a_lead_and_one_mail(house: House) -> None:
    house.journal(house.form("ann@home.example"))

    house.work()

    assert Lead.objects.count() == 1
    (mail,) = house.mails()
    assert "ann@home.example" in mail.envelope.to
    assert house.confirm_token(mail).version_id == house.version.pk
    assert "1 Straight Street, 00-001 Warsaw" in mail.text
    assert Grant.objects.get().state == "mailed"


def test_the_mail_says_nothing_that_the_visitor_typed_but_the_address(house: House) -> None:
    form = house.form("ann@home.example")
    form.answers.update({"name": "Buy pills at evil.example", "question": "http://evil.example"})
    house.journal(form)

    house.work()

    raw = next((house.folder.mail / "new").iterdir()).read_bytes()
    message = message_from_bytes(raw, policy=policy.default)
    texts = [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
    assert not any("evil" in text or "pills" in text for text in [*texts, str(message["Subject"]), str(message["To"])])
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] is None


def test_running_again_changes_nothing(house: House) -> None:
    house.journal(house.form("ann@home.example"))
    for _ in range(3):
        house.work()

    assert list_mails(house.folder.mail).total == 1


def test_a_journal_that_was_made_anew_is_read_by_the_worker_that_runs(house: House) -> None:
    worker = house.worker()
    try:
        house.journal(house.form("ann@home.example"))
        worker.run_once(MONDAY)
        for part in house.folder.root.glob(f"{house.folder.journal.name}*"):
            part.unlink()
        house.journal(house.form("bob@home.example"))
        worker.run_once(MONDAY)
    finally:
        worker.close()

    assert sorted(ContactPoint.objects.values_list("key", flat=True)) == ["ann@home.example", "bob@home.example"]


def test_the_code_exists_only_once_its_mail_was_handed_over(house: House) -> None:
    house.journal(house.form("ann@home.example"))
    worker = house.worker()
    worker._frozen = MONDAY
    while worker._intake.drain() | worker._intake.react():
        pass
    assert Message.objects.get().state == "queued"
    assert MailedCode.objects.count() == 0

    worker.run_once(MONDAY)
    worker.close()

    assert MailedCode.objects.count() == 1


def test_pressing_the_button_proves_the_mailbox_and_confirms_what_was_ticked(house: House) -> None:
    house.journal(house.form("ann@home.example", ticked=True))
    house.work()
    contact_id = ContactPoint.objects.get().contact_id
    assert set(consent.permissions_of([contact_id])[contact_id].values()) == {"asked"}

    house.journal(MailboxProven(at=ms(1), grant_key=str(house.grant_key(house.mails()[0]))))
    house.work(MONDAY + timedelta(minutes=1))

    assert set(consent.permissions_of([contact_id])[contact_id].values()) == {"given"}
    assert Grant.objects.get().state == "opened"


def test_each_mail_names_the_form_that_it_answers_and_its_button_verifies_that_one(house: House) -> None:
    own, strangers = house.form("ann@home.example"), house.form("ann@home.example")
    strangers.answers["name"] = "Mallory"
    house.journal(own, strangers)
    house.work()
    marks = {form.ref: mark_of(Submission.objects.get(ref=form.ref).pk) for form in (own, strangers)}
    tokens = {token.form: token for token in map(house.confirm_token, house.mails())}
    assert set(tokens) == set(marks.values())

    pressed = tokens[marks[own.ref]]
    house.journal(MailboxProven(at=ms(1), grant_key=str(pressed.key), form=pressed.form.hex()))
    house.work(MONDAY + timedelta(minutes=1))

    assert dict(Statement.objects.values_list("source_ref", "state")) == {own.ref: "verified", strangers.ref: "claimed"}


def test_not_me_is_taken_back_with_its_mail_and_what_is_asked_for_arrives_again(house: House) -> None:
    house.journal(house.form("ann@home.example"))
    house.work()
    key = str(house.grant_key(house.mails()[0]))
    house.journal(NotMe(at=ms(1), grant_key=key))
    house.journal(house.form("ann@home.example"))
    house.work(MONDAY + timedelta(minutes=2))
    assert len(house.mails()) == 1

    house.journal(MailsWelcome(at=ms(3), grant_key=key))
    house.journal(house.form("ann@home.example"))
    house.work(MONDAY + timedelta(minutes=4))

    assert len(house.mails()) == 2
    assert str(house.grant_key(house.mails()[0])) != key


def test_a_proven_person_finds_a_link_to_what_we_know_of_them(house: House) -> None:
    house.journal(house.form("ann@home.example"))
    house.work()
    assert f"{PUBLIC_URL}/my/" not in house.mails()[0].text, "a stranger may have typed this address"

    house.journal(MailboxProven(at=ms(1), grant_key=str(house.grant_key(house.mails()[0]))))
    house.journal(LinkAskedAgain(at=ms(2), grant_key=str(house.grant_key(house.mails()[0]))))
    house.work(MONDAY + timedelta(minutes=2))

    assert len(house.mails()) == 2
    assert f"{PUBLIC_URL}/my/" in house.mails()[0].text


def test_not_me_stops_every_further_mail(house: House) -> None:
    house.journal(house.form("bob@home.example"))
    house.work()
    house.journal(NotMe(at=ms(1), grant_key=str(house.grant_key(house.mails()[0]))))
    house.work(MONDAY + timedelta(minutes=1))

    house.journal(house.form("bob@home.example"))
    house.work(MONDAY + timedelta(minutes=2))

    assert len(house.mails()) == 1
    assert Message.objects.latest("pk").state == "excluded"


def test_an_exchange_that_was_undone_while_the_mail_waited_sends_nothing(house: House) -> None:
    house.journal(house.form("cleo@home.example"))
    worker = house.worker()
    worker._frozen = MONDAY
    while worker._intake.drain() | worker._intake.react():
        pass
    house.journal(ExchangeUndone(at=ms(1), grant_key=str(Grant.objects.get().key)))
    worker.run_once(MONDAY + timedelta(minutes=1))
    worker.close()

    assert house.mails() == []
    assert Message.objects.get().state == "excluded"


@pytest.mark.parametrize("answer", [True, False, None])
def test_the_dns_is_asked_once_and_its_answer_is_kept(house: House, answer: bool | None) -> None:
    asked: list[str] = []

    def takes_mail(domain: str) -> bool | None:
        asked.append(domain)
        return answer

    house.journal(house.form("ann@home.example"), house.form("bob@home.example"))
    house.work(takes_mail=takes_mail)
    house.work(MONDAY + timedelta(seconds=10), takes_mail=takes_mail)

    assert asked == ["home.example"]


def test_the_bundle_and_the_revocations_are_published(house: House) -> None:
    house.journal(house.form("ann@home.example"))
    house.work()
    assert (house.folder.bundle / "manifest.json").exists()

    house.journal(ExchangeUndone(at=ms(1), grant_key=str(Grant.objects.get().key)))
    house.work(MONDAY + timedelta(minutes=1))

    assert str(Grant.objects.get().key) in (house.folder.bundle / "revocations.json").read_text()


def test_records_that_took_effect_are_deleted_after_a_week(house: House) -> None:
    house.journal(house.form("ann@home.example"))
    worker = house.worker()
    worker.run_once()
    reader = worker._intake.reader()
    worker._upkeep.trim_journal()
    assert reader.backlog(after=0) == 1

    worker._frozen = worker._clock() + timedelta(days=8)
    worker._upkeep.trim_journal()
    worker.close()

    assert house.worker()._intake.reader().backlog(after=0) == 0


def test_what_has_run_out_is_forgotten(house: House) -> None:
    house.journal(house.form("ann@home.example"))
    house.work()
    assert RecordedEvent.objects.exists()
    worker = house.worker()
    worker._frozen = MONDAY + timedelta(days=31)
    while worker._upkeep.forget():
        pass
    worker.close()

    assert not RecordedEvent.objects.exists()
    assert not MailedCode.objects.exists()
