"""K5: every marketing mail carries the way out, and taking it works before the next send."""

import re
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

from leadstone.domains.contacts.models import Contact, ContactPoint
from leadstone.domains.delivery import queries
from leadstone.domains.delivery.models import Mailing
from leadstone.wire.definition import Purpose
from leadstone.wire.records import LeftMarketing
from leadstone.wire.tokens import TokenPurpose, read_token
from tests.delivery.people import mailing_to, people
from tests.worker.conftest import MONDAY, PUBLIC_URL, House


def letters_to(contacts: list[Contact], house: House, *, minutes: int = 0) -> int:
    at = MONDAY + timedelta(minutes=minutes)
    mailing = mailing_to(contacts, now=at)
    Mailing.objects.filter(pk=mailing).update(texts={"en": {"subject": "March", "paragraphs": ["Insulate first."]}})
    house.work(at)
    return mailing


def in_the_mailbox(house: House) -> list[EmailMessage]:
    files = (house.folder.mail / "new").iterdir()
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]  # type: ignore[misc]


def test_every_marketing_mail_has_both_headers_and_a_link_that_is_signed_for_its_reader(house: House) -> None:
    contacts = people([f"p{n}@home.example" for n in range(5)], gave=Purpose.NEWSLETTER)

    letters_to(contacts, house)

    keys = set()
    for message in in_the_mailbox(house):
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        link = re.fullmatch(rf"<{PUBLIC_URL}/u/([\w-]+)>", message["List-Unsubscribe"])
        assert link is not None
        token = read_token(link[1], TokenPurpose.LEAVE, verify_key=house.keys.token_verify_key, now=MONDAY)
        assert token is not None
        keys.add(token.key)
        assert link[1] in message.get_body(("plain",)).get_content().replace("\n", ""), "the reader sees the link too"
    assert keys == {contact.key for contact in contacts}


def test_who_leaves_gets_no_further_mailing_and_stands_in_the_account(house: House) -> None:
    stays, leaves = people(["s@home.example", "l@home.example"], gave=Purpose.NEWSLETTER)
    letters_to([stays, leaves], house)
    house.journal(LeftMarketing(at=int(MONDAY.timestamp() * 1000), contact_key=str(leaves.key), one_click=True))

    house.work(MONDAY + timedelta(minutes=1))
    second = letters_to([stays, leaves], house, minutes=2)

    account = queries.accounting(second)
    assert (account.sent, account.excluded) == (1, {"left_marketing": 1})
    assert account.adds_up
    assert len(in_the_mailbox(house)) == 3


def test_leaving_marketing_does_not_keep_back_what_was_asked_for(house: House) -> None:
    (cleo,) = people(["cleo@home.example"], gave=Purpose.NEWSLETTER)
    house.journal(LeftMarketing(at=int(MONDAY.timestamp() * 1000), contact_key=str(cleo.key)))
    house.journal(house.form("cleo@home.example"))

    house.work()

    assert len(house.mails()) == 1
    assert ContactPoint.objects.count() == 1
