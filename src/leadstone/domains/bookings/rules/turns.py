"""Whose turn it is among hosts who are free at the same time."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One host: their weight, and how many bookings they have had of late."""

    host_id: int
    weight: int
    had: int


def in_turn(hosts: Sequence[Turn]) -> list[int]:
    """Host ids, first whoever is furthest behind their share; of two who are level, the elder. Weight 0 is never asked.

    Nobody gets a whole booking more than their share, for whoever is first has less than it.
    """
    asked = [host for host in hosts if host.weight > 0]
    weights, given = sum(host.weight for host in asked), sum(host.had for host in asked)

    def behind(host: Turn) -> Fraction:
        return Fraction(host.weight * (given + 1), weights) - host.had

    return [host.host_id for host in sorted(asked, key=lambda host: (-behind(host), host.host_id))]
