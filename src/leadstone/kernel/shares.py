"""How far a share of a small sample can be believed: 95 % Wilson score intervals (Wilson 1927)."""

from math import sqrt

Z_ONE_SIDED = 1.645  # the normal quantile of 1 in 20 on one side
Z_TWO_SIDED = 1.96  # of 1 in 40 on each side


def at_least(hits: int, *, of: int) -> float:
    """The lower end of the one-sided interval; 0 for an empty sample."""
    return _wilson(hits, of=of, side=-1) if of else 0.0


def at_most(hits: int, *, of: int) -> float:
    """The upper end of the one-sided interval; 1 for an empty sample."""
    return _wilson(hits, of=of, side=1) if of else 1.0


def between(hits: int, *, of: int) -> tuple[float, float]:
    """Both ends of the two-sided interval; 0 and 1 for an empty sample."""
    return (_wilson(hits, of=of, side=-1, z=Z_TWO_SIDED), _wilson(hits, of=of, side=1, z=Z_TWO_SIDED)) if of else (0.0, 1.0)


def _wilson(hits: int, *, of: int, side: int, z: float = Z_ONE_SIDED) -> float:
    share, z2 = hits / of, z**2
    middle = share + z2 / (2 * of)
    spread = z * sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    return (middle + side * spread) / (1 + z2 / of)
