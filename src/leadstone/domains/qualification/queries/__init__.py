"""The only reads of qualification that others may call: the checklist of leads, what could fill it, and who promoted whom."""

from leadstone.domains.qualification.queries.checklist import (
    CheckedPoint,
    Checklist,
    PointWords,
    PromotionShown,
    Receipt,
    checklist,
    checklists,
    points,
    points_established,
    promotion_facts,
    promotions_of,
    standing_promotion,
    standing_promotions,
)
from leadstone.domains.qualification.queries.sources import Source, source_of, sources_of, suggestions_for

__all__ = [
    "CheckedPoint",
    "Checklist",
    "PointWords",
    "PromotionShown",
    "Receipt",
    "Source",
    "checklist",
    "checklists",
    "points",
    "points_established",
    "promotion_facts",
    "promotions_of",
    "source_of",
    "sources_of",
    "standing_promotion",
    "standing_promotions",
    "suggestions_for",
]
