"""How many leads took which step on which day, from which source; and how often anything happened, and for how much."""

from collections.abc import Sequence

import narwhals as nw

from leadstone.domains.insights.rules.facts import SOURCE_COLUMNS
from leadstone.domains.insights.rules.measures.columns import Frame, by_people, steps

CELL = ("day", "kind", *SOURCE_COLUMNS)


def people(facts: Frame, *, by: Sequence[str] = CELL) -> Frame:
    """`by` → how many leads took the step for the first time. Each lead counts once a kind, so days and sources add up."""
    return steps(facts).group_by(*by).agg(people=nw.len()).select(*by, "people")


def sums(facts: Frame, *, by: Sequence[str] = CELL) -> Frame:
    """`by` and currency → how often, and for how much; also what nobody did by name: views, starts, costs."""
    totals = by_people(facts).group_by(*by, "currency").agg(nw.col("number").sum(), nw.col("amount_minor").sum())
    return totals.select(*by, "currency", "number", "amount_minor")


def extent(facts: Frame) -> Frame:
    """One row: how many facts, the first and the last moment."""
    return facts.select(nw.len(), first_at=nw.col("at").min(), last_at=nw.col("at").max())


def changed_days(facts: Frame, fresh: Frame) -> Frame:
    """The days whose figures may be others since `fresh` facts came: theirs, and those of the leads that they are about."""
    of_leads = by_people(facts).join(_leads_of(fresh), on="lead", how="semi").select("day")
    return nw.concat([of_leads, by_people(fresh).select("day")]).unique()


def facts_around(facts: Frame, *, days: Sequence[object]) -> Frame:
    """All that `people` needs to know for these days: every fact of each lead that has one on them."""
    seen = by_people(facts).filter(nw.col("day").is_in(list(days)), nw.col("lead") != 0)
    return facts.join(seen.select("lead").unique(), on="lead", how="semi")


def _leads_of(fresh: Frame) -> Frame:
    return by_people(fresh).filter(nw.col("lead") != 0).select("lead").unique()
