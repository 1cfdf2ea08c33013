"""The touches of people in their order, up to the first sale where there was one."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

import narwhals as nw

from leadstone.domains.insights.rules.facts import FactKind
from leadstone.domains.insights.rules.measures.columns import Frame, by_people, touches_in

LONGEST = 20  # later touches count; what came before the last twenty is cut off
_TOUCH = ("person", "at", "day", "kind", "channel", "campaign_id", "magnet_id")


def touches(facts: Frame) -> Frame:
    """Every touch of every person: person, day, channel, campaign, magnet, and the day of their first sale (null: none)."""
    sales = first_sales(facts)
    # What was taken back stands under another source, or nowhere.
    stands = touches_in(facts).group_by(*_TOUCH).agg(nw.col("number").sum()).filter(nw.col("number") > 0)
    walked = stands.join(sales.select("person", "won_on"), on="person", how="left")
    before = walked.filter(nw.col("won_on").is_null() | (nw.col("day") <= nw.col("won_on")))
    return before.select("person", "at", "day", "channel", "campaign_id", "magnet_id", "won_on").sort(
        "person", "at", "channel", "campaign_id", "magnet_id"
    )


def first_sales(facts: Frame) -> Frame:
    """Person → the day of the first sale that stands."""
    won = by_people(facts).filter(nw.col("kind") == FactKind.WON.value, nw.col("person") != 0)
    stands = won.group_by("person", "day").agg(nw.col("number").sum()).filter(nw.col("number") > 0)
    return stands.group_by("person").agg(won_on=nw.col("day").min())


def revenues(facts: Frame) -> Frame:
    """Person and currency → all that they paid, with the day of their first sale."""
    won = by_people(facts).filter(nw.col("kind") == FactKind.WON.value, nw.col("person") != 0)
    paid = won.group_by("person", "currency").agg(nw.col("amount_minor").sum())
    return paid.join(first_sales(facts), on="person", how="inner").select("person", "currency", "amount_minor", "won_on")


def walked(rows: Iterable[Sequence[Any]]) -> Iterator[list[Any]]:
    """From the rows of `touches`, in their order: of customers [person, won_on, touches], of all others [0, null, touches,
    how many went that way]. A touch is [channel, campaign, magnet, days before the sale]."""
    others: Counter[tuple[tuple[Any, ...], ...]] = Counter()
    for person, group in groupby(rows, key=itemgetter(0)):
        steps = list(group)[-LONGEST:]
        won_on: date | None = steps[-1][6]
        way = tuple((row[3], row[4], row[5], (won_on - row[2]).days if won_on else 0) for row in steps)
        if won_on is None:
            others[way] += 1
        else:
            yield [person, won_on, way, 1]
    for way, people in sorted(others.items()):
        yield [0, None, way, people]
