"""One worker at a time keeps the lake: it writes what is staged, merges, sums up and forgets."""

from datetime import datetime

from leadstone.domains.insights.services.summing import sum_up
from leadstone.domains.insights.services.writing import Lake, merge_small, tidy, write_staged


def keep_lake(lake: Lake, *, now: datetime) -> bool:
    """Write a portion of what is staged, then bring the summaries in step; returns whether there is more to do at once.

    False too when another worker is at it.
    """
    with lake.folder.held() as alone:
        if not alone:
            return False
        if write_staged(lake, now=now):
            return True
        return sum_up(lake, now=now) or merge_small(lake, now=now)


def tidy_lake(lake: Lake, *, months: int, now: datetime) -> None:
    """Forget what is past its time, and sweep away what a crash left behind. Nothing when another worker is at it."""
    with lake.folder.held() as alone:
        if alone:
            tidy(lake, months=months, now=now)
