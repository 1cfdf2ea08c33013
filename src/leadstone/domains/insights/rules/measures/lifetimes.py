"""How long it took the leads of one day to take a step; who has not yet is counted too."""

from collections.abc import Sequence

import narwhals as nw

from leadstone.domains.insights.rules.facts import ARRIVALS, SOURCE_COLUMNS, FactKind
from leadstone.domains.insights.rules.measures.columns import Frame, by_people, sources, steps

MINUTES_A_DAY = 24 * 60
_KEYS = ("came_on", *SOURCE_COLUMNS)


def lifetimes(facts: Frame, *, kind: FactKind, came_on: Sequence[object] | None = None) -> Frame:
    """`came_on`, source, `after_days` (null: not yet) → `leads`.

    Who took the step before they came, as two clocks may tell it, took it at once.
    """
    came = arrivals(facts, kind=kind)
    if came_on is not None:
        came = came.filter(nw.col("came_on").is_in(list(came_on)))
    # As moments: what the difference of two days is, engines do not agree about.
    waited = (nw.col("step_on").cast(nw.Datetime) - nw.col("came_on").cast(nw.Datetime)).dt.total_minutes() // MINUTES_A_DAY
    aged = came.with_columns(after_days=nw.when(waited < 0).then(nw.lit(0)).otherwise(waited))
    return aged.group_by(*_KEYS, "after_days").agg(leads=nw.len()).select(*_KEYS, "after_days", "leads")


def arrivals(facts: Frame, *, kind: FactKind = FactKind.WON) -> Frame:
    """Each lead with the day on which it came, by a form or otherwise, and that of its first step of `kind` (null: none)."""
    arriving = nw.col("kind").is_in([arrival.value for arrival in ARRIVALS])
    of_leads = (
        steps(facts)
        .group_by("lead")
        .agg(
            *sources(),
            came_on=nw.when(arriving).then(nw.col("day")).min(),
            step_on=nw.when(nw.col("kind") == kind.value).then(nw.col("day")).min(),
        )
    )
    return of_leads.filter(~nw.col("came_on").is_null())


def arrival_days(facts: Frame, fresh: Frame) -> Frame:
    """The days on which the leads came that `fresh` facts are about."""
    told = by_people(fresh).filter(nw.col("lead") != 0).select("lead").unique()
    return arrivals(facts.join(told, on="lead", how="semi")).select("came_on").unique()
