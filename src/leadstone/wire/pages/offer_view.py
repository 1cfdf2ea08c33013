"""What a page says of an offer that has a beginning, an end or a number."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferView:
    """`standing`: "not_yet", "open", "line", "taken" or "closed". Moments are said in the wall time of `zone`."""

    standing: str
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    zone: str = ""
    left: int | None = None  # said only where the publisher wants it said
