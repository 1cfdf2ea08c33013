"""The picture of the forecast: one column a month. Places go across in percent and up in pixels, so that nothing is stretched
on a phone and every label keeps its size."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leadstone.domains.pipeline.rules.forecast import Span
from leadstone.studio.forecast.words import compact, month, short_month
from leadstone.studio.words.numbers import money

HEIGHT = 280
TOP, BOTTOM = 44, 30  # room for the labels
COLUMN = 0.62  # of the width that a month has


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A part of a column: from `y` down over `height` pixels."""

    part: str
    y: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One month. `x`, `middle` and `slot` are percentages, written with a point."""

    x: str
    middle: str
    slot: str
    slot_end: str
    bars: Sequence[Bar]
    label: str
    label_y: int
    of: str
    of_y: int
    goal_y: int | None
    goal: str
    month: str
    is_this_month: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    columns: Sequence[Column]
    width: str  # of a column, in percent
    height: int
    ground: int
    month_y: int
    told: str  # the same in words
    has_goals: bool


def picture(months: Sequence[Span], *, currency: str) -> Picture:
    highest = max((max(one.best, one.goal or 0) for one in months), default=0) or 1
    slot = 100 / len(months)
    columns = [_column(one, place=place, slot=slot, highest=highest) for place, one in enumerate(months)]
    return Picture(
        columns=columns,
        width=f"{slot * COLUMN:.3f}%",
        height=HEIGHT,
        ground=HEIGHT - BOTTOM,
        month_y=HEIGHT - 9,
        told=" ".join(_told(one, currency=currency) for one in months),
        has_goals=any(one.goal is not None for one in months),
    )


def _column(span: Span, *, place: int, slot: float, highest: int) -> Column:
    first = span.days.first
    if first is None:
        raise ValueError(span.days)
    best, likely, won, goal = (_height(amount, highest) for amount in (span.best, span.likely, span.won, span.goal or 0))
    ground = HEIGHT - BOTTOM
    bars = [
        Bar(part="best", y=ground - best, height=best - likely),
        Bar(part="likely", y=ground - likely, height=likely - won),
        Bar(part="won", y=ground - won, height=won),
    ]
    both = span.best != span.likely
    return Column(
        x=f"{slot * (place + (1 - COLUMN) / 2):.3f}%",
        middle=f"{slot * (place + 0.5):.3f}%",
        slot=f"{slot * (place + 0.06):.3f}%",
        slot_end=f"{slot * (place + 0.94):.3f}%",
        bars=[bar for bar in bars if bar.height],
        label=compact(span.likely) if span.best else "",
        label_y=ground - best - (22 if both else 8),
        of=_("of %(best)s") % {"best": compact(span.best)} if both else "",
        of_y=ground - best - 7,
        goal_y=None if span.goal is None else ground - goal,
        goal=compact(span.goal or 0),
        month=short_month(first),
        is_this_month=place == 0,
    )


def _height(minor: int, highest: int) -> int:
    room = HEIGHT - TOP - BOTTOM
    # What is there must be seen, however small it is beside the rest.
    return max(2, round(room * minor / highest)) if minor else 0


def _told(span: Span, *, currency: str) -> str:
    facts = {
        "month": month(span.days.first) if span.days.first else "",
        "likely": money(span.likely, currency),
        "best": money(span.best, currency),
        "won": money(span.won, currency),
    }
    said = _("%(month)s: likely %(likely)s of %(best)s, %(won)s of it won") % facts
    if span.goal is not None:
        said += _(", goal %(goal)s") % {"goal": money(span.goal, currency)}
    return f"{said}."
