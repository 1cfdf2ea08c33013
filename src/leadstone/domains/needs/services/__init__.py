"""The only writes of needs: what is heard, how it gathers, and what people decide about it."""

from leadstone.domains.needs.services.deciding import (
    begin_magnet,
    decide_answer,
    forget_decision,
    join,
    move_voice,
    rename,
    split_by_word,
    take_apart,
)
from leadstone.domains.needs.services.gathering import gather, gather_if_due, listen

__all__ = [
    "begin_magnet",
    "decide_answer",
    "forget_decision",
    "gather",
    "gather_if_due",
    "join",
    "listen",
    "move_voice",
    "rename",
    "split_by_word",
    "take_apart",
]
