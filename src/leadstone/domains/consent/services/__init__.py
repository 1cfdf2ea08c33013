"""The only writes of consent: what people allow, take back and forbid."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from leadstone.domains.consent.events import AddressesStopped, ConsentGiven, MarketingLeft
from leadstone.domains.consent.models import ConsentEvidence, ConsentRecord, Permission, Suppression, Wording
from leadstone.domains.consent.rules import Act, Method, Scope, StopReason
from leadstone.domains.consent.rules.ledger import wording_digest
from leadstone.domains.consent.services.ledger import Saying, Subject, append, live_records
from leadstone.infra.outbox import services as outbox
from leadstone.wire.definition import MARKETING, Channel, ConsentOffer, Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A box that was ticked on a form, as it was shown."""

    contact_id: int
    address_key: str
    offer: ConsentOffer
    language: str
    version_id: int | None  # None: on no form of ours, and for no magnet
    at: datetime
    method: Method = Method.FORM
    collector: str = "edge"  # who took it down
    evidence: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxOwner:
    """A person who acts from a mailbox that is theirs."""

    contact_id: int
    address_key: str
    address_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """An exchange whose mailbox was proven: its versions, and what its form asked for beyond doubt."""

    owner: MailboxOwner
    version_ids: Collection[int]
    ticked: Collection[tuple[Purpose, Channel]]


@transaction.atomic
def record_asked(asks: Sequence[Asked]) -> None:
    """Boxes ticked by mailboxes that nobody has proven yet: written down, and worth nothing until they are confirmed."""
    words = _wording_ids(asks)
    append(
        [
            Saying(
                contact_id=ask.contact_id,
                address_key=ask.address_key,
                act=Act.ASKED,
                purpose=ask.offer.purpose,
                channel=ask.offer.channel,
                method=ask.method,
                at=ask.at,
                collector=ask.collector,
                version_id=ask.version_id,
                wording_id=words[digest],
                evidence=ask.evidence,
            )
            for ask, digest in zip(asks, map(_digest, asks), strict=True)
        ]
    )


@transaction.atomic
def confirm_asked(proofs: Sequence[Proof], *, method: Method, collector: str, now: datetime) -> None:
    """Turn the boxes that these proofs confirm into consents; lift the marketing stop of whoever gave one to marketing.

    A tick from before a withdrawal is dead: pressing an old button again subscribes nobody. What was given before is given
    again on the words of another magnet, once. Of explicit consents each wording is confirmed, for each is about another answer.
    """
    live = live_records({proof.owner.contact_id for proof in proofs})
    subjects: dict[int, list[Subject]] = {}
    for subject in sorted(live):
        subjects.setdefault(subject[0], []).append(subject)
    given: dict[tuple[Subject, int | None], Saying] = {}
    owners: dict[int, MailboxOwner] = {}
    for proof in proofs:
        owner = proof.owner
        for subject in subjects.get(owner.contact_id, ()):
            if (subject[1], subject[2]) not in proof.ticked:
                continue
            for part, shown in _confirmed(subject, live[subject], proof.version_ids).items():
                owners[owner.contact_id] = owner
                given[subject, part] = _saying(
                    subject, Act.GIVEN, owner, method=method, collector=collector, now=now, shown=shown
                )
    sayings = list(given.values())
    append(sayings)
    by_mail = {
        owners[saying.contact_id].address_hash
        for saying in sayings
        if saying.channel is Channel.EMAIL and saying.purpose in MARKETING
    }
    stops = Suppression.objects.filter(address_hash__in=by_mail, channel=Channel.EMAIL.value, scope=Scope.MARKETING.value)
    stops.filter(lifted_at=None).update(lifted_at=now)
    outbox.record(
        *(ConsentGiven(contact_id=s.contact_id, purpose=s.purpose.value, channel=s.channel.value) for s in sayings), at=now
    )


@transaction.atomic
def withdraw_marketing(leaving: Sequence[MailboxOwner], *, method: Method, collector: str, now: datetime) -> None:
    """Take back every consent to marketing by e-mail, ticked or given, and stop marketing to the address; twice is as once."""
    owners = {owner.contact_id: owner for owner in leaving}
    rows = Permission.objects.filter(contact_id__in=owners, channel=Channel.EMAIL.value, purpose__in=MARKETING)
    rows = rows.exclude(act=Act.WITHDRAWN.value)
    subjects = sorted(rows.values_list("contact_id", "purpose", "channel"))
    append(
        [_saying(subject, Act.WITHDRAWN, owners[subject[0]], method=method, collector=collector, now=now) for subject in subjects]
    )
    stopped = suppress([owner.address_hash for owner in leaving], scope=Scope.MARKETING, reason=StopReason.LEFT, now=now)
    left = [
        o
        for o in owners.values()
        if o.address_hash in stopped or any(o.contact_id == contact_id for contact_id, _, _ in subjects)
    ]
    outbox.record(*(MarketingLeft(contact_id=owner.contact_id, channel=Channel.EMAIL.value) for owner in left), at=now)


@transaction.atomic
def withdraw_purpose(owner: MailboxOwner, *, purpose: Purpose, method: Method, collector: str, now: datetime) -> None:
    """Take back one purpose by e-mail, ticked or given; the others stay. Twice is as once."""
    rows = Permission.objects.filter(contact_id=owner.contact_id, purpose=purpose.value, channel=Channel.EMAIL.value)
    subjects = list(rows.exclude(act=Act.WITHDRAWN.value).values_list("contact_id", "purpose", "channel"))
    append([_saying(subject, Act.WITHDRAWN, owner, method=method, collector=collector, now=now) for subject in subjects])


@transaction.atomic
def withdraw_exchange(owner: MailboxOwner, *, version_ids: Collection[int], collector: str, now: datetime) -> None:
    """Take back the consents that rest on these versions alone. What was given elsewhere too stays; what another form only
    asked for does not keep it alive, and may still be confirmed by itself."""
    live = live_records({owner.contact_id})
    resting = {subject: records for subject, records in live.items() if _rests_on(records, version_ids)}
    append(
        [_saying(subject, Act.WITHDRAWN, owner, method=Method.UNDO, collector=collector, now=now) for subject in resting]
        + _still_asked([each for records in resting.values() for each in records if each.version_id not in version_ids], owner)
    )


@transaction.atomic
def suppress(
    address_hashes: Iterable[str], *, scope: Scope, reason: StopReason, now: datetime, channel: Channel = Channel.EMAIL
) -> set[str]:
    """Stop messages to these addresses; returns those for which no such stop was in force before."""
    wanted = set(address_hashes)
    in_force = Suppression.objects.filter(address_hash__in=wanted, channel=channel.value, scope=scope.value, lifted_at=None)
    if reason is not StopReason.NOT_ME:
        # The mailbox can lift that one, and must not lift the graver one with it.
        in_force.filter(reason=StopReason.NOT_ME.value).update(reason=reason.value)
    fresh = wanted - set(in_force.values_list("address_hash", flat=True))
    Suppression.objects.bulk_create(
        [
            Suppression(address_hash=key, channel=channel.value, scope=scope.value, reason=reason.value, at=now, lifted_at=None)
            for key in sorted(fresh)
        ],
        update_conflicts=True,
        unique_fields=["address_hash", "channel", "scope"],
        update_fields=["reason", "at", "lifted_at"],
    )
    if fresh:
        stopped = AddressesStopped(
            address_hashes=tuple(sorted(fresh)), channel=channel.value, scope=scope.value, reason=reason.value, at=now
        )
        outbox.record(stopped, at=now)
    return fresh


@transaction.atomic
def take_back_not_me(address_hashes: Collection[str], *, now: datetime) -> None:
    """Whoever reads these mailboxes says that it was them: the stop of that reason ends. Marketing stays stopped."""
    stops = Suppression.objects.filter(address_hash__in=address_hashes, scope=Scope.EVERYTHING.value, lifted_at=None)
    stops.filter(reason=StopReason.NOT_ME.value).update(lifted_at=now)


@transaction.atomic
def forget_evidence(contact_id: int, *, version_ids: Collection[int]) -> None:
    """Erase what the records of some versions can do without: the salts and values that tie them to a person."""
    ConsentEvidence.objects.filter(contact_id=contact_id, record__version_id__in=version_ids).delete()


def _rests_on(records: Sequence[ConsentRecord], version_ids: Collection[int]) -> bool:
    """Whether these versions are among the records of a subject, and no other one was confirmed."""
    named = any(record.version_id in version_ids for record in records)
    return named and all(record.version_id in version_ids for record in records if record.act == Act.GIVEN)


def _still_asked(records: Sequence[ConsentRecord], owner: MailboxOwner) -> list[Saying]:
    """Ticks as they stand in the ledger, to be written once more: a withdrawal ends whatever stands before it."""
    evidence = dict(ConsentEvidence.objects.filter(record__in=records).values_list("record_id", "values"))
    return [
        Saying(
            contact_id=owner.contact_id,
            address_key=owner.address_key,
            act=Act.ASKED,
            purpose=Purpose(record.purpose),
            channel=Channel(record.channel),
            method=Method(record.method),
            at=record.at,
            collector=record.collector,
            version_id=record.version_id,
            wording_id=record.wording_id,
            evidence=evidence.get(record.pk, {}),
        )
        for record in records
    ]


def _confirmed(subject: Subject, live: Sequence[ConsentRecord], version_ids: Collection[int]) -> dict[int | None, ConsentRecord]:
    """What one proof confirms of a subject: the last words that its versions showed, or of explicit consents each of them.

    Words of a version that were confirmed already are not confirmed twice.
    """
    given = {(record.wording_id, record.version_id) for record in live if record.act == Act.GIVEN}
    asked = [record for record in live if record.act == Act.ASKED and record.version_id in version_ids]
    shown = {record.wording_id if subject[1] == Purpose.SPECIAL else None: record for record in asked}
    return {part: record for part, record in shown.items() if (record.wording_id, record.version_id) not in given}


def _saying(
    subject: Subject,
    act: Act,
    owner: MailboxOwner,
    *,
    method: Method,
    collector: str,
    now: datetime,
    shown: ConsentRecord | None = None,
) -> Saying:
    return Saying(
        contact_id=owner.contact_id,
        address_key=owner.address_key,
        act=act,
        purpose=Purpose(subject[1]),
        channel=Channel(subject[2]),
        method=method,
        at=now,
        collector=collector,
        version_id=shown.version_id if shown else None,
        wording_id=shown.wording_id if shown else None,
    )


def _digest(ask: Asked) -> str:
    offer = ask.offer
    return wording_digest(language=ask.language, purpose=offer.purpose.value, channel=offer.channel.value, text=offer.text)


def _wording_ids(asks: Sequence[Asked]) -> dict[str, int]:
    """Digest → id of the wording, made where it is new."""
    shown = {_digest(ask): ask for ask in asks}
    known = dict(Wording.objects.filter(digest__in=shown).values_list("digest", "pk"))
    fresh = [
        Wording(
            digest=digest,
            language=ask.language,
            purpose=ask.offer.purpose.value,
            channel=ask.offer.channel.value,
            text=ask.offer.text,
        )
        for digest, ask in shown.items()
        if digest not in known
    ]
    if not fresh:
        return known
    # Another worker may have met the same words at this moment.
    Wording.objects.bulk_create(fresh, ignore_conflicts=True)
    return dict(Wording.objects.filter(digest__in=shown).values_list("digest", "pk"))
