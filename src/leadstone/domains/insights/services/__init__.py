"""The only writes of insights: facts come in, files are written, summaries are brought in step."""

from leadstone.domains.insights.services.gathering import end_gathering, gathered, hold_gathering, note_gathered
from leadstone.domains.insights.services.keeping import keep_lake, tidy_lake
from leadstone.domains.insights.services.noting import (
    Arrival,
    Stood,
    bring_in_step,
    fact_of,
    move_trails,
    note_arrivals,
    note_facts,
    told_of,
    trails,
)
from leadstone.domains.insights.services.verifying import find_broken
from leadstone.domains.insights.services.writing import Lake, adopt

__all__ = [
    "Arrival",
    "Lake",
    "Stood",
    "adopt",
    "bring_in_step",
    "end_gathering",
    "fact_of",
    "find_broken",
    "gathered",
    "hold_gathering",
    "keep_lake",
    "move_trails",
    "note_arrivals",
    "note_facts",
    "note_gathered",
    "tidy_lake",
    "told_of",
    "trails",
]
