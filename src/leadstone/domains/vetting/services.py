"""The only writes of vetting."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from django.db import transaction
from django.db.models import Q, QuerySet

from leadstone.domains.audit.rules import Action, Subject
from leadstone.domains.audit.services import note
from leadstone.domains.vetting import queries
from leadstone.domains.vetting.models import AssetText, ClaimAnswer, Provenance, Source
from leadstone.domains.vetting.rules import (
    LONGEST_REASON,
    LONGEST_WHO,
    Objection,
    Way,
    Wrong,
    wrong_with_evidence,
)
from leadstone.domains.vetting.rules.overlap import count_words, overlap_of
from leadstone.domains.vetting.rules.reading import LONGEST_SOURCE_CHARACTERS, TRY_LASTS, Unread
from leadstone.domains.vetting.rules.signature import may_overlap, signature_of
from leadstone.infra.blobs.store import StoredBlob

# So few texts are all compared word by word; among more, signatures choose first.
COMPARED_ALL = 40
MOST_COMPARED = 60
AT_ONCE = 10  # addresses that a worker looks at to find one that nobody else took


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What somebody can show for words: a kept file or an address, by whom, of when, and until when it may be relied on."""

    who: str
    address: str = ""
    file: StoredBlob | None = None
    file_name: str = ""
    dated_on: date | None = None
    expires_on: date | None = None


@transaction.atomic
def give_evidence(
    *, magnet_id: int, objection: Objection, evidence: Evidence, by: int | None, now: datetime
) -> ClaimAnswer | Wrong:
    """Answer for words with evidence; returns what is wrong with it when it is not taken."""
    wrong = wrong_with_evidence(
        who=evidence.who,
        address=evidence.address,
        has_file=evidence.file is not None,
        dated_on=evidence.dated_on,
        expires_on=evidence.expires_on,
        today=now.date(),
    )
    if wrong:
        return wrong
    return ClaimAnswer.objects.create(
        **_about(magnet_id, objection),
        way=Way.EVIDENCE.value,
        file_key=evidence.file.key if evidence.file else "",
        file_name=evidence.file_name[:200],
        address=evidence.address.strip()[:500],
        who=evidence.who.strip()[:LONGEST_WHO],
        dated_on=evidence.dated_on,
        expires_on=evidence.expires_on,
        given_by_id=by,
        given_at=now,
    )


@transaction.atomic
def approve(*, magnet_id: int, objection: Objection, reason: str, by: int, now: datetime) -> ClaimAnswer | Wrong:
    """A manager answers for words by name, with a reason; audited. Whether they may is the door's question."""
    if not reason.strip():
        return Wrong.NO_REASON
    given = ClaimAnswer.objects.create(
        **_about(magnet_id, objection),
        way=Way.APPROVAL.value,
        reason=reason.strip()[:LONGEST_REASON],
        given_by_id=by,
        given_at=now,
    )
    facts: dict[str, int | str] = {"rule": objection.rule, "answer": given.pk}
    note(actor_id=by, action=Action.CLAIM_APPROVED, subject=Subject.MAGNET, subject_id=magnet_id, facts=facts, now=now)
    return given


@transaction.atomic
def take_back(*, magnet_id: int, answer_id: int, by: int, now: datetime) -> bool:
    """Nobody answers for these words any more; returns whether somebody did."""
    mine = ClaimAnswer.objects.filter(pk=answer_id, magnet_id=magnet_id, taken_back_at=None)
    taken = mine.update(taken_back_at=now) == 1
    if taken:
        facts = {"answer": answer_id}
        note(actor_id=by, action=Action.CLAIM_REOPENED, subject=Subject.MAGNET, subject_id=magnet_id, facts=facts, now=now)
    return taken


@transaction.atomic
def put_back(*, magnet_id: int, answer_id: int, by: int, now: datetime) -> bool:
    """Undo `take_back`."""
    mine = ClaimAnswer.objects.filter(pk=answer_id, magnet_id=magnet_id, taken_back_at__isnull=False)
    put = mine.update(taken_back_at=None) == 1
    if put:
        facts = {"answer": answer_id}
        note(actor_id=by, action=Action.CLAIM_APPROVED, subject=Subject.MAGNET, subject_id=magnet_id, facts=facts, now=now)
    return put


def told_of_expiry(answer_ids: Iterable[int], *, now: datetime) -> None:
    """The people who must know were told that these answers ended."""
    ClaimAnswer.objects.filter(pk__in=list(answer_ids), told_expired_at=None).update(told_expired_at=now)


def remember_text(*, asset_key: str, text: str, now: datetime) -> None:
    """Keep what a file says, to compare it and others with it."""
    read = {"text": text, "words": count_words(text), "signature": signature_of(text), "read_at": now}
    AssetText.objects.update_or_create(asset_key=asset_key, defaults=read)


@transaction.atomic
def add_source(*, magnet_id: int, name: str, address: str = "", text: str = "", by: int | None, now: datetime) -> Source:
    """Declare where content comes from. An address that comes without a text is read soon, by the worker."""
    return Source.objects.create(
        magnet_id=magnet_id,
        name=name.strip()[:200],
        address=address.strip()[:500],
        text=text,
        words=count_words(text),
        added_by_id=by,
        added_at=now,
        due_at=now if address.strip() and not text.strip() else None,
    )


def remove_source(*, magnet_id: int, source_id: int, now: datetime) -> bool:
    return Source.objects.filter(pk=source_id, magnet_id=magnet_id, removed_at=None).update(removed_at=now) == 1


def restore_source(*, magnet_id: int, source_id: int) -> bool:
    return Source.objects.filter(pk=source_id, magnet_id=magnet_id, removed_at__isnull=False).update(removed_at=None) == 1


def read_again(*, magnet_id: int, source_id: int, now: datetime) -> bool:
    """Have an address read, once more or for the first time; False when it waits already, or when its text was given by hand."""
    mine = Source.objects.filter(pk=source_id, magnet_id=magnet_id, removed_at=None, due_at=None).exclude(address="")
    return mine.filter(Q(text="") | Q(read_at__isnull=False)).update(due_at=now) == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An address that one worker reads, until `until`: then it is anybody's again."""

    source_id: int
    magnet_id: int
    address: str
    until: datetime


def claim_reading(*, now: datetime) -> Reading | None:
    """The address that waits longest, for this worker alone; None when none waits."""
    due = Source.objects.filter(removed_at=None, due_at__lte=now).order_by("due_at", "pk")
    until = now + TRY_LASTS
    for pk, magnet_id, address, due_at in due.values_list("pk", "magnet_id", "address", "due_at")[:AT_ONCE]:
        # Only one of those who saw it waiting finds it as they saw it.
        if Source.objects.filter(pk=pk, due_at=due_at, removed_at=None).update(due_at=until) == 1:
            return Reading(source_id=pk, magnet_id=magnet_id, address=address, until=until)
    return None


def keep_reading(reading: Reading, *, text: str, now: datetime) -> bool:
    """What an address says replaces what it said before; False when the reading was somebody else's meanwhile."""
    kept = text[:LONGEST_SOURCE_CHARACTERS]
    read = {"text": kept, "words": count_words(kept), "read_at": now, "tried_at": now, "problem": "", "due_at": None}
    return _claimed(reading).update(**read) == 1


def note_unread(reading: Reading, *, because: Unread, now: datetime) -> bool:
    """An address was not read: what it said last, if it ever did, still counts."""
    return _claimed(reading).update(tried_at=now, problem=because.value, due_at=None) == 1


def compare(
    *,
    magnet_id: int,
    asset_key: str,
    others: Mapping[str, str],
    corpus: Iterable[tuple[str, str]] = (),
    now: datetime,
) -> queries.Compared | None:
    """Look for the words of a file in the files of other magnets, in the declared sources and in `corpus` (name, text).

    `others`: storage name → what to call it. None when nothing is known of what the file says.
    """
    mine = AssetText.objects.filter(asset_key=asset_key).first()
    if mine is None:
        return None
    texts = [(source.name, source.text) for source in queries.sources_of(magnet_id) if source.text]
    texts += [*_likely(mine, others), *corpus]
    overlap = overlap_of(mine.text, texts)
    Provenance.objects.update_or_create(
        magnet_id=magnet_id,
        defaults={
            "asset_key": asset_key,
            "share": overlap.share,
            "passages": msgspec.to_builtins(overlap.passages),
            "compared_with": len(texts),
            "compared_at": now,
        },
    )
    return queries.compared(magnet_id)


def _claimed(reading: Reading) -> QuerySet[Source]:
    return Source.objects.filter(pk=reading.source_id, due_at=reading.until)


def _likely(mine: AssetText, others: Mapping[str, str]) -> list[tuple[str, str]]:
    keys = [key for key in others if key != mine.asset_key]
    rows = AssetText.objects.filter(asset_key__in=keys)
    if len(keys) > COMPARED_ALL:
        signatures = rows.values_list("asset_key", "signature")
        likely = [key for key, signature in signatures.iterator() if may_overlap(mine.signature, signature)]
        rows = AssetText.objects.filter(asset_key__in=likely[:MOST_COMPARED])
    return [(others[row.asset_key], row.text) for row in rows.order_by("asset_key")]


def _about(magnet_id: int, objection: Objection) -> dict[str, str | int]:
    sentence = f"{objection.before}{objection.words}{objection.after}"
    return {"magnet_id": magnet_id, "digest": objection.digest, "rule": objection.rule, "sentence": sentence}
