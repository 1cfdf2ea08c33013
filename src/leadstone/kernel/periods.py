"""Spans of days: months, quarters, and what people choose between."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})?\.\.(\d{4}-\d{2}-\d{2})?")


@dataclass(frozen=True, slots=True)
class Days:
    """From the first to the last day, both among them; None leaves that end open."""

    first: date | None = None
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def __str__(self) -> str:
        """As an address says it: "2026-11", "2026-Q4", or "2026-11-03..2026-11-09"; `read_days` reads it back."""
        if self.first and self == month_of(self.first):
            return self.first.isoformat()[:7]
        if self.first and self == quarter_of(self.first):
            return f"{self.first.year:04}-Q{_quarter(self.first) + 1}"
        return f"{self.first or ''}..{self.last or ''}"


def month_of(day: date) -> Days:
    return Days(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def quarter_of(day: date) -> Days:
    """The calendar quarter."""
    month = _quarter(day) * 3 + 1
    return Days(date(day.year, month, 1), month_of(date(day.year, month + 2, 1)).last)


def months_from(day: date, *, count: int) -> list[Days]:
    """The month of `day` and those that follow, `count` in all."""
    steps = [day.year * 12 + day.month - 1 + step for step in range(count)]
    return [month_of(date(step // 12, step % 12 + 1, 1)) for step in steps]


def days_until(day: date, *, count: int) -> Days:
    """The last `count` days, `day` being the last of them."""
    return Days(day - timedelta(days=count - 1), day)


def read_days(text: str) -> Days | None:
    """The span that `str(Days)` wrote; None when it is none."""
    try:
        if found := _MONTH.fullmatch(text):
            return month_of(date(int(found[1]), int(found[2]), 1))
        if found := _QUARTER.fullmatch(text):
            return quarter_of(date(int(found[1]), int(found[2]) * 3, 1))
        if (found := _SPAN.fullmatch(text)) and (found[1] or found[2]):
            return Days(*(date.fromisoformat(day) if day else None for day in found.groups()))
    except ValueError:
        return None
    return None


def _quarter(day: date) -> int:
    return (day.month - 1) // 3
