"""The only writes of assignment: turns that the worker gives, hands that staff pass, rules that managers keep."""

from leadstone.domains.assignment.services.availability import change_availability
from leadstone.domains.assignment.services.handing import accept, hand_over, return_lead, take, take_back
from leadstone.domains.assignment.services.ruling import (
    RuleWords,
    add_rule,
    change_rule,
    move_rule,
    remove_rule,
    restore_rule,
    switch_rule,
)
from leadstone.domains.assignment.services.turning import assign_leads

__all__ = [
    "RuleWords",
    "accept",
    "add_rule",
    "assign_leads",
    "change_availability",
    "change_rule",
    "hand_over",
    "move_rule",
    "remove_rule",
    "restore_rule",
    "return_lead",
    "switch_rule",
    "take",
    "take_back",
]
