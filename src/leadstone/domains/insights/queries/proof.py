"""What the screens read: sums of the lake, kept in the database. Days are those of UTC; a period ends before `until`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q, Sum
from django.db.models.functions import TruncMonth

from leadstone.domains.insights.models import FunnelDay, Journey, Lifetime
from leadstone.domains.insights.rules.facts import FactKind, Grouping
from leadstone.domains.insights.rules.sums import WITHIN_DAYS, median_of

COLUMN: Mapping[Grouping, str] = {
    Grouping.MAGNET: "magnet_id",
    Grouping.VERSION: "version_id",
    Grouping.CAMPAIGN: "campaign_id",
    Grouping.LINK: "link_id",
    Grouping.POST: "post_id",
    Grouping.SUPPLIER: "supplier_id",
    Grouping.CHANNEL: "channel",
    Grouping.MONTH: "month",
}

Key = int | str | date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofFilter:
    """Of which sources figures are wanted; None: of all. 0 and "" ask for what came from none."""

    magnet_id: int | None = None
    version_id: int | None = None
    campaign_id: int | None = None
    link_id: int | None = None
    post_id: int | None = None
    supplier_id: int | None = None
    channel: str | None = None

    def lookups(self) -> dict[str, int | str]:
        told = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in told.items() if value is not None}


EVERYTHING = ProofFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofRow:
    """One magnet, campaign, channel … in a period.

    `key`: the id (0: none), the channel's value ("": none), or the first day of a month. `people`: kind → leads that took this
    step in the period for the first time; of views and starts, which have no name, how often. `number`: kind → how often.
    `revenue`, `cost`: currency → minor units. `median_days`: from coming to buying, of those who bought in the period.
    """

    key: Key
    people: Mapping[FactKind, int] = field(default_factory=dict)
    number: Mapping[FactKind, int] = field(default_factory=dict)
    revenue: Mapping[str, int] = field(default_factory=dict)
    cost: Mapping[str, int] = field(default_factory=dict)
    median_days: float | None = None

    @property
    def leads(self) -> int:
        """Leads that came, by a form or otherwise."""
        return self.people.get(FactKind.SUBMIT, 0) + self.people.get(FactKind.BROUGHT, 0)

    @property
    def customers(self) -> int:
        return self.people.get(FactKind.WON, 0)


def proof_rows(*, by: Grouping, since: date, until: date, only: ProofFilter = EVERYTHING) -> list[ProofRow]:
    """One row for each key with any figure in the period, the one with the most customers first. A fixed number of queries."""
    days = FunnelDay.objects.filter(day__gte=since, day__lt=until, **only.lookups())
    key = COLUMN[by]
    if by is Grouping.MONTH:
        days = days.annotate(month=TruncMonth("day"))
    sums = days.values_list(key, "kind", "currency").annotate(Sum("people"), Sum("number"), Sum("amount_minor")).order_by()
    found: dict[Key, _Row] = {}
    for of, kind, currency, people, number, amount in sums:
        found.setdefault(of, _Row()).add(FactKind(kind), currency, people=people, number=number, amount=amount)
    took = _days_to_won(by, since=since, until=until, only=only)
    rows = [row.told(of, median_of(took.get(of, {}))) for of, row in found.items()]
    return sorted(rows, key=lambda row: (-row.customers, -row.leads, str(row.key)))


class _Row:
    def __init__(self) -> None:
        self.people: dict[FactKind, int] = {}
        self.number: dict[FactKind, int] = {}
        self.money: dict[FactKind, dict[str, int]] = {FactKind.WON: {}, FactKind.COST: {}}

    def add(self, kind: FactKind, currency: str, *, people: int, number: int, amount: int) -> None:
        self.people[kind] = self.people.get(kind, 0) + people
        self.number[kind] = self.number.get(kind, 0) + number
        if currency and kind in self.money:
            of_kind = self.money[kind]
            of_kind[currency] = of_kind.get(currency, 0) + amount

    def told(self, key: Key, median_days: float | None) -> ProofRow:
        return ProofRow(
            key=key,
            people={kind: people for kind, people in self.people.items() if people},
            number={kind: number for kind, number in self.number.items() if number},
            revenue={currency: amount for currency, amount in sorted(self.money[FactKind.WON].items()) if amount},
            cost={currency: amount for currency, amount in sorted(self.money[FactKind.COST].items()) if amount},
            median_days=median_days,
        )


def _days_to_won(by: Grouping, *, since: date, until: date, only: ProofFilter) -> dict[Key, dict[int, int]]:
    """Key → days from coming to buying → how many customers who bought in the period."""
    won = Lifetime.objects.filter(kind=FactKind.WON.value, after_days__isnull=False, came_on__lt=until, **only.lookups())
    columns = ("came_on", "after_days") if by is Grouping.MONTH else ("came_on", "after_days", COLUMN[by])
    found: dict[Key, dict[int, int]] = {}
    for came_on, days, *rest in won.values_list(*columns, "leads"):
        won_on = came_on + timedelta(days=days)
        if since <= won_on < until:
            of = found.setdefault(won_on.replace(day=1) if by is Grouping.MONTH else rest[0], {})
            of[days] = of.get(days, 0) + rest[-1]
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortRow:
    """The leads that came in one month. `reached`: of `rules.sums.WITHIN_DAYS`, how many had taken the step by then."""

    month: date
    key: Key
    leads: int
    reached: Mapping[int, int]


def cohort_rows(
    *, kind: FactKind = FactKind.WON, by: Grouping = Grouping.MAGNET, since: date, until: date, only: ProofFilter = EVERYTHING
) -> list[CohortRow]:
    """Cohorts by month of coming and by `by` (MONTH: all of a month together), the earliest month first.

    `kind`: WON, QUALIFIED or CONFIRMED. How far a cohort has aged is told by its month; a younger one has only begun.
    """
    came = Lifetime.objects.filter(kind=kind.value, came_on__gte=since, came_on__lt=until, **only.lookups())
    within = {f"in_{days}": Sum("leads", filter=Q(after_days__lte=days), default=0) for days in WITHIN_DAYS}
    keys = ["month"] if by is Grouping.MONTH else ["month", COLUMN[by]]
    rows = came.annotate(month=TruncMonth("came_on")).values(*keys).annotate(all=Sum("leads"), **within).order_by(*keys)
    return [
        CohortRow(
            month=row["month"],
            key=row[keys[-1]],
            leads=row["all"],
            reached={days: row[f"in_{days}"] for days in WITHIN_DAYS},
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """`leads` of one key that took the step after `days`, or have not taken it and are `days` old now (`happened` False)."""

    key: Key
    days: int
    happened: bool
    leads: int


def durations(
    *,
    kind: FactKind = FactKind.WON,
    by: Grouping = Grouping.MAGNET,
    since: date,
    until: date,
    today: date,
    only: ProofFilter = EVERYTHING,
) -> list[Duration]:
    """Time from coming to a step, of the leads that came in the period: what a survival curve is drawn from."""
    came = Lifetime.objects.filter(kind=kind.value, came_on__gte=since, came_on__lt=until, **only.lookups())
    if by is Grouping.MONTH:
        came = came.annotate(month=TruncMonth("came_on"))
    sums = came.values_list(COLUMN[by], "came_on", "after_days").annotate(Sum("leads")).order_by()
    found: dict[tuple[Key, int, bool], int] = {}
    for key, came_on, after, leads in sums:
        place = (key, max(0, (today - came_on).days) if after is None else after, after is not None)
        found[place] = found.get(place, 0) + leads
    ordered = sorted(found.items(), key=lambda each: (str(each[0][0]), each[0][1], each[0][2]))
    return [Duration(key=key, days=days, happened=happened, leads=leads) for (key, days, happened), leads in ordered]


def flow_sums(*, kind: FactKind, since: date, until: date) -> list[tuple[str, int, int]]:
    """(channel, magnet id, leads that took this step in the period), the largest first."""
    days = FunnelDay.objects.filter(day__gte=since, day__lt=until, kind=kind.value)
    sums = days.values_list("channel", "magnet_id").annotate(all=Sum("people")).filter(all__gt=0)
    return list(sums.order_by("-all", "channel", "magnet_id"))


@dataclass(frozen=True, slots=True)
class TouchInPath:
    """One touch; `days_before` the sale, 0 where nothing was bought."""

    channel: str
    campaign_id: int
    magnet_id: int
    days_before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchPath:
    """Touches in their order, the first first, online and offline. `won_on` None: these `people` have not bought."""

    touches: Sequence[TouchInPath]
    people: int
    won_on: date | None
    amount_minor: int = 0
    currency: str = ""


def touch_paths(*, since: date, until: date) -> list[TouchPath]:
    """The ways of everybody who bought in the period, and of everybody who never did: what attribution is computed from.

    A customer who paid in two currencies is there once for each, with `people` 0 the second time.
    """
    wanted = Journey.objects.filter(Q(won_on=None) | Q(won_on__gte=since, won_on__lt=until)).order_by("won_on", "pk")
    return [
        TouchPath(
            touches=tuple(TouchInPath(*touch) for touch in row.touches),
            people=row.people,
            won_on=row.won_on,
            amount_minor=row.amount_minor,
            currency=row.currency,
        )
        for row in wanted
    ]
