"""How much the numbers say, however often somebody looks at them.

The arms get their visitors by a fixed share. So if both are alike, each person who reaches the goal comes from B with exactly
that share, whoever they are and however the traffic rises and falls. How often a page was seen does not enter; a goal that is
reached weeks later does no harm. This is the conditional test of Lindon & Malek, "Anytime-valid inference for multinomial count
data" (NeurIPS 2022), on two cells; its interval is the beta-binomial mixture of Robbins (1970), as in Howard, Ramdas, McAuliffe
& Sekhon, "Time-uniform, nonparametric, nonasymptotic confidence sequences" (Annals of Statistics 49, 2021).

By Ville's inequality the chance that it *ever* leaves the truth out is at most `ALPHA`: it may be looked at every day.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, lgamma, log, log1p

ALPHA = 0.05
RATIO_ALPHA = 0.001  # a warning that the arms got other shares than planned must be nearly sure
_RATIO_PRIOR = 1000.0
_STEPS = 50  # of a bisection: the precision of a float


@dataclass(frozen=True, slots=True)
class Interval:
    """From … to …; `high` may be infinite."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


def log_evidence(from_b: int, total: int, *, share: float, mean: float, prior: float) -> float:
    """Log of the mixture martingale against "each of `total` comes from B with probability `share`".

    The mixture is a Beta around `mean` that weighs as much as `prior` observations; both are fixed before the first look.
    """
    beta, alpha = prior * (1 - mean), prior * mean
    from_a = total - from_b
    mixture = _log_beta(alpha + from_b, beta + from_a) - _log_beta(alpha, beta)
    likelihood = (from_b * log(share) if from_b else 0.0) + (from_a * log1p(-share) if from_a else 0.0)
    return mixture - likelihood


def prior_for(least_change: float, *, share: float) -> float:
    """How many observations the mixture weighs: its spread is the smallest change that matters (0.2 is 20 %)."""
    shift = abs(share_after(least_change, share=share) - share)
    return max(1.0, share * (1 - share) / shift**2 - 1)


def share_after(change: float, *, share: float) -> float:
    """The share of the goals that come from B when B brings `change` more than A from each visitor."""
    return share * (1 + change) / (share * (1 + change) + 1 - share)


def change_at(of_goals: float, *, share: float) -> float:
    """How much more B brings than A from each visitor when it has this share of the goals; the inverse of `share_after`."""
    return float("inf") if of_goals >= 1 else of_goals * (1 - share) / ((1 - of_goals) * share) - 1


def differs(from_b: int, total: int, *, share: float, prior: float, alpha: float = ALPHA) -> bool:
    """Whether the arms are told apart: a difference of nothing lies outside of `change_interval`."""
    return log_evidence(from_b, total, share=share, mean=share, prior=prior) >= -log(alpha)


def change_interval(from_a: int, from_b: int, *, share: float, prior: float, alpha: float = ALPHA) -> Interval:
    """How much more (or, below 0, less) B brings than A from each visitor: the confidence sequence at this moment."""
    total = from_a + from_b
    if not total:
        return Interval(-1.0, float("inf"))

    def is_outside(of_goals: float) -> bool:
        return log_evidence(from_b, total, share=of_goals, mean=share, prior=prior) >= -log(alpha)

    likeliest = from_b / total
    low = 0.0 if not from_b else _edge(0.0, likeliest, is_outside)
    high = 1.0 if not from_a else _edge(1.0, likeliest, is_outside)
    return Interval(change_at(low, share=share), change_at(high, share=share))


def change_is_within(from_a: int, from_b: int, bounds: Interval, *, share: float, prior: float) -> bool:
    """Whether all of `change_interval` lies within these bounds: what is at and beyond either of them is ruled out."""
    total, ends = from_a + from_b, [share_after(end, share=share) for end in (bounds.low, bounds.high)]
    return ends[0] * total <= from_b <= ends[1] * total and all(
        log_evidence(from_b, total, share=end, mean=share, prior=prior) >= -log(ALPHA) for end in ends
    )


def _edge(outside: float, inside: float, is_outside: Callable[[float], bool]) -> float:
    """Where the evidence turns between a value that is ruled out and one that is not."""
    for _ in range(_STEPS):
        middle = (outside + inside) / 2
        if 0 < middle < 1 and is_outside(middle):
            outside = middle
        elif middle in {0.0, 1.0}:
            break
        else:
            inside = middle
    return inside


def shares_are_off(of_a: int, of_b: int, *, share: float) -> bool:
    """Whether the arms got other shares of the visitors than planned (sample-ratio mismatch), looked at as often as one likes."""
    return log_evidence(of_b, of_a + of_b, share=share, mean=share, prior=_RATIO_PRIOR) >= -log(RATIO_ALPHA)


@dataclass(frozen=True, slots=True)
class Trials:
    """So many tries, and how many of them reached the goal."""

    tries: int
    reached: int

    @property
    def missed(self) -> int:
        # A goal that is told before its view is counted is a try all the same.
        return max(0, self.tries - self.reached)

    @property
    def rate(self) -> float | None:
        return self.reached / max(self.tries, self.reached) if self.tries or self.reached else None


def chance_that_b_is_better(a: Trials, b: Trials) -> float:
    """P(rate of B > rate of A | the numbers), each rate Beta(1, 1) before them: exact, by the finite sum of E. Miller (2015).

    For reading, not for deciding: it is not made for being looked at every day.
    """
    alpha_a, beta_a = 1 + a.reached, 1 + a.missed
    alpha_b, beta_b = 1 + b.reached, 1 + b.missed
    rest = _log_beta(alpha_a, beta_a)
    total = sum(
        exp(_log_beta(alpha_a + i, beta_a + beta_b) - log(beta_b + i) - _log_beta(1 + i, beta_b) - rest) for i in range(alpha_b)
    )
    return min(1.0, max(0.0, total))


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)
