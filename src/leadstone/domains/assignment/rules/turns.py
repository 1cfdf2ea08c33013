"""Whose turn it is: fair by weight, at every moment and not only in the long run.

A plain weighted round robin gives Emil his two leads in a row; one that always serves whoever is owed most can fall more than a
whole lead behind when there are many members. So a turn goes, among those who are owed something, to the one whose next lead
would be late first (the earliest deadline). Then nobody is ever a whole lead before or behind the exact share (Baruah and others,
"Proportionate progress", 1996; Tijdeman, "The chairman assignment problem", 1980).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A member's place in a rule. `credit`: what the rounds so far owe them, in units of one lead by the sum of the weights."""

    user_id: int
    weight: int
    credit: int


def next_turn(places: Sequence[Place], *, free: Collection[int]) -> tuple[int, Mapping[int, int]] | None:
    """Whose turn it is among those who are free, and everybody's credit afterwards; None when nobody is free.

    Whoever is not free stays as they were: nobody comes back from a holiday to a pile.
    """
    taking = [place for place in places if place.user_id in free and place.weight > 0]
    if not taking:
        return None
    total = sum(place.weight for place in taking)
    after = {place.user_id: place.credit + place.weight for place in taking}
    weights = {place.user_id: place.weight for place in taking}
    # The credits of those who take part need not sum up to nothing once somebody was away; then the most owed one is served.
    owed = [user_id for user_id, credit in after.items() if credit > 0] or [max(after, key=lambda each: after[each])]
    chosen = min(owed, key=lambda each: (-((after[each] - total) // weights[each]), -after[each], each))
    after[chosen] -= total
    return chosen, after
