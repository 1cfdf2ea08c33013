"""Writing down what is to be sent, before anything is sent."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from leadstone.domains.delivery.models import Mailing, Message
from leadstone.domains.delivery.rules import MessageClass, Refusal, State
from leadstone.infra.bulk import insert_rows
from leadstone.kernel.ids import new_key
from leadstone.wire.definition import Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRequest:
    """One letter that somebody asked for. `facts` are ids only; the words are composed when it leaves.

    `effect_key` names the occasion: however often it is requested, it is one message.
    """

    effect_key: str
    kind: str
    contact_id: int | None  # None: one of the staff
    to_address: str
    address_hash: str
    language: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    network_hash: str = ""
    message_class: MessageClass = MessageClass.TRANSACTIONAL
    purpose: str = ""  # of marketing
    wait: timedelta = timedelta()  # how long it may be taken back before it leaves


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """One person of a mailing."""

    contact_id: int
    to_address: str
    address_hash: str
    language: str


@transaction.atomic
def queue_messages(requests: Sequence[MessageRequest], *, now: datetime) -> None:
    """Queue what visitors asked for, and what one of us writes to one person; a repeated effect key changes nothing."""
    wanted = {request.effect_key: request for request in requests}
    known = set(Message.objects.filter(effect_key__in=wanted).values_list("effect_key", flat=True))
    insert_rows(
        Message(
            key=new_key(),
            effect_key=request.effect_key,
            message_class=request.message_class,
            kind=request.kind,
            purpose=request.purpose,
            contact_id=request.contact_id,
            to_address=request.to_address,
            address_hash=request.address_hash,
            network_hash=request.network_hash,
            language=request.language,
            facts=dict(request.facts),
            queued_at=now,
            due_at=now + request.wait,
        )
        for request in wanted.values()
        if request.effect_key not in known
    )


@transaction.atomic
def take_back_message(effect_key: str, *, now: datetime) -> bool:
    """Let a message that still waits never leave; False when it is on its way already."""
    waiting = Message.objects.filter(effect_key=effect_key, state=State.QUEUED)
    return bool(waiting.update(state=State.EXCLUDED, because=Refusal.TAKEN_BACK.value, finished_at=now))


@transaction.atomic
def start_mailing(*, key: uuid.UUID, name: str, purpose: Purpose, texts: Mapping[str, Any], now: datetime) -> int:
    """Open a mailing and return its id; the same key is the same mailing. `texts`: language → subject, paragraphs."""
    mailing, _ = Mailing.objects.get_or_create(
        key=key, defaults={"name": name, "purpose": purpose, "texts": dict(texts), "created_at": now}
    )
    return mailing.pk


@transaction.atomic
def add_recipients(*, mailing_id: int, recipients: Sequence[Recipient], now: datetime) -> int:
    """Write a row for each recipient who has none yet; returns how many were new. Call it in parts of about 1,000."""
    # The lock keeps `targeted` equal to the number of rows when two callers add the same people.
    mailing = Mailing.objects.select_for_update().get(pk=mailing_id)
    fresh = _without_known(mailing_id, recipients)
    Message.objects.bulk_create(
        [
            Message(
                key=new_key(),
                effect_key=f"mailing:{mailing_id}:{person.contact_id}",
                mailing_id=mailing_id,
                message_class=MessageClass.MARKETING,
                kind="mailing",
                purpose=mailing.purpose,
                contact_id=person.contact_id,
                to_address=person.to_address,
                address_hash=person.address_hash,
                language=person.language,
                queued_at=now,
                due_at=now,
            )
            for person in fresh
        ]
    )
    Mailing.objects.filter(pk=mailing_id).update(targeted=F("targeted") + len(fresh))
    return len(fresh)


@transaction.atomic
def note_answered(contact_ids: Iterable[int], *, now: datetime) -> None:
    """The owner of these mailboxes pressed the button: what was sent so far no longer counts against the daily limit."""
    Message.objects.filter(contact_id__in=set(contact_ids), answered_at=None, state=State.SENT).update(answered_at=now)


def _without_known(mailing_id: int, recipients: Sequence[Recipient]) -> list[Recipient]:
    """One row per contact, and one per address: two contacts may share a mailbox, which is written to once."""
    ids = [person.contact_id for person in recipients]
    addresses = [person.address_hash for person in recipients]
    rows = Message.objects.filter(mailing_id=mailing_id)
    known = set(rows.filter(contact_id__in=ids).values_list("contact_id", flat=True))
    written = set(rows.filter(address_hash__in=addresses).values_list("address_hash", flat=True))
    fresh = []
    for person in recipients:
        if person.contact_id not in known and person.address_hash not in written:
            known.add(person.contact_id)
            written.add(person.address_hash)
            fresh.append(person)
    return fresh
