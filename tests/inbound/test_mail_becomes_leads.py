"""Somebody writes to the address of a door: one lead with their words, and nobody for a machine or a repetition."""

import json
import logging
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone
from structlog.testing import capture_logs

from leadstone.domains.access.models import User
from leadstone.domains.activities.models import Activity
from leadstone.domains.capture.models import Submission
from leadstone.domains.consent.models import ConsentRecord
from leadstone.domains.contacts.models import Contact, ContactPoint
from leadstone.domains.delivery.models import Message
from leadstone.domains.grants.models import Grant
from leadstone.domains.inbound.models import Delivery, Door
from leadstone.domains.inbound.rules import ProviderName
from leadstone.domains.inbound.rules.letters import MOST_LETTER_BYTES
from leadstone.domains.inbound.rules.mail_doors import Letterbox
from leadstone.domains.leads.models import Lead
from leadstone.flows import mail_received as mail_received_flow
from leadstone.flows.mail_received import Letter, MailboxTrouble, Received, mail_received, read_mailbox
from leadstone.project.providers import PROVIDERS
from tests.cast import Guide
from tests.inbound.conftest import HOST, Opened, Stand, work
from tests.studio.conftest import company
from tests.worker.conftest import House, house

__all__ = ["company", "house"]

pytestmark = pytest.mark.django_db

LETTERBOX = Letterbox("leads", "firma.example")


@pytest.fixture
def stand(opened: Opened, emil: User) -> Stand:
    """A door to which people write; what they write is noted for Emil, who opened it."""
    found = opened(ProviderName.MAIL)
    Door.objects.update(made_by=emil)
    return found


def letter(stand: Stand, **changes: str) -> EmailMessage:
    written = EmailMessage()
    told = {
        "From": "Anna Lis <ann@test.example>",
        "To": LETTERBOX.address_of(stand.door.key),
        "Subject": "Dach",
        "Message-ID": "<1@test.example>",
    }
    for name, value in (told | {name.replace("_", "-"): value for name, value in changes.items()}).items():
        written[name] = value
    written.set_content("Kiedy możecie przyjechać?\n")
    return written


def send(written: EmailMessage | bytes, **envelope: object) -> Received:
    body = written if isinstance(written, bytes) else written.as_bytes()
    provider = PROVIDERS[ProviderName.MAIL]
    return mail_received(Letter(body=body, **envelope), letterbox=LETTERBOX, provider=provider, now=timezone.now())  # type: ignore[arg-type]  # by name


def test_whoever_writes_is_one_lead_with_their_words_and_what_came_along_is_named(stand: Stand, emil: User) -> None:
    written = letter(stand)
    written.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="plan.pdf")

    assert [send(written) for _ in range(2)] == [Received.TAKEN] * 2
    work()
    send(written)
    work()

    lead = Lead.objects.get()
    assert (lead.channel, lead.basis, lead.where_met) == ("email", "asked_us", "Ogrzewanie")
    assert ContactPoint.objects.get(kind="email").value == "ann@test.example"
    note = Activity.objects.get()
    assert note.text.startswith("Dach\n\nKiedy możecie przyjechać?\n\n")
    assert note.text.endswith("plan.pdf")
    assert note.owner_id == emil.pk
    assert Contact.objects.get().unfounded_since is None
    assert not ConsentRecord.objects.exists()
    assert not Message.objects.exists()


def test_a_letter_in_the_name_of_somebody_known_without_a_reason_founds_nobody(opened: Opened, stand: Stand) -> None:
    opened(ProviderName.GENERIC, basis="").hand_over()
    work()
    assert Contact.objects.get().unfounded_since is not None

    send(letter(stand))
    work()

    assert Contact.objects.get().unfounded_since is not None
    assert "Dach" in Activity.objects.get().text


def test_what_a_letter_says_can_be_read_neither_in_the_table_nor_in_the_log(
    stand: Stand, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    send(letter(stand))
    work()

    kept = json.dumps(list(Delivery.objects.values("sealed", "unused", "provider_id")))
    for personal in ("ann@", "Dach", "Anna", "1@test"):
        assert personal not in kept
        assert personal not in caplog.text


def test_the_envelope_says_where_it_went_before_the_headers_do(stand: Stand) -> None:
    address = LETTERBOX.address_of(stand.door.key)

    assert send(letter(stand, To="undisclosed@test.example"), to=(address.upper(),)) is Received.TAKEN
    assert send(letter(stand), to=("leads+aaaaaaaaaaaaaaaa@firma.example",)) is Received.UNKNOWN


def test_an_address_that_no_door_has_is_refused_and_so_is_that_of_another_kind_of_door(stand: Stand) -> None:
    assert send(letter(stand, To="leads+aaaaaaaaaaaaaaaa@firma.example")) is Received.UNKNOWN
    Door.objects.update(provider="generic")
    assert send(letter(stand)) is Received.UNKNOWN
    assert not Delivery.objects.exists()


def test_machines_are_counted_and_make_nobody(stand: Stand) -> None:
    assert send(letter(stand, Auto_Submitted="auto-replied")) is Received.AUTOMATIC
    assert send(letter(stand), sender="") is Received.AUTOMATIC
    assert send(letter(stand, List_Id="<news.test.example>")) is Received.AUTOMATIC

    door = Door.objects.get()
    assert (door.turned_away, door.turned_because) == (3, "automatic")
    assert not Delivery.objects.exists()


def test_what_is_too_large_or_no_letter_is_counted_and_refused(stand: Stand) -> None:
    to = (LETTERBOX.address_of(stand.door.key),)

    assert send(letter(stand), size=MOST_LETTER_BYTES + 1) is Received.TOO_LARGE
    assert send(b"no letter at all", to=to) is Received.UNREADABLE
    assert send(letter(stand).as_bytes().replace(b"Subject", b"From: Bob <bob@test.example>\nSubject")) is Received.UNREADABLE
    assert Door.objects.get().turned_away == 3
    assert not Delivery.objects.exists()


def test_without_a_sender_it_is_told_that_nobody_can_be_reached(stand: Stand) -> None:
    written = letter(stand)
    del written["From"]
    send(written)
    work()

    assert list(Delivery.objects.values_list("state", "because")) == [("refused", "nobody_to_reach")]
    assert not Contact.objects.exists()


def test_a_name_in_a_letter_changes_nobody_whom_we_know(stand: Stand) -> None:
    send(letter(stand))
    work()
    send(letter(stand, From="Zupełnie Inna <ann@test.example>", Message_ID="<2@test.example>"))
    work()

    assert Contact.objects.count() == 1
    assert Activity.objects.count() == 2


def test_with_a_magnet_its_mail_goes_out_and_the_words_stay_a_note(opened: Opened, guide: Guide, emil: User) -> None:
    stand = opened(ProviderName.MAIL, magnet_id=guide.magnet_id)
    Door.objects.update(made_by=emil)
    send(letter(stand))
    work()

    assert Submission.objects.get().version_id == guide.version_id
    assert Grant.objects.count() == 1
    assert Activity.objects.get().text == "Dach\n\nKiedy możecie przyjechać?"


def test_a_paused_door_keeps_letters_until_it_is_opened_again(stand: Stand) -> None:
    Door.objects.update(is_active=False)
    assert send(letter(stand)) is Received.TAKEN
    work()
    assert not Lead.objects.exists()

    Door.objects.update(is_active=True)
    work()
    assert Lead.objects.count() == 1


def test_a_flood_waits_on_the_server(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_received_flow, "MOST_AN_HOUR", 2)

    answers = [send(letter(stand, Message_ID=f"<{number}@test.example>")) for number in range(3)]

    assert answers == [Received.TAKEN, Received.TAKEN, Received.BUSY]
    assert Delivery.objects.count() == 2


class FakeMailbox:
    """Letters that wait, and which of them were handed over."""

    def __init__(self, *letters: EmailMessage, trouble: str = "") -> None:
        self.letters = [each.as_bytes() for each in letters]
        self.trouble = trouble

    def each_new(self, take: Callable[[Letter], object], *, is_ours: Callable[[bytes], bool]) -> bool:
        if self.trouble:
            raise MailboxTrouble(self.trouble)
        ours = [each for each in self.letters if is_ours(each)]
        self.letters = [each for each in self.letters if each not in ours]
        for each in ours:
            take(Letter(body=each))
        return False


def test_a_mailbox_gives_up_what_is_for_a_door_and_nothing_else(stand: Stand) -> None:
    for_others = letter(stand, To="leads+aaaaaaaaaaaaaaaa@firma.example")
    mailbox = FakeMailbox(letter(stand), for_others, letter(stand, Message_ID="<2@test.example>", Auto_Submitted="auto-replied"))

    read_mailbox(mailbox, letterbox=LETTERBOX, provider=PROVIDERS[ProviderName.MAIL], clock=timezone.now)

    assert mailbox.letters == [for_others.as_bytes()]
    assert Delivery.objects.count() == 1
    assert Door.objects.get().turned_away == 1


def test_a_mailbox_out_of_order_is_told_in_the_log_and_breaks_nothing() -> None:
    mailbox, provider = FakeMailbox(trouble="TimeoutError"), PROVIDERS[ProviderName.MAIL]

    with capture_logs() as told:
        assert not read_mailbox(mailbox, letterbox=LETTERBOX, provider=provider, clock=timezone.now)
    assert told == [{"event": "inbound_mail.mailbox", "because": "TimeoutError", "log_level": "warning"}]


def test_the_worker_reads_the_mailbox_and_makes_leads_of_it(stand: Stand, house: House) -> None:
    mailbox = FakeMailbox(letter(stand))
    house.work(timezone.now(), mailbox=mailbox, letterbox=LETTERBOX, providers=PROVIDERS)

    assert Lead.objects.get().channel == "email"


def test_the_studio_opens_such_a_door_only_where_mail_can_come_in_and_shows_its_address(
    company: None, dora: User, settings: LazySettings
) -> None:
    client = Client(headers=HOST)
    client.force_login(dora)
    asked = {"provider": "mail", "name": "Targi", "language": "pl"}
    settings.LETTERBOX = None
    refused = client.post("/ways-in/new", asked)
    assert refused.status_code == 422
    assert "LEADSTONE_INBOUND_MAIL_ADDRESS" in refused.content.decode()
    assert not Door.objects.exists()

    settings.LETTERBOX = LETTERBOX
    page = client.post("/ways-in/new", asked).content.decode()
    door = Door.objects.get()
    address = LETTERBOX.address_of(door.key)
    assert f'value="{address}"' in page
    assert "whsec_" not in page
    assert door.basis == "asked_us"
    assert address in client.get(f"/ways-in/{door.pk}").content.decode()

    settings.LETTERBOX = None
    assert "LEADSTONE_INBOUND_MAIL_ADDRESS" in client.get(f"/ways-in/{door.pk}").content.decode()
