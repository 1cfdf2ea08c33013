"""When a source wants a look: more leads of which fewer are any good, promises that are kept less, more complaints.

Two periods of the same length are compared. A share has fallen when its whole interval lies below the former one; few cases give
wide intervals, so chance alone is hardly ever pointed at.
"""

from dataclasses import dataclass
from enum import StrEnum

from leadstone.kernel.shares import at_least, at_most

LEAST_LEADS = 30  # in each period; with fewer, "not enough data" is the answer
LEAST_ANSWERS = 20
MORE = 1.2


class Flag(StrEnum):
    MORE_BUT_WORSE = "more_but_worse"  # leads rise, and of a hundred fewer are qualified
    PROMISE_FALLS = "promise_falls"
    COMPLAINTS_RISE = "complaints_rise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """One source in one period. `kept` of `answers` said that they got what was promised."""

    leads: int = 0
    qualified: int = 0
    kept: int = 0
    answers: int = 0
    complaints: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What a comparison of two periods says; `enough`: whether it could have said anything."""

    flags: tuple[Flag, ...]
    enough: bool


def watch(now: Tally, *, before: Tally) -> Watched:
    """Compare a period with the one before it."""
    enough = min(now.leads, before.leads) >= LEAST_LEADS
    found = []
    if enough and now.leads >= MORE * before.leads and _fell(now.qualified, now.leads, before.qualified, before.leads):
        found.append(Flag.MORE_BUT_WORSE)
    if min(now.answers, before.answers) >= LEAST_ANSWERS and _fell(now.kept, now.answers, before.kept, before.answers):
        found.append(Flag.PROMISE_FALLS)
    if enough and _fell(before.complaints, before.leads, now.complaints, now.leads):
        found.append(Flag.COMPLAINTS_RISE)
    return Watched(flags=tuple(found), enough=enough or bool(found))


def _fell(hits: int, of: int, hits_before: int, of_before: int) -> bool:
    """Whether the share is lower than before, and not by chance."""
    hits, hits_before = min(hits, of), min(hits_before, of_before)
    return at_most(hits, of=of) < at_least(hits_before, of=of_before)
