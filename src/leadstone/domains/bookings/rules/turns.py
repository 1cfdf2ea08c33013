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
    """Host ids, first whoever is furthest behind their share; of two who are level, the elder. Weight 0 is never asked."""
    asked = [host for host in hosts if host.weight > 0]
    return [host.host_id for host in sorted(asked, key=lambda host: (Fraction(host.had + 1, host.weight), host.host_id))]
