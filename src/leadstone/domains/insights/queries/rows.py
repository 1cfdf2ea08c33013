"""A number opens to its rows: the leads, one by one, that a figure of `proof_rows` counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db.models import F, Min, Sum

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
    """One lead that the figure counts, and when it took the step first; money only of sales, and in one currency a row."""

    lead_id: int
    at: datetime
    channel: str
    magnet_id: int
    campaign_id: int
    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRows:
    """`counted`: what the figure says. `forgotten`: how many of them were erased since, and have no row any more."""

    rows: Sequence[CellRow]
    counted: int

    @property
    def forgotten(self) -> int:
        return max(0, self.counted - len({row.lead_id for row in self.rows}))


def rows_of(cell: Cell, *, limit: int | None = None) -> CellRows:
    """The leads behind a figure, the earliest first. Views, starts and costs are totals of nobody: they have no rows here."""
    first, last = (datetime.combine(day, time.min, UTC) for day in (cell.since, cell.until))
    rows = _arrivals(cell, first, last) if cell.kind in ARRIVALS else _steps(cell, first, last)
    days = FunnelDay.objects.filter(day__gte=cell.since, day__lt=cell.until, kind=cell.kind.value, **cell.only.lookups())
    counted = days.aggregate(all=Sum("people", default=0))["all"]
    return CellRows(rows=rows if limit is None else rows[:limit], counted=counted)


def _arrivals(cell: Cell, first: datetime, last: datetime) -> list[CellRow]:
    trails = LeadTrail.objects.filter(came_by=cell.kind.value, came_at__gte=first, came_at__lt=last, **cell.only.lookups())
    return [
        CellRow(
            lead_id=trail.lead_id,
            at=trail.came_at,
            channel=trail.channel,
            magnet_id=trail.magnet_id,
            campaign_id=trail.campaign_id,
            amount_minor=0,
            currency="",
        )
        for trail in trails.order_by("came_at", "lead_id")
    ]


def _steps(cell: Cell, first: datetime, last: datetime) -> list[CellRow]:
    told = Standing.objects.filter(
        kind=cell.kind.value, **{f"trail__{name}": value for name, value in cell.only.lookups().items()}
    )
    sums = told.values("trail_id", "currency").annotate(first_at=Min("at"), amount=Sum("amount_minor"))
    found = sums.annotate(
        lead_id=F("trail__lead_id"),
        channel=F("trail__channel"),
        magnet_id=F("trail__magnet_id"),
        campaign_id=F("trail__campaign_id"),
    )
    return [
        CellRow(
            lead_id=row["lead_id"],
            at=row["first_at"],
            channel=row["channel"],
            magnet_id=row["magnet_id"],
            campaign_id=row["campaign_id"],
            amount_minor=row["amount"],
            currency=row["currency"],
        )
        for row in found.filter(first_at__gte=first, first_at__lt=last).order_by("first_at", "lead_id", "currency")
    ]
