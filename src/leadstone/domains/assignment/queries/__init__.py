"""The only reads of assignment that others may call: rules, who is free, the history of a lead, and what a rule would do."""

from leadstone.domains.assignment.queries.colleagues import AvailabilityFacts, availability_of, colleague_facts
from leadstone.domains.assignment.queries.history import (
    HandOverLine,
    OpenReason,
    hand_overs_of,
    offered_to,
    open_reasons,
    standing_offer,
)
from leadstone.domains.assignment.queries.rules import MemberFacts, NoSuchRule, OwnerRuleFacts, owner_rule, owner_rules
from leadstone.domains.assignment.queries.simulation import Simulated, simulate

__all__ = [
    "AvailabilityFacts",
    "HandOverLine",
    "MemberFacts",
    "NoSuchRule",
    "OpenReason",
    "OwnerRuleFacts",
    "Simulated",
    "availability_of",
    "colleague_facts",
    "hand_overs_of",
    "offered_to",
    "open_reasons",
    "owner_rule",
    "owner_rules",
    "simulate",
    "standing_offer",
]
