"""The only reads of deals that others may call: the board, a deal's card, the stages, and what was sold."""

from leadstone.domains.pipeline.queries.board import SHOWN_IN_A_COLUMN, Column, DealLine, Look, Total, board, deal_line
from leadstone.domains.pipeline.queries.deal import DealCard, NoSuchDeal, Stop, deal_card, has_deal, open_deals_of
from leadstone.domains.pipeline.queries.readiness import requirements_met
from leadstone.domains.pipeline.queries.sales import DealFacts, Sales, deals_of, deals_of_magnet, sale, sales_by_magnet
from leadstone.domains.pipeline.queries.seen import deals_seen_by
from leadstone.domains.pipeline.queries.stages import (
    NoSuchStage,
    ReasonFacts,
    deals_in_stages,
    first_stage,
    reasons,
    stage,
    stages,
)

__all__ = [
    "SHOWN_IN_A_COLUMN",
    "Column",
    "DealCard",
    "DealFacts",
    "DealLine",
    "Look",
    "NoSuchDeal",
    "NoSuchStage",
    "ReasonFacts",
    "Sales",
    "Stop",
    "Total",
    "board",
    "deal_card",
    "deal_line",
    "deals_in_stages",
    "deals_of",
    "deals_of_magnet",
    "deals_seen_by",
    "first_stage",
    "has_deal",
    "open_deals_of",
    "reasons",
    "requirements_met",
    "sale",
    "sales_by_magnet",
    "stage",
    "stages",
]
