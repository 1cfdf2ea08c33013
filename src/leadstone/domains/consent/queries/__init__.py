"""The only reads of consent that others may call."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from leadstone.domains.consent.models import ConsentEvidence, ConsentRecord, LedgerHead, Permission, Suppression, Wording
from leadstone.domains.consent.rules import Act, ConsentFacts, Method, Scope, StopReason, permission_after
from leadstone.domains.consent.rules.ledger import BEGINNING, Entry, digest_of, hash_of, wording_digest
from leadstone.domains.contacts import queries as contacts
from leadstone.wire.definition import MARKETING, Channel, Purpose


class Break(StrEnum):
    """What is wrong with the ledger."""

    MISSING_RECORD = "missing_record"  # a number of the sequence is not there
    CHANGED_RECORD = "changed_record"  # its fields do not give its hash
    BROKEN_CHAIN = "broken_chain"  # it does not follow the record before it
    CHANGED_EVIDENCE = "changed_evidence"
    CHANGED_WORDING = "changed_wording"
    MISSING_END = "missing_end"  # the head knows of later records
    WRONG_PERMISSION = "wrong_permission"  # the projection says something else than the ledger


@dataclass(frozen=True, slots=True)
class LedgerVerdict:
    """What the verification found; `broken_at` is the sequence number of the first record that is not as it was written.

    For a wrong permission it is the last record of that permission, for a changed wording the first record that shows it.
    """

    records: int
    because: Break | None = None
    broken_at: int | None = None

    @property
    def intact(self) -> bool:
        return self.because is None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One record as people read it."""

    sequence: int
    act: Act
    purpose: Purpose
    channel: Channel
    words: str
    language: str
    version_id: int | None
    method: Method
    collector: str
    at: datetime


def consent_facts(people: Iterable[tuple[int, str]], *, channel: Channel) -> dict[tuple[int, str], ConsentFacts]:
    """(contact id, address hash) → what is known of that recipient on one channel. Three queries, however many people."""
    asked = list(people)
    permissions: dict[int, dict[tuple[Purpose, Channel], Act]] = {}
    rows = Permission.objects.filter(contact_id__in={contact_id for contact_id, _ in asked}, channel=channel.value)
    for contact_id, purpose, act in rows.values_list("contact_id", "purpose", "act"):
        permissions.setdefault(contact_id, {})[Purpose(purpose), channel] = Act(act)
    stops = stops_in_force({address_hash for _, address_hash in asked}, channel=channel)
    unfounded = contacts.unfounded({contact_id for contact_id, _ in asked})
    return {
        (contact_id, address_hash): ConsentFacts(
            permissions=permissions.get(contact_id, {}),
            stops={channel: stops.get(address_hash, frozenset())},
            unfounded=contact_id in unfounded,
        )
        for contact_id, address_hash in asked
    }


def stops_in_force(address_hashes: Collection[str], *, channel: Channel) -> dict[str, frozenset[Scope]]:
    """Address hash → the scopes of the stops that hold for it now; an address without one is left out."""
    found: dict[str, frozenset[Scope]] = {}
    rows = Suppression.objects.filter(address_hash__in=address_hashes, channel=channel.value, lifted_at=None)
    for address_hash, scope in rows.values_list("address_hash", "scope"):
        found[address_hash] = found.get(address_hash, frozenset()) | {Scope(scope)}
    return found


def stopped_because(address_hashes: Collection[str], *, reason: StopReason) -> set[str]:
    """Which of the addresses are stopped for a reason."""
    rows = Suppression.objects.filter(address_hash__in=address_hashes, reason=reason.value, lifted_at=None)
    return set(rows.values_list("address_hash", flat=True))


def permissions_of(contact_ids: Collection[int]) -> dict[int, dict[tuple[Purpose, Channel], Act]]:
    """Contact id → what each purpose and channel amounts to."""
    found: dict[int, dict[tuple[Purpose, Channel], Act]] = {}
    rows = Permission.objects.filter(contact_id__in=contact_ids)
    for contact_id, purpose, channel, act in rows.values_list("contact_id", "purpose", "channel", "act"):
        found.setdefault(contact_id, {})[Purpose(purpose), Channel(channel)] = Act(act)
    return found


def purposes_asked(contact_ids: Collection[int]) -> dict[tuple[int, int], set[Purpose]]:
    """(contact id, version id) → the marketing that was ticked on that version's form, whatever came of it later."""
    found: dict[tuple[int, int], set[Purpose]] = {}
    rows = ConsentRecord.objects.filter(contact_id__in=contact_ids, act=Act.ASKED.value, version_id__isnull=False)
    rows = rows.filter(purpose__in=MARKETING)
    for contact_id, version_id, purpose in rows.values_list("contact_id", "version_id", "purpose"):
        if version_id is not None:
            found.setdefault((contact_id, version_id), set()).add(Purpose(purpose))
    return found


def ticked_elsewhere(contact_ids: Collection[int]) -> dict[str, set[tuple[Purpose, Channel]]]:
    """Ref of a form that another service handed over → what was ticked on it there."""
    rows = ConsentEvidence.objects.filter(contact_id__in=contact_ids, record__method=Method.LEAD_FORM.value)
    found: dict[str, set[tuple[Purpose, Channel]]] = {}
    for values, purpose, channel in rows.values_list("values", "record__purpose", "record__channel"):
        found.setdefault(values.get("ref", ""), set()).add((Purpose(purpose), Channel(channel)))
    return found


def history_of(contact_id: int) -> list[LedgerLine]:
    """Every record about a person with the words that were shown, the oldest first."""
    rows = ConsentRecord.objects.filter(contact_id=contact_id).select_related("wording").order_by("sequence")
    return [
        LedgerLine(
            sequence=row.sequence,
            act=Act(row.act),
            purpose=Purpose(row.purpose),
            channel=Channel(row.channel),
            words=row.wording.text if row.wording else "",
            language=row.wording.language if row.wording else "",
            version_id=row.version_id,
            method=Method(row.method),
            collector=row.collector,
            at=row.at,
        )
        for row in rows
    ]


def entry_of(row: ConsentRecord) -> Entry:
    """The record as the chain sees it."""
    return Entry(
        sequence=row.sequence,
        contact_id=row.contact_id,
        subject_digest=row.subject_digest,
        act=row.act,
        purpose=row.purpose,
        channel=row.channel,
        wording_id=row.wording_id,
        version_id=row.version_id,
        method=row.method,
        collector=row.collector,
        evidence_digest=row.evidence_digest,
        at=row.at,
    )


def verify_ledger() -> LedgerVerdict:
    """Recompute the whole chain, its evidence, its words and the permissions; reads each row once, in constant memory.

    The permissions of everybody who ever answered are held in memory while it runs: about 200 bytes each.
    """
    bad_words = _changed_wordings()
    previous = BEGINNING
    expected = 0
    permissions: dict[tuple[int, str, str], tuple[str, int]] = {}
    for row in ConsentRecord.objects.select_related("evidence").order_by("sequence").iterator(chunk_size=2000):
        expected += 1
        wrong = _wrong_with(row, expected=expected, previous=previous, bad_words=bad_words)
        if wrong is not None:
            return LedgerVerdict(expected - 1, wrong, min(expected, row.sequence))
        previous = row.hash
        key = (row.contact_id, row.purpose, row.channel)
        before = permissions.get(key)
        act = permission_after(Act(before[0]) if before else None, Act(row.act))
        permissions[key] = (act.value, row.sequence)
    head = LedgerHead.objects.filter(pk=1).first()
    if (head.sequence, head.hash) != (expected, previous) if head else expected > 0:
        return LedgerVerdict(expected, Break.MISSING_END, expected + 1)
    return _verify_permissions(permissions, records=expected)


def _wrong_with(row: ConsentRecord, *, expected: int, previous: str, bad_words: set[int]) -> Break | None:
    if row.sequence != expected:
        return Break.MISSING_RECORD
    if row.previous != previous:
        return Break.BROKEN_CHAIN
    if hash_of(entry_of(row), previous=previous) != row.hash:
        return Break.CHANGED_RECORD
    evidence = getattr(row, "evidence", None)
    if isinstance(evidence, ConsentEvidence) and digest_of(evidence.values, salt=evidence.salt) != row.evidence_digest:
        return Break.CHANGED_EVIDENCE
    if row.wording_id in bad_words:
        return Break.CHANGED_WORDING
    return None


def _changed_wordings() -> set[int]:
    return {
        row.pk
        for row in Wording.objects.all()
        if wording_digest(language=row.language, purpose=row.purpose, channel=row.channel, text=row.text) != row.digest
    }


def _verify_permissions(rebuilt: dict[tuple[int, str, str], tuple[str, int]], *, records: int) -> LedgerVerdict:
    stored = 0
    for row in Permission.objects.order_by("pk").iterator(chunk_size=2000):
        stored += 1
        told = rebuilt.get((row.contact_id, row.purpose, row.channel))
        if told != (row.act, row.sequence):
            return LedgerVerdict(records, Break.WRONG_PERMISSION, told[1] if told else row.sequence)
    if stored != len(rebuilt):
        present = set(Permission.objects.values_list("contact_id", "purpose", "channel"))
        missing = min(sequence for key, (_, sequence) in rebuilt.items() if key not in present)
        return LedgerVerdict(records, Break.WRONG_PERMISSION, missing)
    return LedgerVerdict(records)
