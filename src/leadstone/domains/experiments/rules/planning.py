"""How long an experiment has to run before it can say anything, told before it begins."""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil, floor, log, sqrt

from leadstone.domains.experiments.rules.evidence import ALPHA, log_evidence, prior_for, share_after

LEAST_CHANGES = (10, 20, 30, 50, 100)  # percent; smaller ones take more people than most companies meet
WEIGHTS = ((1, 1), (3, 1), (9, 1))  # a to b: half, a quarter, a tenth of the visitors meet the other words
LEAST_DAYS = 7  # weekdays and weekends differ
LEAST_GOALS = 20  # fewer people than that are an anecdote
LONGEST = timedelta(days=365)

_POWER_AT = 0.8416  # standard normal quantile of 80 %
_MOST = 10**8


def goals_needed(least_change: float, *, share: float) -> int:
    """How many people have to reach the goal, in both arms together, to see a change of that size with a chance of 80 %."""
    after, prior = share_after(least_change, share=share), prior_for(least_change, share=share)

    def is_seen(total: int) -> bool:
        unlucky = total * after - _POWER_AT * sqrt(total * after * (1 - after))
        return log_evidence(max(0, floor(unlucky)), total, share=share, mean=share, prior=prior) >= -log(ALPHA) and (
            unlucky > total * share
        )

    most = 16
    while not is_seen(most) and most < _MOST:
        most *= 2
    least = most // 2
    while most - least > 1:
        middle = (most + least) // 2
        least, most = (least, middle) if is_seen(middle) else (middle, most)
    return max(most, LEAST_GOALS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """What the magnet met over the last `days`: visits, people who sent the form, and people who reached the goal."""

    days: int
    visits: int
    forms: int
    reached: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a plan takes at the traffic of the last weeks. None where nobody reached the goal in that time."""

    goals: int
    tries_an_arm: int | None
    days: int | None

    @property
    def is_too_long(self) -> bool:
        return self.days is None or timedelta(days=self.days) > LONGEST


def outlook(goals: int, *, traffic: Traffic, by_form: bool) -> Outlook:
    """How many tries an arm (in an even split) and how many days such a number of goals takes."""
    tries = traffic.forms if by_form else traffic.visits
    if not traffic.reached or not traffic.days:
        return Outlook(goals, None, None)
    needed = ceil(goals * max(tries, traffic.reached) / traffic.reached / 2)
    return Outlook(goals, needed, max(LEAST_DAYS, ceil(goals * traffic.days / traffic.reached)))
