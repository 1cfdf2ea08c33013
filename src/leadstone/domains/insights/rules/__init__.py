"""Whether a magnet is honest business, as far as its numbers can tell.

A magnet that collects many leads and brings no customer, or that leaves people with less than it promised, is pointed at.
Few numbers say nothing: each verdict needs a sample in which chance is an unlikely reason (1 in 20).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from leadstone.kernel.shares import at_least, at_most

UNLIKELY = 0.05
LEAST_EXPECTED_RATE = 0.01  # a house that never sold anything still expects one customer of a hundred leads
FAR_BELOW = 1 / 3  # of what the other magnets bring
BROKEN_TOO_OFTEN = 0.15
LEAST_RATINGS = 10  # two unhappy people are two people


class Verdict(StrEnum):
    POINTED_AT = "pointed_at"
    FINE = "fine"
    TOO_EARLY = "too_early"  # the sample is too small to say anything


class Doubt(StrEnum):
    """Why a magnet is pointed at."""

    NO_CUSTOMERS = "no_customers"
    FEW_CUSTOMERS = "few_customers"
    PROMISE_BROKEN = "promise_broken"


class FigureOrder(StrEnum):
    """By which figure magnets are listed, the largest first; customers unless somebody asks for another."""

    CUSTOMERS = "customers"
    LEADS = "leads"
    VIEWS = "views"
    DELIVERED = "delivered"
    KEPT = "kept"  # the share of kept promises; nobody's answers come last
    TITLE = "title"


@dataclass(frozen=True, slots=True, kw_only=True)
class MagnetFacts:
    """One magnet in one period. Ratings answer "did you get what was promised?"."""

    leads: int
    customers: int
    kept: int = 0
    partly: int = 0
    broken: int = 0

    @property
    def ratings(self) -> int:
        return self.kept + self.partly + self.broken


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    because: Doubt
    facts: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Honesty:
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()

    @property
    def pointed_at(self) -> bool:
        return self.verdict is Verdict.POINTED_AT


def honesty(facts: MagnetFacts, *, others: MagnetFacts) -> Honesty:
    """The verdict on one magnet, measured against all others of the house in the same period."""
    expected = max(others.customers / others.leads if others.leads else 0.0, LEAST_EXPECTED_RATE)
    doubts = tuple(_doubts(facts, expected=expected))
    if doubts:
        return Honesty(verdict=Verdict.POINTED_AT, reasons=doubts)
    enough = facts.customers > 0 or chance_of_none(facts.leads, rate=expected) < UNLIKELY
    return Honesty(verdict=Verdict.FINE if enough else Verdict.TOO_EARLY)


def _doubts(facts: MagnetFacts, *, expected: float) -> Iterator[Reason]:
    counted = {"leads": facts.leads, "customers": facts.customers}
    if facts.customers == 0:
        if chance_of_none(facts.leads, rate=expected) < UNLIKELY:
            yield Reason(because=Doubt.NO_CUSTOMERS, facts=counted)
    elif at_most(facts.customers, of=facts.leads) < expected * FAR_BELOW:
        yield Reason(because=Doubt.FEW_CUSTOMERS, facts=counted)
    if facts.ratings >= LEAST_RATINGS and at_least(facts.broken, of=facts.ratings) > BROKEN_TOO_OFTEN:
        yield Reason(because=Doubt.PROMISE_BROKEN, facts={"broken": facts.broken, "ratings": facts.ratings})


def chance_of_none(number: int, *, rate: float) -> float:
    """How likely not one of `number` independent leads buys when each does so at `rate`."""
    return float((1 - rate) ** number)
