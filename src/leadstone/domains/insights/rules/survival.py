"""How long it takes until somebody buys, with those who have not bought yet counted for as long as we have known them.

Kaplan and Meier (1958); the interval is Greenwood's, on the log-log scale, so that it stays within 0 and 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, inf, log, sqrt

LEAST_AT_RISK = 10  # beyond the day where fewer are still watched, the curve says nothing
_Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Lasting:
    """How many days somebody was watched, and whether they ended with a sale; `people` of the same kind."""

    days: float
    bought: bool
    people: int = 1


@dataclass(frozen=True, slots=True)
class Step:
    """From this day on: the share that has bought, its interval of 95 %, and how many were watched just before."""

    day: float
    share: float
    low: float
    high: float
    at_risk: int


def time_to_customer(people: Sequence[Lasting]) -> list[Step]:
    """The share of customers over time, step by step, from day 0; ends where fewer than `LEAST_AT_RISK` are still watched."""
    alive, spread, at_risk = 1.0, 0.0, sum(person.people for person in people)
    steps = [Step(0.0, 0.0, 0.0, 0.0, at_risk)]
    by_day: dict[float, list[int]] = {}
    for person in people:
        by_day.setdefault(person.days, [0, 0])[0 if person.bought else 1] += person.people
    for day in sorted(by_day):
        bought, left = by_day[day]
        if at_risk < LEAST_AT_RISK:
            break
        if bought:
            alive *= 1 - bought / at_risk
            spread += bought / (at_risk * (at_risk - bought)) if at_risk > bought else inf
            low, high = _interval(alive, spread)
            steps.append(Step(day, 1 - alive, low, high, at_risk))
        at_risk -= bought + left
    return steps


def median_days(people: Sequence[Lasting]) -> float | None:
    """The day by which half of everybody has bought; None when fewer than half did as far as can be told."""
    return next((step.day for step in time_to_customer(people) if step.share >= 0.5), None)


def share_by(people: Sequence[Lasting], day: float) -> float | None:
    """The share that has bought by this day; None when the curve has ended before it."""
    steps = time_to_customer(people)
    longest = max((person.days for person in people), default=0.0)
    watched = sum(person.people for person in people if person.days >= day)
    if longest < day or watched < LEAST_AT_RISK:
        return None
    return [step.share for step in steps if step.day <= day][-1]


def _interval(alive: float, spread: float) -> tuple[float, float]:
    """Of the share that has bought."""
    if alive in (0.0, 1.0) or spread == inf:
        return (0.0, 1.0) if alive not in (0.0, 1.0) else (1 - alive, 1 - alive)
    width = _Z95 * sqrt(spread) / log(alive)
    return 1 - alive ** exp(width), 1 - alive ** exp(-width)
