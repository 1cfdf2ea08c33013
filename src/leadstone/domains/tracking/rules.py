"""Kinds of touches, and what the totals of a question say."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from leadstone.wire.records import TOOK_SECONDS

LEAST_REACHED = 20  # fewer say more about chance than about the question
LEAST_TIMED = 20
LONGEST_KEY = 80


class TouchKind(StrEnum):
    FORM = "form"  # sent a form
    MET = "met"  # a member of staff met the person
    HANDED_OVER = "handed_over"  # a device, another system or a supplier told us


class VisitStep(StrEnum):
    """How far a visit to a page came that nobody took by name."""

    VIEW = "view"  # saw the page
    START = "start"  # answered the first question on it


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """How one question fared with people. `took`: answers by bucket of time, the shortest first."""

    shown: int = 0
    answered: int = 0
    took: Sequence[int] = ()
    machines: int = 0

    @property
    def went_away(self) -> int:
        """Never below nothing: an answer may be counted on the day after its question."""
        return max(0, self.shown - self.answered)

    @property
    def share_away(self) -> float | None:
        """None while too few reached it."""
        return self.went_away / self.shown if self.shown >= LEAST_REACHED else None

    @property
    def typical(self) -> tuple[int, int | None] | None:
        """The seconds from and to of the bucket that the answer in the middle fell into; None while there are too few."""
        number = sum(self.took)
        if number < LEAST_TIMED:
            return None
        passed = 0
        for bucket, answers in enumerate(self.took):
            passed += answers
            if passed * 2 >= number:
                return seconds_of(bucket)
        return None


def seconds_of(bucket: int) -> tuple[int, int | None]:
    """From and to; the last has no end."""
    ends = (0, *TOOK_SECONDS)
    return ends[bucket], ends[bucket + 1] if bucket + 1 < len(ends) else None
