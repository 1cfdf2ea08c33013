"""What the lake is made of: facts, one a thing that happened, under pseudonyms.

A fact never names anybody: `lead` and `person` are numbers that only this installation can lead back, and after an erasure
nobody can. What turns out not to have happened is taken back by a fact of the same kind and time with a negative `number`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache


class FactKind(StrEnum):
    """What happened. Stored in files that outlive this version: a value is never renamed."""

    VIEW = "view"  # a page was seen
    START = "start"  # the first question was answered
    SUBMIT = "submit"  # a form took effect
    BROUGHT = "brought"  # a lead that came by no form: met, bought, handed over
    CONFIRMED = "confirmed"
    DELIVERED = "delivered"
    USED = "used"
    QUALIFIED = "qualified"
    MEETING = "meeting"
    MOVED = "moved"  # a deal went to another stage
    WON = "won"
    LOST = "lost"
    RATED_YES = "rated_yes"
    RATED_PARTLY = "rated_partly"
    RATED_NO = "rated_no"
    COMPLAINT = "complaint"
    UNSUBSCRIBED = "unsubscribed"
    COST = "cost"
    TOUCH = "touch"  # a form that anybody of ours sent, with its own source
    TOUCH_OFFLINE = "touch_offline"  # somebody of ours met them


# The steps that a lead takes, in their order; before them come views and starts, which nobody took by name.
STEPS = (
    FactKind.SUBMIT,
    FactKind.CONFIRMED,
    FactKind.DELIVERED,
    FactKind.USED,
    FactKind.QUALIFIED,
    FactKind.MEETING,
    FactKind.WON,
)
TIMED = (FactKind.CONFIRMED, FactKind.QUALIFIED, FactKind.WON)  # how long these take is kept by day of arrival
ARRIVALS = frozenset({FactKind.SUBMIT, FactKind.BROUGHT})


class Grouping(StrEnum):
    """By what figures are put together. MONTH: of the day on which a lead took a step first."""

    MAGNET = "magnet"
    VERSION = "version"
    CAMPAIGN = "campaign"
    LINK = "link"
    POST = "post"
    SUPPLIER = "supplier"
    CHANNEL = "channel"
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where something came from; 0 and "": from none."""

    magnet_id: int = 0
    version_id: int = 0
    campaign_id: int = 0
    link_id: int = 0
    post_id: int = 0
    supplier_id: int = 0
    channel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that happened. `lead`, `person`: pseudonyms, 0 where there is none. `amount_minor`: in units of `currency`."""

    at: datetime
    kind: FactKind
    source: Source = Source()
    lead: int = 0
    person: int = 0
    variant: str = ""
    is_machine: bool = False
    number: int = 1
    amount_minor: int = 0
    currency: str = ""


# In the order of a line. The types are those of SQL.
COLUMNS: Mapping[str, str] = {
    "at": "TIMESTAMP",  # UTC
    "kind": "VARCHAR",
    "lead": "BIGINT",
    "person": "BIGINT",
    "magnet_id": "BIGINT",
    "version_id": "BIGINT",
    "campaign_id": "BIGINT",
    "link_id": "BIGINT",
    "post_id": "BIGINT",
    "supplier_id": "BIGINT",
    "channel": "VARCHAR",
    "variant": "VARCHAR",
    "is_machine": "BOOLEAN",
    "number": "BIGINT",
    "amount_minor": "BIGINT",
    "currency": "VARCHAR",
}
SOURCE_COLUMNS = tuple(each.name for each in fields(Source))


_MOMENT = len("2026-03-01 12:00:00.000")  # without the zone, which is always UTC


class UnfitFact(ValueError):
    """A word of a fact holds what would break its line."""


def line_of(fact: Fact) -> str:
    """The fact as one line of CSV, without its end; raises `UnfitFact`. Words are keys of ours and need no quotes."""
    source = fact.source
    at = fact.at if fact.at.tzinfo is UTC else fact.at.astimezone(UTC)
    values = (
        at.isoformat(sep=" ", timespec="milliseconds")[:_MOMENT],
        fact.kind.value,
        fact.lead,
        fact.person,
        source.magnet_id,
        source.version_id,
        source.campaign_id,
        source.link_id,
        source.post_id,
        source.supplier_id,
        fit(source.channel),
        fit(fact.variant),
        int(fact.is_machine),
        fact.number,
        fact.amount_minor,
        fit(fact.currency),
    )
    return ",".join(map(str, values))


@cache
def fit(word: str) -> str:
    """The word, which is one of a few; raises `UnfitFact`."""
    if word and not word.replace("_", "").replace("-", "").isalnum():
        raise UnfitFact(word)
    return word


def month_in(line: str) -> date:
    """The first day of the month in which the fact in a line happened."""
    return date(int(line[:4]), int(line[5:7]), 1)


def time_in(line: str) -> datetime:
    """When the fact in a line happened."""
    return datetime.fromisoformat(line.partition(",")[0]).replace(tzinfo=UTC)
