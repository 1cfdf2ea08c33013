"""Pools with what is left in them, and their codes as rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from leadstone.domains.codes.models import Code, Pool, Redemption, Waiting
from leadstone.domains.codes.queries.finding import PURPOSE
from leadstone.domains.codes.rules import USUAL_LOW_MARK, Standing, standing_of
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.kind import Step
from leadstone.domains.magnets.kinds import KINDS
from leadstone.domains.magnets.models import Magnet
from leadstone.domains.magnets.rules import gives_a_list
from leadstone.infra.sealed_text import open_text
from leadstone.kernel.errors import LeadstoneError
from leadstone.wire.code_terms import CodeTerms, Supply, read_terms

PAGE_SIZE = 100
_GIVING = [key for key, kind in KINDS.items() if kind.held is Step.CODE]


class NoSuchPool(LeadstoneError):
    code = "no_such_pool"
    sentence = "There is no such pool of codes."


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolFacts:
    """The codes of one magnet, counted. `claimed` are with people and not redeemed yet; the three add up to all codes."""

    pool_id: int | None  # None before the first code
    magnet_id: int
    title: str
    kind: str
    published: bool
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
    """The codes of every magnet that gives some, the one that was changed last first."""
    return _pools(magnets.magnets().filter(kind__in=_GIVING))


def pool(pool_id: int) -> PoolFacts:
    """One pool; raises `NoSuchPool`."""
    found = _pools(magnets.magnets().filter(code_pool=pool_id))
    if not found:
        raise NoSuchPool
    return found[0]


def pool_of(magnet_id: int) -> PoolFacts:
    """The codes of a magnet, also before the first one; raises `NoSuchPool` for one that gives none."""
    found = _pools(magnets.magnets().filter(pk=magnet_id, kind__in=_GIVING))
    if not found:
        raise NoSuchPool
    return found[0]


def code_page(pool_id: int | None, *, standing: Standing | None = None, page: int = 1, size: int = PAGE_SIZE) -> CodePage:
    """One page of the codes of a pool; free ones in the order in which they are given, others the latest first."""
    start = (max(page, 1) - 1) * size
    found = list(_standing(pool_id, standing)[start : start + size + 1])
    return CodePage(lines=[_line(row) for row in found[:size]], number=max(page, 1), has_next=len(found) > size)


def each_code(pool_id: int | None, *, standing: Standing | None = None) -> Iterator[CodeLine]:
    """Every code of a list for an export, in its order."""
    for row in _standing(pool_id, standing).iterator(chunk_size=500):
        yield _line(row)


def left() -> dict[int, int]:
    """Magnet id → how many codes nobody has been promised yet, for every published magnet that gives away a list."""
    giving = magnets.magnets().filter(kind__in=_GIVING).values_list("pk", flat=True)
    listed = [pk for pk in giving if (current := magnets.current_version(pk)) and gives_a_list(current.definition)]
    free = Code.objects.filter(pool__magnet_id__in=listed, claimed_at=None).order_by().values_list("pool__magnet_id")
    counted = dict(free.annotate(number=Count("pk")))
    line = Waiting.objects.filter(pool__magnet_id__in=listed).order_by().values_list("pool__magnet_id")
    waiting = dict(line.annotate(number=Count("pk")))
    return {pk: max(0, counted.get(pk, 0) - waiting.get(pk, 0)) for pk in listed}


def waiting_people(pool_id: int, *, limit: int) -> dict[int, int]:
    """Contact id → grant id of whoever waits for a code, who came first first."""
    rows = Waiting.objects.filter(pool_id=pool_id).order_by("since", "pk")
    return dict(rows.values_list("contact_id", "grant_id")[:limit])


def _pools(rows: QuerySet[Magnet]) -> list[PoolFacts]:
    found = list(rows.select_related("code_pool"))
    ids = [pool.pk for row in found if (pool := _pool_in(row)) is not None]
    counted = _counted(ids)
    waiting = dict(Waiting.objects.filter(pool_id__in=ids).values_list("pool_id").annotate(Count("pk")).order_by())
    return [_facts(row, _pool_in(row), counted, waiting) for row in found]


def _pool_in(row: Magnet) -> Pool | None:
    found: Pool | None = getattr(row, "code_pool", None)  # the other side of a one-to-one relation raises where there is none
    return found


def _facts(row: Magnet, pool: Pool | None, counted: Mapping[int, tuple[int, int, int]], waiting: Mapping[int, int]) -> PoolFacts:
    current = magnets.current_version(row.pk)
    definition = current.definition if current else magnets.draft_of(row)
    pool_id = pool.pk if pool else 0
    total, claimed, redeemed = counted.get(pool_id, (0, 0, 0))
    return PoolFacts(
        pool_id=pool.pk if pool else None,
        magnet_id=row.pk,
        title=row.title,
        kind=row.kind,
        owner_id=row.created_by_id,
        published=current is not None,
        terms=read_terms(definition.settings),
        free=total - claimed,
        claimed=claimed - redeemed,
        redeemed=redeemed,
        waiting=waiting.get(pool_id, 0),
        low_mark=pool.low_mark if pool else USUAL_LOW_MARK,
    )


def _counted(pool_ids: Sequence[int]) -> Mapping[int, tuple[int, int, int]]:
    """Pool id → all codes, given out, redeemed at least once."""
    rows = Code.objects.filter(pool_id__in=pool_ids).order_by().values_list("pool_id")
    counted = rows.annotate(total=Count("pk"), out=Count("claimed_at"), used=Count("pk", filter=_is_used()))
    return {pool_id: (total, out, used) for pool_id, total, out, used in counted}


def _is_used() -> Q:
    return Q(Exists(Redemption.objects.filter(code=OuterRef("pk"), taken_back_at=None)))


def _standing(pool_id: int | None, standing: Standing | None) -> QuerySet[Code]:
    rows = Code.objects.filter(pool_id=pool_id or 0).annotate(
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
