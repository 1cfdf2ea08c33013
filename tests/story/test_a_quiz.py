"""From the answers to the mailbox: the result goes to the address that was left, and to nobody else."""

from datetime import timedelta
from uuid import UUID

import msgspec
import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from leadstone.domains.access.models import User
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.grants.models import Grant
from leadstone.domains.leads.models import Lead
from leadstone.domains.magnets import services as magnets
from leadstone.domains.magnets.kind import decode_finding
from leadstone.domains.magnets.models import MagnetVersion
from leadstone.infra.blobs.store import BlobStore
from leadstone.infra.mail.mailbox import OpenedMail
from leadstone.project.demo.quiz import QUIZ
from leadstone.wire.records import FileServed, MailboxProven, SubmissionReceived
from leadstone.wire.tokens import TokenPurpose, read_token
from tests.portal.test_my import Visitor, visitor
from tests.worker.conftest import MONDAY, House, house

__all__ = ["house", "visitor"]

READY = {"q.stage": "new", "q.walls": "walls roof", "q.flow": "floor", "q.warm": "5", "q.worry": "Rachunki za prąd"}
COLD = {"q.stage": "old", "q.flow": "radiators", "q.warm": "1"}


@pytest.fixture
def quiz(house: House) -> int:
    return published(house)


def published(house: House, **settings: object) -> int:
    definition = msgspec.structs.replace(QUIZ, settings=QUIZ.settings | settings)
    made = magnets.create_from_definition(definition, slug="quiz", by=None, now=MONDAY)
    version = magnets.publish_version(magnet_id=made.pk, slug="quiz", blobs=BlobStore(house.folder.blobs), by=None, now=MONDAY)
    assert version.version_id is not None
    house.version = MagnetVersion.objects.get(pk=version.version_id)
    return version.version_id


def answered(house: House, **answers: str) -> SubmissionReceived:
    form = house.form("ann@home.example")
    return msgspec.structs.replace(form, slug="quiz", language="pl", answers=form.answers | answers)


def outcome_in(house: House, mail: OpenedMail) -> str:
    opens = house.confirm_token(mail).opens
    token = read_token(opens, TokenPurpose.DELIVER, verify_key=house.keys.token_verify_key, now=MONDAY)
    assert token is not None
    finding = decode_finding(token.result)
    assert finding is not None
    return finding.outcome


def test_the_result_goes_by_mail_in_short_and_by_its_link_in_full(house: House, quiz: int) -> None:
    house.journal(answered(house, **READY))
    house.work()

    (mail,) = house.mails()
    assert "Gotowy" in mail.text
    assert "Dom i instalacja pasują do pompy ciepła." in mail.text
    assert "Rachunki" not in mail.text
    assert outcome_in(house, mail) == "ready"


def test_the_button_and_the_page_end_the_promise_as_delivered(house: House, quiz: int) -> None:
    house.journal(answered(house, **READY))
    house.work()
    token = house.confirm_token(house.mails()[0])
    at = int(MONDAY.timestamp() * 1000)
    house.journal(
        MailboxProven(at=at, grant_key=str(token.key), form=token.form.hex()), FileServed(at=at, grant_key=str(token.key))
    )
    house.work()

    assert Grant.objects.get().state == "delivered"
    statements = contacts.statements_of([Lead.objects.get().contact_id or 0])
    assert not any(key.startswith("q.") for said in statements.values() for each in said for key in each.values)


def test_a_second_try_gets_its_own_result_or_the_first_as_the_rule_says(house: House) -> None:
    published(house)
    house.journal(answered(house, **READY))
    house.work()
    house.journal(answered(house, **COLD))
    house.work(MONDAY + timedelta(hours=2))

    assert sorted(outcome_in(house, mail) for mail in house.mails()) == ["first-the-house", "ready"]


def test_where_the_first_result_stays_a_second_try_gets_it_again(house: House) -> None:
    published(house, retake="first")
    house.journal(answered(house, **READY))
    house.work()
    house.journal(answered(house, **COLD))
    house.work(MONDAY + timedelta(hours=2))

    assert [outcome_in(house, mail) for mail in house.mails()] == ["ready", "ready"]


def test_the_digits_of_the_mail_lead_to_the_same_result(house: House, quiz: int, visitor: Visitor) -> None:
    house.journal(answered(house, **COLD))
    house.work()

    status, location = visitor.post("/m/quiz/thanks/ref-1", {"code": house.code(house.mails()[0])})

    assert status == 303
    token = read_token(
        location.removeprefix("/d/").partition("?")[0], TokenPurpose.DELIVER, verify_key=house.keys.token_verify_key, now=MONDAY
    )
    assert token is not None
    assert isinstance(token.key, UUID)
    assert token.result == house_result(house)


def house_result(house: House) -> bytes:
    opens = house.confirm_token(house.mails()[0]).opens
    token = read_token(opens, TokenPurpose.DELIVER, verify_key=house.keys.token_verify_key, now=MONDAY)
    assert token is not None
    return token.result


def test_answers_that_fit_no_question_are_set_aside_and_make_no_lead(house: House, quiz: int) -> None:
    house.journal(answered(house, **(READY | {"q.stage": "castle"})))
    house.work()

    assert not Lead.objects.exists()


def test_the_card_of_the_lead_shows_the_answers_and_the_result(house: House, quiz: int) -> None:
    house.journal(answered(house, **READY))
    house.work()
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.create(email="emil@example.com", name="Emil", role="rep", language="en"))

    page = client.get(reverse("lead", args=[Lead.objects.get().pk])).content.decode()

    assert "What they answered" in page
    assert "Ściany, Dach albo strop" in page
    assert "Rachunki za prąd" in page
    assert "Gotowy" in page


def test_an_answer_that_tells_of_the_contact_is_a_claim_until_the_mailbox_is_proven(house: House) -> None:
    questions = [*QUIZ.settings["questions"][:-1], QUIZ.settings["questions"][-1] | {"says": "company"}]
    published(house, questions=questions)
    house.journal(answered(house, **(READY | {"q.worry": "Ciepłe\r\nDomy sp. z o.o."})))
    house.work()

    contact_id = Lead.objects.get().contact_id or 0
    (said,) = contacts.statements_of([contact_id])[contact_id]
    assert said.values["company"] == "Ciepłe Domy sp. z o.o."


def test_the_result_can_be_kept_as_a_tagged_pdf_in_its_own_language(house: House, quiz: int, visitor: Visitor) -> None:
    house.journal(answered(house, **READY))
    house.work()
    opens = house.confirm_token(house.mails()[0]).opens

    kept = visitor.fetch(f"/d/{opens}/report")

    assert kept.headers["Content-Type"] == "application/pdf"
    assert kept.headers["Cache-Control"] == "no-store"
    assert "pompe-ciepla.pdf" in kept.headers["Content-Disposition"]
    assert kept.content.startswith(b"%PDF-1.7")
    assert b"pdfuaid" in kept.content
    words = pypdfium2.PdfDocument(kept.content)[0].get_textpage().get_text_range()
    assert "Gotowy" in words
    assert "Dom i instalacja pasują do pompy ciepła." in " ".join(words.split())
    assert "Skąd są te liczby" in words
    assert "Rachunki" not in words


def test_a_link_that_was_undone_or_never_signed_gives_no_pdf(house: House, quiz: int, visitor: Visitor) -> None:
    house.journal(answered(house, **READY))
    house.work()
    opens = house.confirm_token(house.mails()[0]).opens
    assert visitor.fetch(f"/d/{opens[:-4]}AAAA/report").status_code == 404
    Grant.objects.update(state="undone")

    assert visitor.fetch(f"/d/{opens}/report").status_code == 404
