"""What a magnet costs: the money of campaigns, divided among what their leads came for."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def divide(amount: int, *, by: Mapping[Key, int]) -> dict[Key, int]:
    """An amount in minor units, divided as the numbers in `by` are, without a remainder: the largest fractions get the last
    units, the earlier key among equals (Hamilton 1792). Nothing to divide by divides nothing."""
    total = sum(by.values())
    if total <= 0:
        return {}
    shares = {key: divmod(amount * number, total) for key, number in by.items() if number > 0}
    left = amount - sum(whole for whole, _ in shares.values())
    largest = sorted(shares, key=lambda key: -shares[key][1])[:left]
    return {key: whole + (key in largest) for key, (whole, _) in shares.items()}
