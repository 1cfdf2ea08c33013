"""The reading process of the event lake: `python -m leadstone.domains.insights.lake_child`, an order in, an answer out."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import narwhals as nw

from leadstone.domains.insights.rules.facts import FactKind
from leadstone.domains.insights.rules.measures import funnel, journeys, lifetimes
from leadstone.domains.insights.rules.measures.columns import Frame
from leadstone.infra.lake.child import Measure, serve


def _people(facts: Frame, _fresh: Frame, told: Mapping[str, Any]) -> Frame:
    days, by = _days(told), tuple(told.get("by", funnel.CELL))
    if days is None:
        return funnel.people(facts, by=by)
    return funnel.people(funnel.facts_around(facts, days=days), by=by).filter(nw.col("day").is_in(days))


def _lifetimes(facts: Frame, _fresh: Frame, told: Mapping[str, Any]) -> Frame:
    days = _days(told)
    around = facts if days is None else funnel.facts_around(facts, days=days)
    return lifetimes.lifetimes(around, kind=FactKind(told["kind"]), came_on=days)


def _sums(facts: Frame, _fresh: Frame, told: Mapping[str, Any]) -> Frame:
    days, sums = _days(told), funnel.sums(facts, by=tuple(told.get("by", funnel.CELL)))
    return sums if days is None else sums.filter(nw.col("day").is_in(days))


def _days(told: Mapping[str, Any]) -> list[date] | None:
    return [date.fromisoformat(day) for day in told["days"]] if "days" in told else None


MEASURES: Mapping[str, Measure] = {
    "extent": Measure(lambda facts, _fresh, _told: funnel.extent(facts)),
    "changed_days": Measure(lambda facts, fresh, _told: funnel.changed_days(facts, fresh)),
    "arrival_days": Measure(lambda facts, fresh, _told: lifetimes.arrival_days(facts, fresh)),
    "people": Measure(_people),
    "sums": Measure(_sums),
    "lifetimes": Measure(_lifetimes),
    "journeys": Measure(lambda facts, _fresh, _told: journeys.touches(facts), fold=journeys.walked),
    "revenues": Measure(lambda facts, _fresh, _told: journeys.revenues(facts)),
}


if __name__ == "__main__":
    serve(MEASURES)
