"""One code: by what somebody types, by whose it is."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from leadstone.domains.codes.models import Code, Redemption, Waiting
from leadstone.domains.codes.rules import RedeemFacts
from leadstone.domains.magnets import queries as magnets
from leadstone.infra.blind_index import index_for
from leadstone.infra.sealed_text import open_text
from leadstone.kernel.errors import LeadstoneError
from leadstone.kernel.typed_codes import plain
from leadstone.wire.code_terms import CodeTerms, read_terms

PURPOSE = "redeemable code"  # of the keys by which codes are sealed and found again
NO_TERMS = CodeTerms()


class NoSuchCode(LeadstoneError):
    code = "no_such_code"
    sentence = "There is no such code."


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeFacts:
    """One code and the rules that its holder was promised. `contact_id` is None of a free one and of whoever was forgotten."""

    code_id: int
    pool_id: int
    magnet_id: int
    magnet_title: str
    text: str
    contact_id: int | None
    version_id: int | None
    claimed_at: datetime | None
    terms: CodeTerms
    used: int

    @property
    def facts(self) -> RedeemFacts:
        return RedeemFacts(terms=self.terms, given_out=self.claimed_at is not None, used=self.used)


def lookup_of(text: str) -> str:
    """What stands for a code in its table, however it was typed."""
    return index_for(PURPOSE)(plain(text))


def find_code(text: str) -> CodeFacts | None:
    """The code that somebody typed; None when there is none."""
    return _facts(Code.objects.filter(lookup=lookup_of(text)))


def code(code_id: int) -> CodeFacts:
    """One code; raises `NoSuchCode`."""
    found = _facts(Code.objects.filter(pk=code_id))
    if found is None:
        raise NoSuchCode
    return found


def code_of(*, magnet_id: int, contact_id: int) -> CodeFacts | None:
    """The code that a person has from a magnet; None when they have none."""
    return _facts(Code.objects.filter(pool__magnet_id=magnet_id, contact_id=contact_id))


def place_in_line(*, magnet_id: int, contact_id: int) -> int | None:
    """How many people wait for a code of this magnet up to and with this one; None when they do not wait."""
    mine = Waiting.objects.filter(pool__magnet_id=magnet_id, contact_id=contact_id).first()
    if mine is None:
        return None
    before = Q(since__lt=mine.since) | Q(since=mine.since, pk__lte=mine.pk)
    return Waiting.objects.filter(before, pool_id=mine.pool_id).count()


def unused_codes(version_ids: Collection[int], *, claimed_before: datetime, limit: int) -> Iterator[tuple[int, int, int]]:
    """Code id, contact id and magnet id of the codes given under these versions that were neither used nor reminded of yet."""
    used = Exists(Redemption.objects.filter(code=OuterRef("pk"), taken_back_at=None))
    rows = Code.objects.filter(~used, version_id__in=version_ids, reminded_at=None, claimed_at__lt=claimed_before)
    for code_id, contact_id, magnet_id in rows.order_by("pk").values_list("pk", "contact_id", "pool__magnet_id")[:limit]:
        if contact_id is not None:
            yield code_id, contact_id, magnet_id


def _facts(rows: QuerySet[Code]) -> CodeFacts | None:
    row = rows.select_related("pool__magnet").first()
    if row is None:
        return None
    return CodeFacts(
        code_id=row.pk,
        pool_id=row.pool_id,
        magnet_id=row.pool.magnet_id,
        magnet_title=row.pool.magnet.title,
        text=open_text(row.sealed, purpose=PURPOSE),
        contact_id=row.contact_id,
        version_id=row.version_id,
        claimed_at=row.claimed_at,
        terms=terms_under([row.version_id]).get(row.version_id or 0, NO_TERMS),
        used=Redemption.objects.filter(code=row, taken_back_at=None).count(),
    )


def terms_under(version_ids: Iterable[int | None]) -> dict[int, CodeTerms]:
    """Version id → the rules that it promises."""
    found = magnets.definitions(version_id for version_id in version_ids if version_id is not None)
    return {version_id: read_terms(definition.settings) for version_id, definition in found.items()}
