"""How far a share of a small sample can be believed: one-sided 95 % Wilson score intervals (Wilson 1927)."""

from math import sqrt

Z_ONE_SIDED = 1.645  # the normal quantile of 1 in 20 on one side


def at_least(hits: int, *, of: int) -> float:
    """The lower end of the interval; 0 for an empty sample."""
    return _wilson(hits, of=of, side=-1) if of else 0.0


def at_most(hits: int, *, of: int) -> float:
    """The upper end of the interval; 1 for an empty sample."""
    return _wilson(hits, of=of, side=1) if of else 1.0


def _wilson(hits: int, *, of: int, side: int) -> float:
    share, z2 = hits / of, Z_ONE_SIDED**2
    middle = share + z2 / (2 * of)
    spread = Z_ONE_SIDED * sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    return (middle + side * spread) / (1 + z2 / of)
