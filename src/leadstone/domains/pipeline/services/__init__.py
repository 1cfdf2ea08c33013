"""The only writes of deals: opening, moving and changing them, and the stages that they stand in."""

from leadstone.domains.pipeline.services.changing import Changed, ChangeRefusal, DealWords, change_deal, touch_deals
from leadstone.domains.pipeline.services.moving import ANSWERED_NOTHING, Answers, Moved, Override, move_deal, take_back_move
from leadstone.domains.pipeline.services.opening import (
    Opened,
    OpenRefusal,
    add_deal,
    open_promoted,
    record_deal,
    take_back_deal,
    take_back_promoted,
)
from leadstone.domains.pipeline.services.settings import (
    StageWords,
    add_reason,
    add_stage,
    archive_reason,
    archive_stage,
    change_reason,
    change_stage,
    restore_reason,
    restore_stage,
    shift_stage,
)
from leadstone.domains.pipeline.services.versions import Meanwhile, NotAnAmount

__all__ = [
    "ANSWERED_NOTHING",
    "Answers",
    "ChangeRefusal",
    "Changed",
    "DealWords",
    "Meanwhile",
    "Moved",
    "NotAnAmount",
    "OpenRefusal",
    "Opened",
    "Override",
    "StageWords",
    "add_deal",
    "add_reason",
    "add_stage",
    "archive_reason",
    "archive_stage",
    "change_deal",
    "change_reason",
    "change_stage",
    "move_deal",
    "open_promoted",
    "record_deal",
    "restore_reason",
    "restore_stage",
    "shift_stage",
    "take_back_deal",
    "take_back_move",
    "take_back_promoted",
    "touch_deals",
]
