"""A mail by hand: only where it may be, in our words, answered to whoever wrote it, undone before it leaves."""

from datetime import timedelta

import pytest

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.activities import queries as activities
from leadstone.domains.activities.rules import About
from leadstone.domains.brand.services import set_up_brand
from leadstone.domains.consent.rules import Refusal
from leadstone.domains.consent.rules.writing import Unreachable
from leadstone.domains.delivery.models import Message
from leadstone.domains.delivery.rules import Limits, MessageClass
from leadstone.domains.delivery.services import gateway
from leadstone.domains.leads.models import Lead
from leadstone.domains.leads.rules import Basis
from leadstone.domains.qualification import queries as qualification
from leadstone.domains.qualification import services as qualifying
from leadstone.domains.qualification.models import Promotion
from leadstone.domains.qualification.rules import EvidenceKind
from leadstone.domains.sources.rules import ChannelType
from leadstone.flows import personal_mail
from leadstone.flows.lead_added import add_lead
from leadstone.flows.letters import Letters
from leadstone.infra.mail.message import Mail
from leadstone.wire.tokens import Signer
from tests.cast import MONDAY, OFFERS, Guide, Visitor, ask, confirm, leave

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(hours=1)
TEXT = "A heat pump heats it too.\n\nShall I come and look on Thursday?"


@pytest.fixture(autouse=True)
def _company(db: None) -> None:
    set_up_brand(
        company="Ciepło Polskie",
        language="pl",
        sender_email="biuro@cieplo.example",
        postal_address="ul. Prosta 1, 00-001 Warszawa",
        now=MONDAY,
    )


@pytest.fixture
def asks(guide: Guide) -> Visitor:
    who = ask(guide, "jan@example.org", name="Jan", question="Will it heat a house of 1932?")
    confirm(who)
    return who


@pytest.fixture
def wants_offers(guide: Guide) -> Visitor:
    who = ask(guide, "ola@example.org", name="Ola", ticked=[OFFERS.key])
    confirm(who)
    return who


def write(lead_id: int, by: User) -> personal_mail.Written:
    return personal_mail.write_to(lead_id=lead_id, subject="Your house of 1932", text=TEXT, by=by.pk, now=LATER)


def sent() -> list[Mail]:
    """What would leave a minute later."""
    soon = LATER + timedelta(minutes=1)
    composed: list[Mail] = []
    for message_class in MessageClass:
        claimed = gateway.claim(message_class=message_class, limit=10, worker="test", now=soon)
        going = gateway.screen(claimed, worker="test", limits=Limits(), now=soon)
        written = Message.objects.filter(pk__in=going, kind="personal").values_list("pk", flat=True)
        composed += (
            Letters(public_url="https://go.example", token_seed=Signer.new_seed()).compose(list(written), now=soon).values()
        )
    return composed


def test_a_question_is_answered_in_our_words_and_answers_come_back_to_the_writer(asks: Visitor, emil: User) -> None:
    assert write(asks.lead_id, emil).decision

    [mail] = sent()

    assert (mail.subject, mail.reply_to, mail.to_address) == ("Your house of 1932", emil.email, "jan@example.org")
    assert "Shall I come and look on Thursday?" in mail.text
    assert "Emil" in mail.text
    assert "ul. Prosta 1" in mail.text
    assert mail.leave_url == ""


def test_writing_stops_the_clock_and_stands_in_the_story(asks: Visitor, emil: User) -> None:
    write(asks.lead_id, emil)

    assert Lead.objects.get(pk=asks.lead_id).responded_at == LATER
    [note] = activities.done_activities(About(lead_id=asks.lead_id), reader=THE_HOUSE)
    assert note.text.startswith("Your house of 1932")


def test_a_question_is_answered_once_and_is_no_licence_for_more(asks: Visitor, emil: User) -> None:
    write(asks.lead_id, emil)

    more = personal_mail.write_to(lead_id=asks.lead_id, subject="And also", text=TEXT, by=emil.pk, now=LATER)

    assert more.decision.because is Refusal.NEVER_ASKED


def test_a_button_that_is_pressed_twice_sends_one_mail(wants_offers: Visitor, emil: User) -> None:
    first, second = write(wants_offers.lead_id, emil), write(wants_offers.lead_id, emil)

    assert first.note_id == second.note_id
    assert len(sent()) == 1


def test_empty_lines_part_paragraphs_as_browsers_send_them(asks: Visitor, emil: User) -> None:
    personal_mail.write_to(lead_id=asks.lead_id, subject="Hello", text="One\r\n \r\nTwo\r\nthree", by=emil.pk, now=LATER)

    words = personal_mail.personal_words(Message.objects.get(kind="personal").facts)

    assert words is not None
    assert words.paragraphs == ("One", "Two\nthree")
    [mail] = sent()
    assert "\r" not in mail.text.replace("\r\n", "\n")


def test_a_prospect_who_said_no_is_not_written_to_because_they_are_in_talks(cleo: Visitor, emil: User) -> None:
    for point in qualification.points()[:2]:
        qualifying.write_evidence(lead_id=cleo.lead_id, point_id=point.point_id, text="Wants it.", by=emil.pk, now=MONDAY)
    qualifying.promote(lead_id=cleo.lead_id, by=emil.pk, now=MONDAY)

    assert write(cleo.lead_id, emil).decision.because is Refusal.LEFT_MARKETING


def test_who_agreed_to_offers_is_written_to_with_a_way_out(wants_offers: Visitor, emil: User) -> None:
    assert write(wants_offers.lead_id, emil).decision

    [mail] = sent()

    assert mail.leave_url.startswith("https://go.example/u/")
    assert "/u/" in mail.html


@pytest.mark.parametrize(
    ("who", "because"),
    [("ann", Refusal.NEVER_ASKED), ("bob", Unreachable.NOT_PROVEN), ("cleo", Refusal.LEFT_MARKETING)],
)
def test_nobody_is_written_to_who_did_not_ask_for_it(
    who: str, because: object, emil: User, request: pytest.FixtureRequest
) -> None:
    visitor: Visitor = request.getfixturevalue(who)

    written = write(visitor.lead_id, emil)

    assert written.decision.because is because
    assert not Message.objects.filter(kind="personal").exists()
    assert Lead.objects.get(pk=visitor.lead_id).responded_at is None


def test_who_asked_us_in_person_may_be_answered_until_they_say_no(emil: User) -> None:
    told = {"name": "Jan", "email": "jan@example.org", "phone": "", "company": "", "where_met": "", "language": "pl"}
    lead_id = add_lead(**told, channel=ChannelType.TRADE_FAIR, basis=Basis.ASKED_US, by=emil.pk, now=MONDAY)

    assert write(lead_id, emil).decision
    assert len(sent()) == 1


def test_a_prospect_by_receipts_is_in_talks_and_an_override_is_not(ann: Visitor, emil: User) -> None:
    qualifying.override_promotion(lead_id=ann.lead_id, reason="I know them", by=emil.pk, now=MONDAY)
    assert write(ann.lead_id, emil).decision.because is Refusal.NEVER_ASKED

    qualifying.take_back_promotion(promotion_id=Promotion.objects.get().pk, lead_id=ann.lead_id, by=emil.pk, now=MONDAY)
    for point in qualification.points()[:2]:
        qualifying.write_evidence(lead_id=ann.lead_id, point_id=point.point_id, text="Wants it.", by=emil.pk, now=MONDAY)
    qualifying.promote(lead_id=ann.lead_id, by=emil.pk, now=MONDAY)

    assert write(ann.lead_id, emil).decision


def test_a_mail_is_taken_back_before_it_leaves_with_its_note_and_the_clock(asks: Visitor, emil: User) -> None:
    written = write(asks.lead_id, emil)
    assert written.note_id is not None

    assert personal_mail.take_back(lead_id=asks.lead_id, note_id=written.note_id, now=LATER + timedelta(seconds=9))

    assert sent() == []
    assert Lead.objects.get(pk=asks.lead_id).responded_at is None
    assert activities.done_activities(About(lead_id=asks.lead_id), reader=THE_HOUSE) == []
    assert write(asks.lead_id, emil).decision


def test_who_leaves_marketing_before_the_mail_leaves_does_not_get_it(wants_offers: Visitor, emil: User) -> None:
    write(wants_offers.lead_id, emil)

    leave(wants_offers, now=LATER + timedelta(seconds=5))

    assert sent() == []


def test_a_line_break_in_the_subject_writes_no_header(asks: Visitor, emil: User) -> None:
    personal_mail.write_to(lead_id=asks.lead_id, subject="Hello\r\nBcc: all@example.org", text=TEXT, by=emil.pk, now=LATER)

    [mail] = sent()

    assert mail.subject == "Hello Bcc: all@example.org"


def test_what_we_wrote_is_no_evidence_of_what_they_want(asks: Visitor, emil: User) -> None:
    write(asks.lead_id, emil)

    assert EvidenceKind.NOTE not in {source.kind for source in qualification.sources_of(asks.lead_id, reader=THE_HOUSE)}
