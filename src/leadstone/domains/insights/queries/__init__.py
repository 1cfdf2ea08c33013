"""The only reads of figures that others may call: what each magnet brings, and the summaries of the lake."""

from leadstone.domains.insights.queries.figures import PERIOD, MagnetFigures, figures, figures_of, pointed_at
from leadstone.domains.insights.queries.proof import (
    CohortRow,
    Duration,
    ProofFilter,
    ProofRow,
    TouchInPath,
    TouchPath,
    cohort_rows,
    durations,
    flow_sums,
    proof_rows,
    refreshed_at,
    touch_paths,
)
from leadstone.domains.insights.queries.rows import Cell, CellRow, CellRows, rows_of

__all__ = [
    "PERIOD",
    "Cell",
    "CellRow",
    "CellRows",
    "CohortRow",
    "Duration",
    "MagnetFigures",
    "ProofFilter",
    "ProofRow",
    "TouchInPath",
    "TouchPath",
    "cohort_rows",
    "durations",
    "figures",
    "figures_of",
    "flow_sums",
    "pointed_at",
    "proof_rows",
    "refreshed_at",
    "rows_of",
    "touch_paths",
]
