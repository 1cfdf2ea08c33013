"""Round ticks, and places on an axis."""

from math import ceil, floor, log10

_STEPS = (1, 2, 2.5, 5, 10)


def ticks(highest: float, *, at_most: int = 5, whole: bool = False) -> list[float]:
    """Round values from 0 up to the first that is not below `highest`; `whole`: no fractions. [0, 1] when nothing is there."""
    if highest <= 0:
        return [0.0, 1.0]
    size = 10 ** floor(log10(highest / (at_most - 1)))
    steps = [size * step for step in _STEPS if size * step * (at_most - 1) >= highest]
    step = max(1.0, ceil(steps[0])) if whole else steps[0]
    return [step * number for number in range(ceil(highest / step - 1e-9) + 1)]


def percent(part: float, whole: float) -> str:
    """For SVG, which writes decimals with a point in every language."""
    return f"{100 * part / whole if whole else 0:.3f}"


def spread(labels: int, *, at_most: int) -> list[int]:
    """Which of so many labels are written, evenly, the first always: a phone has room for few."""
    every = max(1, ceil(labels / at_most))
    return list(range(0, labels, every))
