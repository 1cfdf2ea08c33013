"""What every measure begins with."""

from typing import Any

import narwhals as nw

from leadstone.domains.insights.rules.facts import SOURCE_COLUMNS, FactKind

Frame = nw.LazyFrame[Any]

_TOUCHES = (FactKind.TOUCH.value, FactKind.TOUCH_OFFLINE.value)
DAY = nw.col("at").dt.date()


def by_people(facts: Frame) -> Frame:
    """What people did, with its `day`; touches, which are about a person and not about a lead, are apart."""
    return facts.filter(~nw.col("is_machine"), ~nw.col("kind").is_in(_TOUCHES)).with_columns(day=DAY)


def touches_in(facts: Frame) -> Frame:
    return facts.filter(~nw.col("is_machine"), nw.col("kind").is_in(_TOUCHES), nw.col("person") != 0).with_columns(day=DAY)


def sources() -> list[nw.Expr]:
    """The source of a lead, which all of its facts share."""
    return [nw.col(name).any_value() for name in SOURCE_COLUMNS]


def steps(facts: Frame) -> Frame:
    """(lead, kind) → the first `day` on which the step stands, with the lead's source. What was taken back stands on no day."""
    stood = (
        by_people(facts)
        .filter(nw.col("lead") != 0)
        .group_by("lead", "kind", "day")
        .agg(nw.col("number").sum(), *sources())
        .filter(nw.col("number") > 0)
    )
    return stood.group_by("lead", "kind").agg(nw.col("day").min(), *sources())
