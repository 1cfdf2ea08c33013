"""A number opens to its rows: the leads that a figure of `proof_rows` counted, the sales of revenue, the days of looks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db.models import F, Min, QuerySet, Sum

from leadstone.domains.insights.models import FunnelDay, LeadTrail, Standing
from leadstone.domains.insights.queries.proof import EVERYTHING, ProofFilter
from leadstone.domains.insights.rules.facts import ARRIVALS, FactKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One figure: a step, of one source (`only`), in a period that ends before `until`."""

    kind: FactKind
    since: date
    until: date
    only: ProofFilter = EVERYTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRow:
    """One lead that the figure counts: when it came, and when it took the step first."""

    lead_id: int
    came_at: datetime
    at: datetime
    channel: str
    magnet_id: int
    campaign_id: int

    @property
    def days(self) -> int:
        """From the day of coming to that of the step, in days of UTC; what came first by another clock took none."""
        return max(0, (self.at.astimezone(UTC).date() - self.came_at.astimezone(UTC).date()).days)


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRows:
    """`counted`: what the figure says. `forgotten`: how many of them were erased since, and have no row any more."""

    rows: Sequence[CellRow]
    counted: int

    @property
    def forgotten(self) -> int:
        return max(0, self.counted - len(self.rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleRow:
    """One sale, on the day on which it was made; who bought twice has two."""

    lead_id: int
    at: datetime
    channel: str
    magnet_id: int
    campaign_id: int
    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleRows:
    """`counted`: currency → the revenue that the figure says."""

    rows: Sequence[SaleRow]
    counted: Mapping[str, int]

    @property
    def forgotten(self) -> dict[str, int]:
        """Currency → what people paid who were erased since; without what is nothing."""
        shown: dict[str, int] = {}
        for row in self.rows:
            shown[row.currency] = shown.get(row.currency, 0) + row.amount_minor
        left = {currency: amount - shown.get(currency, 0) for currency, amount in self.counted.items()}
        return {currency: amount for currency, amount in left.items() if amount}


@dataclass(frozen=True, slots=True, kw_only=True)
class LookRow:
    """How often something happened on one day (UTC) from one source, that nobody did by name."""

    day: date
    channel: str
    magnet_id: int
    campaign_id: int
    link_id: int
    number: int


def rows_of(cell: Cell) -> CellRows:
    """The leads behind a figure, the earliest first. Of views, starts and costs there are `looks_of` and `cost_parts`."""
    first, last = _moments(cell)
    rows = _arrivals(cell, first, last) if cell.kind in ARRIVALS else _steps(cell, first, last)
    counted = _days(cell).aggregate(all=Sum("people", default=0))["all"]
    return CellRows(rows=rows, counted=counted)


def sales_of(cell: Cell) -> SaleRows:
    """The sales of the period, the earliest first: those of old customers too. `cell.kind`: WON."""
    first, last = _moments(cell)
    told = Standing.objects.filter(kind=cell.kind.value, at__gte=first, at__lt=last, **_of_trail(cell))
    columns = ("trail__lead_id", "at", "trail__channel", "trail__magnet_id", "trail__campaign_id", "amount_minor", "currency")
    rows = [
        SaleRow(**dict(zip(SaleRow.__slots__, row, strict=True)))
        for row in told.order_by("at", "trail__lead_id", "subject_id").values_list(*columns)
    ]
    sums = _days(cell).exclude(currency="").values_list("currency").annotate(Sum("amount_minor")).order_by("currency")
    return SaleRows(rows=rows, counted={currency: amount for currency, amount in sums if amount})


def looks_of(cell: Cell) -> list[LookRow]:
    """The days of a figure that nobody stands behind by name, the latest first. `cell.kind`: VIEW or START."""
    columns = ("day", "channel", "magnet_id", "campaign_id", "link_id")
    sums = _days(cell).values_list(*columns).annotate(Sum("number")).order_by("-day", *columns[1:])
    return [LookRow(**dict(zip(LookRow.__slots__, row, strict=True))) for row in sums if row[-1]]


def _moments(cell: Cell) -> tuple[datetime, datetime]:
    first, last = (datetime.combine(day, time.min, UTC) for day in (cell.since, cell.until))
    return first, last


def _days(cell: Cell) -> QuerySet[FunnelDay]:
    return FunnelDay.objects.filter(day__gte=cell.since, day__lt=cell.until, kind=cell.kind.value, **cell.only.lookups())


def _of_trail(cell: Cell) -> dict[str, int | str]:
    return {f"trail__{name}": value for name, value in cell.only.lookups().items()}


def _arrivals(cell: Cell, first: datetime, last: datetime) -> list[CellRow]:
    trails = LeadTrail.objects.filter(came_by=cell.kind.value, came_at__gte=first, came_at__lt=last, **cell.only.lookups())
    return [
        CellRow(
            lead_id=trail.lead_id,
            came_at=trail.came_at,
            at=trail.came_at,
            channel=trail.channel,
            magnet_id=trail.magnet_id,
            campaign_id=trail.campaign_id,
        )
        for trail in trails.order_by("came_at", "lead_id")
    ]


def _steps(cell: Cell, first: datetime, last: datetime) -> list[CellRow]:
    told = Standing.objects.filter(kind=cell.kind.value, **_of_trail(cell))
    found = told.values("trail_id").annotate(
        first_at=Min("at"),
        lead_id=F("trail__lead_id"),
        came_at=F("trail__came_at"),
        channel=F("trail__channel"),
        magnet_id=F("trail__magnet_id"),
        campaign_id=F("trail__campaign_id"),
    )
    return [
        CellRow(
            lead_id=row["lead_id"],
            came_at=row["came_at"],
            at=row["first_at"],
            channel=row["channel"],
            magnet_id=row["magnet_id"],
            campaign_id=row["campaign_id"],
        )
        for row in found.filter(first_at__gte=first, first_at__lt=last).order_by("first_at", "lead_id")
    ]
