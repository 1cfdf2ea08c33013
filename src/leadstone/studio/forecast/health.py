"""The three figures of a pipeline's health, with what they are made of."""

from dataclasses import dataclass, replace

from leadstone.domains.pipeline.queries.forecast import Outlook
from leadstone.domains.pipeline.rules import StageClass
from leadstone.domains.pipeline.rules.deal_filter import Dated, DealOrder
from leadstone.kernel.periods import Days
from leadstone.studio.forecast.figures import Figure, Of, amount, counted
from leadstone.studio.forecast.rates import Rates, rates_of
from leadstone.studio.forecast.words import times
from leadstone.studio.words.numbers import money


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthFigures:
    """`velocity` and `coverage` are made of the figures beside them; a None is "not known", and the page says why."""

    open: Figure
    rates: Rates
    velocity: str | None
    coverage: str | None
    is_covered: bool
    goal: str | None
    is_goal_reached: bool
    expected: Figure
    won: Figure
    ageing: Figure | None
    ageing_count: int
    stays: int
    rotting: Figure
    rotting_count: int


def health_of(found: Outlook, *, looking_back: Days) -> HealthFigures:
    health, quarter = found.health, found.quarter
    still_open = replace(found.scope, stage_class=StageClass.OPEN)
    longest = replace(still_open, order=DealOrder.LONGEST)
    ahead = replace(still_open, due=quarter.days, dated=Dated.TIMELY)
    return HealthFigures(
        open=counted(health.open_count, still_open),
        rates=rates_of(health.record, rows=replace(found.scope, closed=looking_back)),
        velocity=None if health.velocity is None else money(_whole_units(health.velocity), found.currency),
        coverage=None if health.coverage is None else times(health.coverage),
        is_covered=health.coverage is not None and health.coverage >= 1,
        goal=None if quarter.goal is None else money(quarter.goal, found.currency),
        is_goal_reached=quarter.goal is not None and quarter.won >= quarter.goal,
        expected=amount(quarter.expected.weighted, ahead, of=Of.WEIGHTED),
        won=amount(quarter.won, replace(found.scope, due=quarter.days, stage_class=StageClass.WON)),
        ageing=None if health.ageing is None else counted(health.ageing, replace(longest, ageing=True)),
        ageing_count=health.ageing or 0,
        stays=health.stays,
        rotting=counted(health.rotting, replace(longest, rotting=True)),
        rotting_count=health.rotting,
    )


def _whole_units(minor: int) -> int:
    """An amount a day is an estimate: its cents would only pretend."""
    return (minor + 50) // 100 * 100
