"""The only writes of raw submissions, of the cursor and of quarantine."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import F, Q

from leadstone.domains.capture.models import JournalCursor, QuarantinedRecord, Submission
from leadstone.domains.capture.rules import CheckedForm, ReceivedRecord, Verdict, check_form, is_machine
from leadstone.infra.blind_index import address_hash, index_for
from leadstone.infra.bulk import insert_rows
from leadstone.kernel.address import Address, read_address
from leadstone.kernel.errors import LeadstoneError
from leadstone.wire.definition import MagnetDefinition
from leadstone.wire.records import SubmissionReceived


class UnfitSubmission(LeadstoneError):
    """A record that the edge would not have acknowledged: it goes into quarantine."""

    code = "unfit_submission"
    sentence = "The record fits no form: {reason}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A submission with what becomes of it."""

    place: ReceivedRecord
    form: CheckedForm
    address: Address
    address_hash: str
    effect_key: str
    verdict: Verdict
    duplicate_of: int | None
    received_at: datetime

    @property
    def record(self) -> SubmissionReceived:
        return self.place.record


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRecord:
    """A record in quarantine and the place that names it."""

    stream: str
    sequence: int
    position: int
    sealed: bytes


@transaction.atomic
def hold_cursor(stream: str, *, now: datetime) -> int:
    """The cursor of a stream, locked until the transaction ends, so that one worker at a time drains it."""
    JournalCursor.objects.get_or_create(stream=stream, defaults={"moved_at": now})
    return JournalCursor.objects.select_for_update().get(stream=stream).sequence


@transaction.atomic
def move_cursor(stream: str, *, to: int, now: datetime) -> None:
    """Everything up to and including sequence number `to` has taken effect in this transaction."""
    JournalCursor.objects.filter(stream=stream).update(sequence=to, moved_at=now)


def judge_submissions(
    batch: Sequence[ReceivedRecord], *, definitions: Mapping[int, MagnetDefinition], at: Callable[[int], datetime]
) -> list[Judged]:
    """Decide what becomes of each submission; those that are kept already are left out.

    `at` turns a record's milliseconds into its time. Raises `UnfitSubmission` for what the edge would have refused.
    """
    seen = set(Submission.objects.filter(ref__in=[place.record.ref for place in batch]).values_list("ref", flat=True))
    effect_key_of = index_for("effect")
    fresh: list[tuple[ReceivedRecord, CheckedForm, Address, str]] = []
    for place in batch:
        if place.record.ref in seen:
            continue
        seen.add(place.record.ref)
        form, address = _checked(place.record, definitions)
        fresh.append((place, form, address, effect_key_of(f"{place.record.nonce}\0{address.key}")))
    rows = Submission.objects.filter(effect_key__in=[key for *_, key in fresh], verdict=Verdict.ACCEPTED.value)
    originals: dict[str, int | None] = dict(rows.values_list("effect_key", "pk"))
    judged = []
    for place, form, address, key in fresh:
        verdict = _verdict(place.record, repeated=key in originals)
        judged.append(
            Judged(
                place=place,
                form=form,
                address=address,
                address_hash=address_hash(address.key),
                effect_key=key,
                verdict=verdict,
                duplicate_of=originals.get(key),
                received_at=at(place.record.at),
            )
        )
        if verdict is Verdict.ACCEPTED:
            originals[key] = None  # its row has no id yet
    return judged


@transaction.atomic
def keep_submissions(judged: Sequence[Judged], *, contacts: Mapping[str, int]) -> dict[str, int]:
    """Keep every raw submission; returns ref → submission id. `contacts`: address key → contact id, of those whom we know."""
    rows = [_row(each, contact_id=contacts.get(each.address.key)) for each in judged]
    first = {row.effect_key: row for row in rows if row.verdict == Verdict.ACCEPTED}
    insert_rows(row for row in rows if row.verdict == Verdict.ACCEPTED)
    others = [row for row in rows if row.verdict != Verdict.ACCEPTED]
    for row in others:
        if row.verdict == Verdict.REPEATED and row.duplicate_of_id is None:
            row.duplicate_of_id = first[row.effect_key].pk
    insert_rows(others)
    return {row.ref: row.pk for row in rows}


@transaction.atomic
def erase_payloads(
    *, refs: Collection[str] = (), contact_id: int | None = None, address_hashes: Collection[str] = (), now: datetime
) -> None:
    """Forget what these forms said: the named ones, those of a person, those from an address. That they came stays known."""
    chosen = Q(ref__in=refs) | Q(address_hash__in=address_hashes)
    if contact_id is not None:
        chosen |= Q(contact_id=contact_id)
    rows = Submission.objects.filter(chosen, payload__isnull=False)
    rows.update(payload=None, payload_erased_at=now, address_hash="")


@transaction.atomic
def erase_answers(names: Mapping[int, Collection[str]], *, contact_id: int, address_hashes: Collection[str]) -> int:
    """Forget what the forms of a person, and those from an address, said under `names` (version id → names of fields).

    Everything else that they said stays. Returns how many forms said something there.
    """
    whose = Q(contact_id=contact_id) | Q(address_hash__in=address_hashes)
    rows = Submission.objects.select_for_update().filter(whose, payload__isnull=False, version_id__in=names)
    said = []
    for row in rows.order_by("pk"):
        payload: dict[str, Any] = row.payload or {}
        kept = {name: text for name, text in payload["answers"].items() if name not in names[row.version_id]}
        if kept != payload["answers"]:
            row.payload = payload | {"answers": kept}
            said.append(row)
    Submission.objects.bulk_update(said, ["payload"])
    return len(said)


@transaction.atomic
def quarantine(*, stream: str, sequence: int, position: int, sealed: bytes, error: str, version: str, now: datetime) -> None:
    """Keep a record that took no effect under this version, sealed. `error` names the kind of fault, never a value."""
    QuarantinedRecord.objects.create(
        stream=stream,
        sequence=sequence,
        position=position,
        sealed=sealed,
        error=error[:200],
        at=now,
        tried_at=now,
        tried_with=version,
    )


@transaction.atomic
def hold_quarantined(record_id: int) -> HeldRecord | None:
    """A record in quarantine, locked until the transaction ends; None when it was dealt with meanwhile."""
    row = QuarantinedRecord.objects.select_for_update().filter(pk=record_id, resolved_at=None).first()
    return HeldRecord(stream=row.stream, sequence=row.sequence, position=row.position, sealed=bytes(row.sealed)) if row else None


@transaction.atomic
def note_retry(record_id: int, *, error: str, version: str, now: datetime) -> None:
    """A record in quarantine failed once more."""
    row = QuarantinedRecord.objects.filter(pk=record_id)
    row.update(retries=F("retries") + 1, error=error[:200], tried_with=version, tried_at=now)


@transaction.atomic
def resolve_quarantined(record_id: int, *, now: datetime) -> None:
    """A record in quarantine took effect: what it said is kept there from now on, and not here."""
    QuarantinedRecord.objects.filter(pk=record_id, resolved_at=None).update(resolved_at=now, sealed=b"")


@transaction.atomic
def forget_quarantined(*, before: datetime) -> int:
    """Delete what has been in quarantine since before that moment; returns how many of it had taken no effect."""
    rows = QuarantinedRecord.objects.filter(at__lt=before)
    lost = rows.filter(resolved_at=None).count()
    rows.delete()
    return lost


def _checked(record: SubmissionReceived, definitions: Mapping[int, MagnetDefinition]) -> tuple[CheckedForm, Address]:
    definition = definitions.get(record.version_id)
    if definition is None:
        raise UnfitSubmission(reason="its version was never published")
    form = check_form(definition, record.answers, record.ticked, record.language)
    address = read_address(form.answers.get("email", ""))
    if address is None or form.errors:
        raise UnfitSubmission(reason=", ".join(f"{key} {error}" for key, error in form.errors.items()))
    return form, address


def _verdict(record: SubmissionReceived, *, repeated: bool) -> Verdict:
    if is_machine(record.suspicion):
        return Verdict.MACHINE
    return Verdict.REPEATED if repeated else Verdict.ACCEPTED


def _row(judged: Judged, *, contact_id: int | None) -> Submission:
    record = judged.record
    return Submission(
        ref=record.ref,
        stream=judged.place.stream,
        sequence=judged.place.sequence,
        position=judged.place.position,
        effect_key=judged.effect_key,
        address_hash=judged.address_hash,
        version_id=record.version_id,
        contact_id=contact_id,
        duplicate_of_id=judged.duplicate_of if judged.verdict is Verdict.REPEATED else None,
        verdict=judged.verdict.value,
        suspicion=record.suspicion[:20],
        language=record.language[:8],
        payload={
            "answers": judged.form.answers,
            "ticked": list(judged.form.ticked),
            "slug": record.slug,
            "nonce": record.nonce,
            "origin": msgspec.to_builtins(record.origin),
            "network": record.network,
            "fill_ms": record.fill_ms,
        },
        received_at=judged.received_at,
    )
