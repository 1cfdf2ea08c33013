"""The only reads of raw submissions that others may call."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min

from leadstone.domains.capture.models import JournalCursor, QuarantinedRecord, Submission
from leadstone.domains.capture.rules import Verdict, retry_wait


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionFacts:
    """A submission as it came; `answers` is None once its payload was erased."""

    submission_id: int
    ref: str
    version_id: int
    contact_id: int | None
    verdict: Verdict
    language: str
    received_at: datetime
    answers: Mapping[str, str] | None
    ticked: tuple[str, ...]


def cursor(stream: str) -> int:
    """The last sequence number of a journal stream that took effect; 0 before the first."""
    return JournalCursor.objects.filter(stream=stream).values_list("sequence", flat=True).first() or 0


def submission_by_ref(ref: str) -> SubmissionFacts | None:
    row = Submission.objects.filter(ref=ref).first()
    return _facts(row) if row else None


def forms(submission_ids: Collection[int]) -> dict[int, SubmissionFacts]:
    """Submission id → the form, for those that exist."""
    return {row.pk: _facts(row) for row in Submission.objects.filter(pk__in=submission_ids)}


def refs_of(submission_ids: Collection[int]) -> dict[int, str]:
    """Submission id → its reference."""
    return dict(Submission.objects.filter(pk__in=submission_ids).values_list("pk", "ref"))


def submissions_of(contact_id: int) -> list[SubmissionFacts]:
    """Every form that a person sent, the oldest first, repeats included."""
    return [_facts(row) for row in Submission.objects.filter(contact_id=contact_id).order_by("received_at", "pk")]


def people_by_version(version_ids: Collection[int]) -> list[tuple[int, int, datetime]]:
    """(version id, contact id, when) of every person's first form under each of these versions; machines are left out."""
    rows = Submission.objects.filter(version_id__in=version_ids, verdict=Verdict.ACCEPTED.value, suspicion="")
    people = rows.filter(contact__isnull=False).values_list("version_id", "contact_id")
    first = people.annotate(first=Min("received_at")).order_by()
    return [(version_id, contact_id, at) for version_id, contact_id, at in first if contact_id is not None]


def answers_to(key: str, submission_ids: Collection[int]) -> dict[int, str]:
    """Submission id → what was typed into one field; forms without it, and erased ones, are left out. One query."""
    rows = Submission.objects.filter(pk__in=submission_ids, payload__isnull=False).values_list("pk", "payload__answers")
    return {pk: text for pk, answers in rows if (text := str((answers or {}).get(key, "")).strip())}


def forms_after(submission_id: int, *, limit: int) -> list[SubmissionFacts]:
    """Forms of people that took effect and raised no suspicion, from that id on, in the order of their ids."""
    rows = Submission.objects.filter(
        pk__gt=submission_id, verdict=Verdict.ACCEPTED.value, suspicion="", payload__isnull=False, contact__isnull=False
    )
    return [_facts(row) for row in rows.order_by("pk")[:limit]]


def accepted_forms(pairs: Collection[tuple[int, int]]) -> dict[tuple[int, int], list[SubmissionFacts]]:
    """(contact id, magnet id) → the forms that took effect for that exchange, in the order in which they took it."""
    found: dict[tuple[int, int], list[SubmissionFacts]] = {pair: [] for pair in pairs}
    rows = Submission.objects.filter(contact_id__in={contact_id for contact_id, _ in pairs}, verdict=Verdict.ACCEPTED.value)
    for row in rows.select_related("version").order_by("pk"):
        pair = (row.contact_id or 0, row.version.magnet_id)
        if pair in found:
            found[pair].append(_facts(row))
    return found


def exchange_refs(*, contact_id: int, magnet_id: int) -> list[str]:
    """Refs of every form of one exchange, repeats included."""
    rows = Submission.objects.filter(contact_id=contact_id, version__magnet_id=magnet_id)
    return list(rows.order_by("pk").values_list("ref", flat=True))


def oldest_with_payload(version_id: int, *, received_before: datetime, limit: int) -> list[SubmissionFacts]:
    """The forms of a version that still hold what was typed before that moment, the oldest first."""
    rows = Submission.objects.filter(version_id=version_id, payload__isnull=False, received_at__lt=received_before)
    return [_facts(row) for row in rows.order_by("received_at", "pk")[:limit]]


def with_payload(contact_ids: Collection[int]) -> set[int]:
    """Which of these people have a form that still holds what was typed."""
    rows = Submission.objects.filter(contact_id__in=contact_ids, payload__isnull=False)
    return {contact_id for contact_id in rows.values_list("contact_id", flat=True) if contact_id is not None}


def count_submissions() -> int:
    """How many raw submissions are kept, whatever became of them."""
    return Submission.objects.count()


def quarantined() -> list[QuarantinedRecord]:
    """Records that have taken no effect yet, the oldest first."""
    return list(QuarantinedRecord.objects.filter(resolved_at=None).order_by("pk"))


def due_for_retry(*, version: str, now: datetime) -> list[int]:
    """Ids of the records in quarantine that may be tried again, the oldest first: another version failed, or they rested."""
    rows = QuarantinedRecord.objects.filter(resolved_at=None).order_by("pk")
    return [
        pk
        for pk, at, tried_at, tried_with, retries in rows.values_list("pk", "at", "tried_at", "tried_with", "retries")
        if tried_with != version or now >= (tried_at or at) + retry_wait(retries=retries)
    ]


def quarantined_before(before: datetime) -> int:
    """How many records have been in quarantine since before that moment."""
    return QuarantinedRecord.objects.filter(resolved_at=None, at__lt=before).count()


def _facts(row: Submission) -> SubmissionFacts:
    payload = row.payload or {}
    return SubmissionFacts(
        submission_id=row.pk,
        ref=row.ref,
        version_id=row.version_id,
        contact_id=row.contact_id,
        verdict=Verdict(row.verdict),
        language=row.language,
        received_at=row.received_at,
        answers=payload.get("answers") if row.payload is not None else None,
        ticked=tuple(payload.get("ticked", ())),
    )
