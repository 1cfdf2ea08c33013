"""What the portal shows of something that is held for one person: a code, a time, a parcel."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class HeldView:
    """`template` is a fragment of an area ("codes/card.html") that is shown in the delivery page and reads `held.facts`.

    Without `given` the page says why there is nothing yet, is answered with 202, and counts as no delivery.
    """

    template: str
    facts: Mapping[str, Any]
    given: bool = True
