"""What a list of deals shows: one filter for the screen, the totals, the export and the rows behind each figure."""

from dataclasses import dataclass
from enum import StrEnum

from leadstone.domains.pipeline.rules import StageClass
from leadstone.domains.pipeline.rules.board import Whose
from leadstone.domains.sources.rules import ChannelType
from leadstone.kernel.money import Currency
from leadstone.kernel.periods import Days

NONE = 0  # the id that means "without one": no owner, no reason, no magnet, no stage before the end


class Dated(StrEnum):
    """What is known about the day on which an open deal should close."""

    TIMELY = "timely"  # not passed yet; a closed deal is timely too
    OVERDUE = "overdue"  # the day has passed, and the deal is still open
    UNDATED = "undated"


class DealOrder(StrEnum):
    CLOSE = "close"  # the next to close first
    VALUE = "value"
    WEIGHTED = "weighted"
    NEWEST = "newest"
    LONGEST = "longest"  # the longest in its stage first
    CLOSED = "closed"  # the last to be won or lost first
    NAME = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class DealFilter:
    """Everything that may be chosen is an enum, an id or days; `search` is only ever compared.

    Ids: None is any, `NONE` is without one. `due`: open deals expected in these days and deals won in them; a lost deal is due
    never. `closed`: won or lost in these days.
    """

    whose: Whose = Whose.ALL
    owner_id: int | None = None
    stage_class: StageClass | None = None
    is_closed: bool | None = None  # won or lost
    stage_id: int | None = None
    left_stage_id: int | None = None  # the stage in which a closed deal stood last
    currency: Currency | None = None
    due: Days | None = None
    dated: Dated | None = None
    closed: Days | None = None
    reason_id: int | None = None
    channel: ChannelType | None = None
    magnet_id: int | None = None
    committed: bool | None = None  # probability of `forecast.COMMITTED_FROM` percent or more
    valued: bool | None = None  # somebody has said what it is worth
    worked: bool | None = None  # stood in an open stage; False: recorded straight as won or lost
    rotting: bool | None = None
    ageing: bool | None = None  # longer in its stage than won deals stood there
    search: str = ""
    order: DealOrder = DealOrder.CLOSE
