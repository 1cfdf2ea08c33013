"""Appending to the ledger: the one way in which a record comes to be."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from leadstone.domains.consent.models import ConsentEvidence, ConsentRecord, LedgerHead, Permission
from leadstone.domains.consent.rules import Act, Method, permission_after
from leadstone.domains.consent.rules.ledger import BEGINNING, Entry, digest_of, hash_of
from leadstone.infra.bulk import insert_rows
from leadstone.wire.definition import Channel, Purpose

Subject = tuple[int, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One thing to be written down. `evidence` is personal and erasable; only its salted digest is chained."""

    contact_id: int
    address_key: str
    act: Act
    purpose: Purpose
    channel: Channel
    method: Method
    at: datetime
    collector: str  # who took it down: "edge", "portal", "staff:7"
    version_id: int | None = None
    wording_id: int | None = None
    evidence: Mapping[str, object] = field(default_factory=dict)


@transaction.atomic
def append(sayings: Sequence[Saying]) -> None:
    """Write `sayings` at the end of the ledger, in their order, and bring the permissions in step."""
    if not sayings:
        return
    head = _held_head()
    records, evidence = [], []
    for number, saying in enumerate(sayings, start=head.sequence + 1):
        salt = secrets.token_hex(16)
        entry = _entry(saying, sequence=number, salt=salt)
        own = hash_of(entry, previous=head.hash)
        record = _record(entry, previous=head.hash, own=own)
        records.append(record)
        evidence.append(ConsentEvidence(record=record, contact_id=saying.contact_id, salt=salt, values=dict(saying.evidence)))
        head.sequence, head.hash = number, own
    insert_rows(records)
    for sibling in evidence:
        sibling.record_id = sibling.record.pk
    insert_rows(evidence)
    head.save()
    _bring_permissions_in_step(records)


def live_records(contact_ids: Collection[int]) -> dict[Subject, list[ConsentRecord]]:
    """(contact, purpose, channel) → its records since the last withdrawal, the oldest first; none left out, none empty."""
    live: dict[Subject, list[ConsentRecord]] = {}
    for record in ConsentRecord.objects.filter(contact_id__in=contact_ids).order_by("sequence"):
        subject = (record.contact_id, record.purpose, record.channel)
        if record.act == Act.WITHDRAWN:
            live.pop(subject, None)
        else:
            live.setdefault(subject, []).append(record)
    return live


def _held_head() -> LedgerHead:
    """The head, locked until the transaction ends: whoever appends at the same time waits."""
    LedgerHead.objects.get_or_create(pk=1, defaults={"sequence": 0, "hash": BEGINNING})
    return LedgerHead.objects.select_for_update().get(pk=1)


def _entry(saying: Saying, *, sequence: int, salt: str) -> Entry:
    return Entry(
        sequence=sequence,
        contact_id=saying.contact_id,
        subject_digest=digest_of(saying.address_key, salt=salt),
        act=saying.act.value,
        purpose=saying.purpose.value,
        channel=saying.channel.value,
        wording_id=saying.wording_id,
        version_id=saying.version_id,
        method=saying.method.value,
        collector=saying.collector,
        evidence_digest=digest_of(saying.evidence, salt=salt),
        at=saying.at,
    )


def _record(entry: Entry, *, previous: str, own: str) -> ConsentRecord:
    return ConsentRecord(
        sequence=entry.sequence,
        contact_id=entry.contact_id,
        subject_digest=entry.subject_digest,
        act=entry.act,
        purpose=entry.purpose,
        channel=entry.channel,
        wording_id=entry.wording_id,
        version_id=entry.version_id,
        method=entry.method,
        collector=entry.collector,
        evidence_digest=entry.evidence_digest,
        at=entry.at,
        previous=previous,
        hash=own,
    )


def _bring_permissions_in_step(records: Sequence[ConsentRecord]) -> None:
    rows = Permission.objects.filter(contact_id__in={record.contact_id for record in records})
    permissions: dict[Subject, Permission] = {(row.contact_id, row.purpose, row.channel): row for row in rows}
    touched: dict[Subject, Permission] = {}
    for record in records:
        subject = (record.contact_id, record.purpose, record.channel)
        before = permissions.get(subject)
        act = permission_after(Act(before.act) if before else None, Act(record.act))
        permissions[subject] = touched[subject] = Permission(
            contact_id=record.contact_id,
            purpose=record.purpose,
            channel=record.channel,
            act=act.value,
            sequence=record.sequence,
        )
    Permission.objects.bulk_create(
        touched.values(),
        update_conflicts=True,
        unique_fields=["contact_id", "purpose", "channel"],
        update_fields=["act", "sequence"],
    )
