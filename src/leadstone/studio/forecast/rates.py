"""Win rate, average and cycle as figures that open to the closed deals that they were taken from."""

from dataclasses import dataclass, replace

from leadstone.domains.pipeline.rules import StageClass
from leadstone.domains.pipeline.rules.deal_filter import DealFilter, DealOrder
from leadstone.domains.pipeline.rules.health import ENOUGH_CLOSED, Record
from leadstone.studio.forecast.figures import Figure, Of, amount, counted
from leadstone.studio.forecast.words import number_of_days
from leadstone.studio.words.numbers import percent


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """What some days of winning and losing say. A rate is None while the sample is too small."""

    closed: Figure
    won: Figure
    lost: Figure
    win_rate: Figure | None
    win_rate_by_value: Figure | None
    average: Figure | None
    cycle: Figure | None
    closed_count: int
    won_count: int
    cycle_days: float
    enough: int = ENOUGH_CLOSED

    @property
    def is_enough(self) -> bool:
        return self.closed_count >= self.enough


def rates_of(record: Record, *, rows: DealFilter) -> Rates:
    """`rows`: the days and the currency that the record was taken from."""
    closed = replace(rows, is_closed=True, worked=True, order=DealOrder.CLOSED)
    won = replace(closed, is_closed=None, stage_class=StageClass.WON)
    average, cycle = record.average_won, record.cycle_days
    by_value, both = record.win_rate_by_value, record.won_minor + record.lost_minor
    return Rates(
        closed=counted(record.closed, closed),
        won=counted(record.won, won),
        lost=counted(record.lost, replace(closed, is_closed=None, stage_class=StageClass.LOST)),
        win_rate=_share(record.won, record.closed, of=Of.WIN_RATE, rows=closed) if record.is_enough else None,
        win_rate_by_value=None if by_value is None else _share(record.won_minor, both, of=Of.WIN_RATE_BY_VALUE, rows=closed),
        average=None if average is None else amount(average, won, of=Of.AVERAGE),
        cycle=None if cycle is None else Figure(words=number_of_days(cycle), value=f"{cycle:g}", of=Of.MEDIAN_DAYS, rows=won),
        closed_count=record.closed,
        won_count=record.won,
        cycle_days=cycle or 0,
    )


def _share(part: int, of_all: int, *, of: Of, rows: DealFilter) -> Figure:
    return Figure(words=percent(part / of_all), value=f"{part}/{of_all}", of=of, rows=rows)
