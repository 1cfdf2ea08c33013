"""People with an address and a permission, and letters that need nothing but a row: what a gateway test begins with."""

import itertools
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from leadstone.domains.consent.models import Permission, Suppression
from leadstone.domains.consent.rules import Act, Scope, StopReason
from leadstone.domains.contacts.models import Contact, ContactPoint
from leadstone.domains.delivery import queries
from leadstone.domains.delivery.models import Message
from leadstone.domains.delivery.services.queueing import MessageRequest, Recipient, add_recipients, queue_messages, start_mailing
from leadstone.infra.blind_index import address_hash
from leadstone.infra.mail.message import Mail
from leadstone.kernel.ids import new_key
from leadstone.wire.definition import Channel, Purpose

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def person(email: str = "", *, proven: bool = False, gave: Purpose | None = None) -> Contact:
    """A contact with one mailbox; `gave` is a consent in force."""
    return people([email or f"p{next(_numbers)}@home.example"], proven=proven, gave=gave)[0]


def people(emails: Sequence[str], *, proven: bool = False, gave: Purpose | None = None) -> list[Contact]:
    contacts = Contact.objects.bulk_create([Contact(key=new_key(), language="en", created_at=MONDAY) for _ in emails])
    ContactPoint.objects.bulk_create(
        [
            ContactPoint(
                contact=contact,
                kind="email",
                value=email,
                key=email,
                domain=email.partition("@")[2],
                created_at=MONDAY,
                proven_at=MONDAY if proven else None,
            )
            for contact, email in zip(contacts, emails, strict=True)
        ]
    )
    if gave:
        Permission.objects.bulk_create(
            [
                Permission(contact_id=c.pk, purpose=gave.value, channel=Channel.EMAIL.value, act=Act.GIVEN.value, sequence=1)
                for c in contacts
            ]
        )
    return contacts


def address_of(contact: Contact) -> str:
    return ContactPoint.objects.get(contact=contact, kind="email").value


def stop(contact: Contact, *, scope: Scope = Scope.EVERYTHING) -> None:
    Suppression.objects.create(
        address_hash=address_hash(address_of(contact)),
        channel=Channel.EMAIL.value,
        scope=scope.value,
        reason=StopReason.STAFF.value,
        at=MONDAY,
    )


def ask_for(contact: Contact, *, occasion: str = "", now: datetime = MONDAY, network: str = "") -> Message:
    """A letter that somebody asked for on a form, typing this contact's address."""
    key = occasion or f"occasion-{next(_numbers)}"
    email = address_of(contact)
    queue_messages(
        [
            MessageRequest(
                effect_key=key,
                kind="delivery",
                contact_id=contact.pk,
                to_address=email,
                address_hash=address_hash(email),
                network_hash=network,
                language="en",
            )
        ],
        now=now,
    )
    return Message.objects.get(effect_key=key)


def mailing_to(contacts: Iterable[Contact], *, now: datetime = MONDAY) -> int:
    """A mailing to many; returns its id."""
    mailing_id = start_mailing(key=new_key(), name="March", purpose=Purpose.NEWSLETTER, texts={}, now=now)
    everybody = list(contacts)
    points = dict(ContactPoint.objects.filter(kind="email").values_list("contact_id", "value"))
    for start in range(0, len(everybody), 1000):
        add_recipients(
            mailing_id=mailing_id,
            recipients=[
                Recipient(contact_id=c.pk, to_address=points[c.pk], address_hash=address_hash(points[c.pk]), language="en")
                for c in everybody[start : start + 1000]
            ],
            now=now,
        )
    return mailing_id


class FakeLetters:
    """Letters with nothing in them; `silent` have nothing to say, `broken` cannot be composed."""

    def __init__(self) -> None:
        self.silent: set[int] = set()
        self.broken: set[int] = set()

    def compose(self, message_ids: Sequence[int], *, now: datetime) -> dict[int, Mail]:
        if self.broken & set(message_ids):
            raise ZeroDivisionError
        return {
            pk: Mail(
                key=row.key,
                from_name="Warm",
                from_address="hello@warm.example",
                to_address=row.to_address,
                subject=f"Letter {pk}",
                text="hello",
                html="<p>hello</p>",
                date=now,
            )
            for pk, row in queries.message_facts(message_ids).items()
            if pk not in self.silent
        }
