"""Which figures of the proof are asked for, by the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from django.http import QueryDict

from leadstone.domains.insights.queries import ProofFilter
from leadstone.domains.insights.rules.facts import STEPS, FactKind, Grouping
from leadstone.studio.results.proof_words import BY, PERIODS

USUAL_DAYS = 90
OPENED = frozenset({*STEPS, FactKind.BROUGHT})
LARGEST_ID = 2**62


class ProofOrder(StrEnum):
    """Never by forms: a source is judged by the customers that it brings."""

    CUSTOMERS = "customers"
    REVENUE = "revenue"
    PER_CUSTOMER = "per_customer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """`until` is the day after the last one. Days are those of UTC, as the figures are kept."""

    by: Grouping
    days: int
    order: ProofOrder
    since: date
    until: date

    @property
    def before(self) -> date:
        """The first day of the period of the same length before this one."""
        return self.since - (self.until - self.since)


def asked(query: QueryDict, *, now: datetime) -> Asked:
    """What cannot be understood is what is usual."""
    by, order = query.get("by", ""), query.get("order", "")
    days = next((each for each in PERIODS if query.get("days") == str(each)), USUAL_DAYS)
    until = now.astimezone(UTC).date() + timedelta(days=1)
    return Asked(
        by=Grouping(by) if by in {each.value for each in BY} else Grouping.MAGNET,
        days=days,
        order=ProofOrder(order) if order in set(ProofOrder) else ProofOrder.CUSTOMERS,
        since=until - timedelta(days=days),
        until=until,
    )


def step_asked(query: QueryDict) -> FactKind | None:
    """The step whose rows are wanted; None when it has none."""
    named = query.get("step", "")
    return FactKind(named) if named in {each.value for each in OPENED} else None


def looks_asked(query: QueryDict) -> FactKind | None:
    """What nobody did by name and is wanted by day; None when it is neither."""
    named = query.get("step", "")
    return FactKind(named) if named in {FactKind.VIEW.value, FactKind.START.value} else None


def only_asked(query: QueryDict, by: Grouping) -> ProofFilter | None:
    """The one source whose rows are wanted, as `key` says it; None when the key is none. A month is a period, not a source."""
    key = query.get("key", "")
    if by is Grouping.CHANNEL:
        return ProofFilter(channel=key[:24])
    if by is Grouping.MONTH or not key.isascii() or not key.isdecimal() or int(key) > LARGEST_ID:
        return None
    number = int(key)
    return {
        Grouping.MAGNET: ProofFilter(magnet_id=number),
        Grouping.CAMPAIGN: ProofFilter(campaign_id=number),
        Grouping.LINK: ProofFilter(link_id=number),
        Grouping.POST: ProofFilter(post_id=number),
        Grouping.SUPPLIER: ProofFilter(supplier_id=number),
    }.get(by)


def months_asked(query: QueryDict) -> tuple[date, date] | None:
    """The first day of the month in `key`, and of the next one."""
    try:
        first = date.fromisoformat(query.get("key", "")).replace(day=1)
        return first, (first + timedelta(days=32)).replace(day=1)
    except (ValueError, OverflowError):
        return None


def address_of(kept: Mapping[str, str]) -> str:
    """The same question as parameters of an address, without what is usual."""
    query = QueryDict(mutable=True)
    for name, value in kept.items():
        if value:
            query[name] = value
    return query.urlencode()
