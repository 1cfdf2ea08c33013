"""Weeks beside each other, as a small picture with a table behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

HEIGHT = 56
SLOT = 14  # of a column, with the gap
COLUMN = 9


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days from `first` until before `after`."""

    first: date
    after: date


def weeks_before(until: date, *, since: date) -> list[Week]:
    """Whole weeks back from `until`, the oldest first; none begins before `since`."""
    number = (until - since).days // 7
    return [Week(until - timedelta(days=7 * (n + 1)), until - timedelta(days=7 * n)) for n in reversed(range(number))]


@dataclass(frozen=True, slots=True)
class Part:
    """A rectangle of the picture, in its own pixels."""

    kind: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Columns of parts that stand on each other."""

    parts: Sequence[Part]
    width: int
    height: int


def picture(columns: Sequence[Sequence[tuple[str, int]]], *, height: int = HEIGHT) -> Picture:
    """`columns`: from the bottom up, kind and number of each part. What is there at all is a pixel high at least."""
    fullest = max((sum(number for _kind, number in column) for column in columns), default=0) or 1
    parts = []
    for place, column in enumerate(columns):
        ground = height
        for kind, number in column:
            if number:
                tall = max(1, round(height * number / fullest))
                ground = max(0, ground - tall)
                parts.append(Part(kind, place * SLOT, ground, COLUMN, tall))
    return Picture(parts, max(1, len(columns) * SLOT - (SLOT - COLUMN)), height)
