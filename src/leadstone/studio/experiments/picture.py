"""The interval as a small picture: how much more B brings, between a quarter and four times as much."""

from dataclasses import dataclass
from math import isinf, log2

from leadstone.domains.experiments.rules.verdict import Judgement

WIDEST = 2.0  # doublings to either side
TICKS = (-0.5, 0.0, 1.0)  # half as many, as many, twice as many


@dataclass(frozen=True, slots=True)
class Picture:
    """Places in percent of the width. `small`: from where to where a difference does not matter."""

    low: float
    high: float
    seen: float | None
    small_from: float
    small_to: float
    ticks: tuple[tuple[float, float], ...]  # place, change
    open_low: bool  # the interval goes on beyond the picture
    open_high: bool

    @property
    def width(self) -> float:
        return round(self.high - self.low, 2)

    @property
    def small_width(self) -> float:
        return round(self.small_to - self.small_from, 2)


def picture(judgement: Judgement) -> Picture:
    change, least = judgement.change, judgement.plan.least_change
    a, b = judgement.a.reached, judgement.b.reached
    share = judgement.plan.share
    seen = None if not a else (b / share) / (a / (1 - share)) - 1
    return Picture(
        low=_place(change.low),
        high=_place(change.high),
        seen=None if seen is None else _place(seen),
        small_from=_place(-least / (1 + least)),
        small_to=_place(least),
        ticks=tuple((_place(tick), tick) for tick in TICKS),
        open_low=_doublings(change.low) < -WIDEST,
        open_high=_doublings(change.high) > WIDEST,
    )


def _place(change: float) -> float:
    inside = max(-WIDEST, min(WIDEST, _doublings(change)))
    return round(50 + 50 * inside / WIDEST, 2)


def _doublings(change: float) -> float:
    if isinf(change):
        return change
    return log2(1 + change) if change > -1 else float("-inf")
