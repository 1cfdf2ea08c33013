"""The only writes of insights: facts come in, files are written, summaries are brought in step."""

from leadstone.domains.insights.services.keeping import keep_lake, tidy_lake
from leadstone.domains.insights.services.noting import (
    Arrival,
    Stood,
    bring_in_step,
    fact_of,
    note_arrivals,
    note_facts,
    told_of,
    trails,
)
from leadstone.domains.insights.services.writing import Lake, adopt

__all__ = [
    "Arrival",
    "Lake",
    "Stood",
    "adopt",
    "bring_in_step",
    "fact_of",
    "keep_lake",
    "note_arrivals",
    "note_facts",
    "tidy_lake",
    "told_of",
    "trails",
]
