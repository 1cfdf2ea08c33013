"""The only reads of vetting that others may call."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from leadstone.domains.vetting.models import AssetText, ClaimAnswer, Provenance, Source
from leadstone.domains.vetting.rules import Answer, Way
from leadstone.domains.vetting.rules.overlap import Passage, asks_for_a_statement


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAnswer:
    """An answer with everything that was said with it."""

    answer_id: int
    answer: Answer
    sentence: str
    rule: str
    file_key: str
    file_name: str
    address: str
    who: str
    dated_on: date | None
    reason: str
    given_by: str  # the name, empty when the account is gone
    given_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What the last comparison of a file found."""

    asset_key: str
    share: float
    passages: tuple[Passage, ...]
    compared_with: int
    compared_at: datetime

    @property
    def asks(self) -> bool:
        """Whether a statement of where it comes from is due."""
        return asks_for_a_statement(self.share)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vetted:
    """What the rules of publishing must know about one magnet: its answers by digest, and what its file shares with others."""

    answers: dict[str, Answer]
    share: float = 0.0


def vetted(magnet_id: int, *, asset_key: str) -> Vetted:
    """The answers of a magnet, and the share of the file with `asset_key` that stands elsewhere (0 when never compared)."""
    rows = ClaimAnswer.objects.filter(magnet_id=magnet_id, taken_back_at=None).order_by("pk")
    found = rows.values_list("digest", "way", "expires_on")
    answers = {digest: Answer(digest=digest, way=Way(way), expires_on=until) for digest, way, until in found}
    share = Provenance.objects.filter(magnet_id=magnet_id, asset_key=asset_key).values_list("share", flat=True).first()
    return Vetted(answers=answers, share=share or 0.0)


def answers_of(magnet_id: int) -> dict[str, GivenAnswer]:
    """Digest → the newest answer that was not taken back."""
    rows = ClaimAnswer.objects.filter(magnet_id=magnet_id, taken_back_at=None).select_related("given_by").order_by("pk")
    return {row.digest: _given(row) for row in rows}


def evidence_file(magnet_id: int, answer_id: int) -> tuple[str, str] | None:
    """Storage name and name of the file behind a piece of evidence, or None."""
    row = ClaimAnswer.objects.filter(pk=answer_id, magnet_id=magnet_id).exclude(file_key="").first()
    return (row.file_key, row.file_name) if row else None


def sources_of(magnet_id: int) -> list[Source]:
    return list(Source.objects.filter(magnet_id=magnet_id, removed_at=None).order_by("pk"))


def compared(magnet_id: int) -> Compared | None:
    """The last comparison of a magnet, or None before the first."""
    row = Provenance.objects.filter(magnet_id=magnet_id).first()
    if row is None:
        return None
    return Compared(
        asset_key=row.asset_key,
        share=row.share,
        passages=msgspec.convert(row.passages, tuple[Passage, ...]),
        compared_with=row.compared_with,
        compared_at=row.compared_at,
    )


def is_read(asset_key: str) -> bool:
    """Whether the words of a file are known."""
    return AssetText.objects.filter(asset_key=asset_key).exists()


def expired(*, today: date, limit: int = 200) -> list[ClaimAnswer]:
    """Answers that ended before `today` and that nobody was told about yet."""
    rows = ClaimAnswer.objects.filter(taken_back_at=None, told_expired_at=None, expires_on__lt=today)
    return list(rows.order_by("expires_on", "pk")[:limit])


def magnets_with_expired(magnet_ids: Iterable[int], *, today: date) -> set[int]:
    """Which of these magnets have an answer that ended before `today`."""
    rows = ClaimAnswer.objects.filter(magnet_id__in=set(magnet_ids), taken_back_at=None, expires_on__lt=today)
    return set(rows.values_list("magnet_id", flat=True))


def _given(row: ClaimAnswer) -> GivenAnswer:
    return GivenAnswer(
        answer_id=row.pk,
        answer=Answer(digest=row.digest, way=Way(row.way), expires_on=row.expires_on),
        sentence=row.sentence,
        rule=row.rule,
        file_key=row.file_key,
        file_name=row.file_name,
        address=row.address,
        who=row.who,
        dated_on=row.dated_on,
        reason=row.reason,
        given_by=row.given_by.name if row.given_by else "",
        given_at=row.given_at,
    )
