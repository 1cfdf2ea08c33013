"""Small sums over what was counted."""

from collections.abc import Mapping

WITHIN_DAYS = (30, 60, 90, 180)


def median_of(counted: Mapping[int, int]) -> float | None:
    """The median of values that occurred so often; of an even number the mean of the two in the middle. None: of nothing."""
    number = sum(counted.values())
    if number == 0:
        return None
    return (_nth(counted, (number - 1) // 2) + _nth(counted, number // 2)) / 2


def _nth(counted: Mapping[int, int], place: int) -> int:
    passed = 0
    for value in sorted(counted):
        passed += counted[value]
        if passed > place:
            return value
    raise IndexError(place)
