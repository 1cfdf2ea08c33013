"""When files of the lake become one, and how long they are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

BATCHES_AT_ONCE = 200
SMALL_BYTES = 32 * 1024 * 1024
FEW = 8  # small files of a month that are left alone
REPLACED_KEPT = timedelta(days=2)  # a backup that began before the merge is still reading


@dataclass(frozen=True, slots=True)
class FileFacts:
    name: str
    month: date
    size_bytes: int


def to_merge(files: Sequence[FileFacts]) -> list[str]:
    """The small files of the first month that has more than a few; empty when every month is in order."""
    by_month: dict[date, list[FileFacts]] = {}
    for file in files:
        if file.size_bytes < SMALL_BYTES:
            by_month.setdefault(file.month, []).append(file)
    crowded = sorted(month for month, small in by_month.items() if len(small) > FEW)
    return [file.name for file in by_month[crowded[0]]] if crowded else []


def first_month_kept(today: date, *, months: int) -> date:
    """The first day of the earliest of so many whole months before this one."""
    count = today.year * 12 + today.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)
