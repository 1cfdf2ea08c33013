"""What the board shows: one filter, which its address spells."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Whose(StrEnum):
    """Whose deals stand on the board, always within what the reader may see."""

    ALL = "all"
    TEAM = "team"
    MINE = "mine"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardFilter:
    """Everything that may be chosen is an enum, an id or a month; `search` is only ever compared."""

    whose: Whose = Whose.ALL
    owner_id: int | None = None
    closing: date | None = None  # the first day of the month in which an open deal should close
    rotting: bool = False
    unplanned: bool = False  # nothing is planned with them
    search: str = ""
