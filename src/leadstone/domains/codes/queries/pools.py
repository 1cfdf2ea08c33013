"""Pools with what is left in them, and their codes as rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from leadstone.domains.codes.models import Code, Pool, Redemption, Waiting
from leadstone.domains.codes.queries.finding import PURPOSE
from leadstone.domains.codes.rules import Standing, standing_of
from leadstone.domains.magnets import queries as magnets
from leadstone.infra.sealed_text import open_text
from leadstone.kernel.errors import LeadstoneError
from leadstone.wire.code_terms import CodeTerms, Supply, read_terms

PAGE_SIZE = 100


class NoSuchPool(LeadstoneError):
    code = "no_such_pool"
    sentence = "There is no such pool of codes."


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolFacts:
    """The codes of one magnet, counted. `claimed` are with people and not redeemed yet; the three add up to all codes."""

    pool_id: int
    magnet_id: int
    title: str
    slug: str
    owner_id: int | None  # who made the magnet
    terms: CodeTerms  # of the version that visitors see, else of the draft
    free: int
    claimed: int
    redeemed: int
    waiting: int
    low_mark: int

    @property
    def ends(self) -> bool:
        """Whether the codes can run out."""
        return self.terms.supply is Supply.LISTED

    @property
    def low(self) -> bool:
        return self.ends and self.free <= self.low_mark


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeLine:
    """One code of a list."""

    code_id: int
    text: str
    standing: Standing
    contact_id: int | None
    claimed_at: datetime | None
    used: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePage:
    lines: Sequence[CodeLine]
    number: int  # from 1
    has_next: bool


def pools() -> list[PoolFacts]:
    """Every pool, the one that was begun last first."""
    return _pools(Pool.objects.all())


def pool(pool_id: int) -> PoolFacts:
    """One pool; raises `NoSuchPool`."""
    found = _pools(Pool.objects.filter(pk=pool_id))
    if not found:
        raise NoSuchPool
    return found[0]


def pool_of(magnet_id: int) -> PoolFacts | None:
    """The pool of a magnet; None before its first code."""
    found = _pools(Pool.objects.filter(magnet_id=magnet_id))
    return found[0] if found else None


def code_page(pool_id: int, *, standing: Standing | None = None, page: int = 1, size: int = PAGE_SIZE) -> CodePage:
    """One page of the codes of a pool; free ones in the order in which they are given, others the latest first."""
    start = (max(page, 1) - 1) * size
    found = list(_standing(pool_id, standing)[start : start + size + 1])
    return CodePage(lines=[_line(row) for row in found[:size]], number=max(page, 1), has_next=len(found) > size)


def each_code(pool_id: int, *, standing: Standing | None = None) -> Iterator[CodeLine]:
    """Every code of a list for an export, in its order."""
    for row in _standing(pool_id, standing).iterator(chunk_size=500):
        yield _line(row)


def waiting_people(pool_id: int, *, limit: int) -> dict[int, int]:
    """Contact id → grant id of whoever waits for a code, who came first first."""
    rows = Waiting.objects.filter(pool_id=pool_id).order_by("since", "pk")
    return dict(rows.values_list("contact_id", "grant_id")[:limit])


def _pools(rows: QuerySet[Pool]) -> list[PoolFacts]:
    found = list(rows.select_related("magnet").order_by("-created_at", "-pk"))
    ids = [row.pk for row in found]
    counted = _counted(ids)
    waiting = dict(Waiting.objects.filter(pool_id__in=ids).values_list("pool_id").annotate(Count("pk")).order_by())
    return [_facts(row, counted.get(row.pk, (0, 0, 0)), waiting.get(row.pk, 0)) for row in found]


def _facts(row: Pool, counts: tuple[int, int, int], waiting: int) -> PoolFacts:
    current = magnets.current_version(row.magnet_id)
    definition = current.definition if current else magnets.draft_of(row.magnet)
    total, claimed, redeemed = counts
    return PoolFacts(
        pool_id=row.pk,
        magnet_id=row.magnet_id,
        title=row.magnet.title,
        slug=row.magnet.slug,
        owner_id=row.magnet.created_by_id,
        terms=read_terms(definition.settings),
        free=total - claimed,
        claimed=claimed - redeemed,
        redeemed=redeemed,
        waiting=waiting,
        low_mark=row.low_mark,
    )


def _counted(pool_ids: Sequence[int]) -> Mapping[int, tuple[int, int, int]]:
    """Pool id → all codes, given out, redeemed at least once."""
    rows = Code.objects.filter(pool_id__in=pool_ids).order_by().values_list("pool_id")
    counted = rows.annotate(total=Count("pk"), out=Count("claimed_at"), used=Count("pk", filter=_is_used()))
    return {pool_id: (total, out, used) for pool_id, total, out, used in counted}


def _is_used() -> Q:
    return Q(Exists(Redemption.objects.filter(code=OuterRef("pk"), taken_back_at=None)))


def _standing(pool_id: int, standing: Standing | None) -> QuerySet[Code]:
    rows = Code.objects.filter(pool_id=pool_id).annotate(
        used=Count("redemptions", filter=Q(redemptions__taken_back_at=None, redemptions__isnull=False))
    )
    if standing is Standing.FREE:
        return rows.filter(claimed_at=None).order_by("pk")
    if standing is Standing.CLAIMED:
        return rows.filter(claimed_at__isnull=False, used=0).order_by("-claimed_at", "-pk")
    if standing is Standing.REDEEMED:
        return rows.filter(used__gt=0).order_by("-claimed_at", "-pk")
    return rows.order_by("pk")


def _line(row: Code) -> CodeLine:
    used: int = row.used  # type: ignore[attr-defined]  # annotated
    claimed = row.claimed_at is not None
    return CodeLine(
        code_id=row.pk,
        text=open_text(row.sealed, purpose=PURPOSE),
        standing=standing_of(claimed=claimed, used=used),
        contact_id=row.contact_id,
        claimed_at=row.claimed_at,
        used=used,
    )
