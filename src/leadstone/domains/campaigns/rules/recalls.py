"""What a survey of awareness says, and how far it can be believed: so many were asked, so many remembered us."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from leadstone.kernel.shares import between

MOST_ASKED = 1_000_000
FEWEST_ASKED = 30  # of fewer a share says next to nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One survey. `on`: the day on which it ended."""

    on: date
    asked: int
    remembered: int

    @property
    def is_possible(self) -> bool:
        return 0 < self.asked <= MOST_ASKED and 0 <= self.remembered <= self.asked

    @property
    def is_enough(self) -> bool:
        return self.asked >= FEWEST_ASKED

    @property
    def share(self) -> float:
        return self.remembered / self.asked

    @property
    def interval(self) -> tuple[float, float]:
        """Where the share of everybody whom one could have asked lies, with 95 % confidence (Wilson 1927)."""
        return between(self.remembered, of=self.asked)


class Change(StrEnum):
    """What the latest survey says beside the first."""

    RISEN = "risen"
    FALLEN = "fallen"
    UNCLEAR = "unclear"  # chance alone explains it


def change_in(surveys: Sequence[Asked]) -> Change | None:
    """None before there are two that asked enough people. Apart only where their intervals are, which is on the careful side."""
    told = sorted((each for each in surveys if each.is_enough), key=lambda each: each.on)
    if len(told) < 2 or told[0].on == told[-1].on:
        return None
    (low_before, high_before), (low, high) = told[0].interval, told[-1].interval
    if low > high_before:
        return Change.RISEN
    return Change.FALLEN if high < low_before else Change.UNCLEAR
