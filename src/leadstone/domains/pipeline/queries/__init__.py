"""The only reads of deals that others may call: what was sold, and the stages that deals stand in."""

from leadstone.domains.pipeline.queries.sales import DealFacts, Sales, deals_of, deals_of_magnet, first_stage, sales_by_magnet

__all__ = [
    "DealFacts",
    "Sales",
    "deals_of",
    "deals_of_magnet",
    "first_stage",
    "sales_by_magnet",
]
