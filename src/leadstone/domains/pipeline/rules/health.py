"""How healthy a pipeline is: win rate, cycle, velocity, coverage, ageing. Each with its sample, or no answer.

The measures have the field's standard names and formulas:
*win rate* = won ÷ (won + lost), by number and by value; *sales cycle* = median days from opened to won;
*sales velocity* = open deals × win rate × average value of a won deal ÷ sales cycle, an amount per day;
*pipeline coverage* = weighted open pipeline ÷ (goal − won);
*ageing* = the present stay in a stage against the median stay of deals that were won.
Only deals that stood in an open stage are asked: a sale that was recorded straight as won says nothing about the pipeline.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from statistics import median

from leadstone.domains.pipeline.rules import StageClass

ENOUGH_CLOSED = 10  # below this a rate says more about chance than about us
ENOUGH_STAYS = 5
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDeal:
    """A deal that was won or lost after it had stood in an open stage."""

    won: bool
    amount_minor: int
    opened_at: datetime
    closed_at: datetime

    @property
    def days(self) -> int:
        """Whole days from opened to closed."""
        return whole_days(self.opened_at, self.closed_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What was won and lost over some days."""

    won: int = 0
    lost: int = 0
    won_minor: int = 0
    lost_minor: int = 0
    cycle_days: float | None = None  # the median over won deals

    @property
    def closed(self) -> int:
        return self.won + self.lost

    @property
    def is_enough(self) -> bool:
        """Whether a rate means anything."""
        return self.closed >= ENOUGH_CLOSED

    @property
    def win_rate(self) -> Fraction | None:
        """By number; None when the sample is too small."""
        return Fraction(self.won, self.closed) if self.is_enough else None

    @property
    def win_rate_by_value(self) -> Fraction | None:
        both = self.won_minor + self.lost_minor
        return Fraction(self.won_minor, both) if self.is_enough and both else None

    @property
    def average_won(self) -> int | None:
        """The mean value of a won deal, rounded half up; None when none was won."""
        return round_half_up(Fraction(self.won_minor, self.won)) if self.won else None


@dataclass(frozen=True, slots=True)
class Step:
    """One move of a deal into a stage."""

    stage_id: int
    stage_class: StageClass
    at: datetime


@dataclass(frozen=True, slots=True)
class Typical:
    """How long won deals stood in a stage: the median in days, and over how many stays."""

    days: float
    sample: int


def whole_days(since: datetime, until: datetime) -> int:
    return max(0, (until - since) // DAY)


def record_of(deals: Iterable[ClosedDeal]) -> Record:
    found = list(deals)
    won = [deal for deal in found if deal.won]
    return Record(
        won=len(won),
        lost=len(found) - len(won),
        won_minor=sum(deal.amount_minor for deal in won),
        lost_minor=sum(deal.amount_minor for deal in found if not deal.won),
        cycle_days=float(median(deal.days for deal in won)) if won else None,
    )


def velocity(open_deals: int, record: Record) -> int | None:
    """Minor units per day; None without enough closed deals, without a win, or when deals are won the day they open."""
    if record.win_rate is None or not record.won or not record.cycle_days:
        return None
    average = Fraction(record.won_minor, record.won)
    return round_half_up(open_deals * record.win_rate * average / Fraction(record.cycle_days))


def coverage(weighted: int, *, goal: int | None, won: int) -> Fraction | None:
    """How many times the weighted open deals cover what is missing from the goal; None without a goal or once it is reached."""
    if goal is None or won >= goal:
        return None
    return Fraction(weighted, goal - won)


def typical_stays(histories: Iterable[Sequence[Step]]) -> Mapping[int, Typical]:
    """Stage id → the median stay of won deals in it; a stage with fewer than `ENOUGH_STAYS` is left out.

    `histories`: for each won deal its moves, the earliest first.
    """
    stays: dict[int, list[int]] = {}
    for history in histories:
        for entered, left in pairwise(history):
            if entered.stage_class is StageClass.OPEN:
                stays.setdefault(entered.stage_id, []).append(whole_days(entered.at, left.at))
    return {stage_id: Typical(float(median(days)), len(days)) for stage_id, days in stays.items() if len(days) >= ENOUGH_STAYS}


def is_ageing(days_in_stage: int, *, typical: Typical | None) -> bool:
    """Whether a deal stands longer in its stage than the median won deal did."""
    return typical is not None and days_in_stage > typical.days


def ages_before(typical: Typical, *, now: datetime) -> datetime:
    """A deal that entered the stage at this time or earlier is ageing: `is_ageing` for a database."""
    return now - (int(typical.days) + 1) * DAY


def round_half_up(value: Fraction) -> int:
    """For values of zero and more."""
    return int(value + Fraction(1, 2))
