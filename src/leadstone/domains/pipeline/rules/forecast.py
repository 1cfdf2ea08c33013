"""What open deals should bring and when: the weighted pipeline by month of expected close, and the doubt in it.

The names are those of the field: *weighted pipeline* (Σ value × probability), and the forecast categories *closed*, *commit*,
*best case*. All amounts are minor units of one currency; amounts of two currencies are never added. A weighted value is
rounded half up once for each deal, so that the sum of the rows is the figure, to the last grosz.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from leadstone.kernel.periods import Days, months_from

MONTHS = 6
COMMITTED_FROM = 80  # percent: "as good as won"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDeal:
    """An open deal as the forecast sees it. `amount_minor` is None while nobody has said what it is worth."""

    amount_minor: int | None
    probability: int  # percent; the manual one where somebody set it
    expected_close: date | None

    @property
    def weighted(self) -> int:
        return weighted(self.amount_minor or 0, probability=self.probability)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """A won deal. `on`: the day in the reader's zone."""

    amount_minor: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Open deals added up: how many, what they are worth, and what of it is likely."""

    count: int = 0
    unvalued: int = 0
    total: int = 0
    weighted: int = 0
    committed_count: int = 0
    committed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What some days bring: what is won in them already, and what is still open and expected in them."""

    days: Days
    won_count: int
    won: int
    expected: Sums
    goal: int | None = None

    @property
    def likely(self) -> int:
        """Won, and the weighted rest."""
        return self.won + self.expected.weighted

    @property
    def commit(self) -> int:
        """Won, and what is as good as won."""
        return self.won + self.expected.committed

    @property
    def best(self) -> int:
        """Won, and everything that is expected, as if all of it were to be won."""
        return self.won + self.expected.total


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """Every open deal stands in exactly one place: a month, later, without a date, or overdue."""

    months: tuple[Span, ...]
    later: Sums
    undated: Sums
    overdue: Sums

    @property
    def is_empty(self) -> bool:
        """Whether nothing is open, and nothing was won this month."""
        places = (self.later, self.undated, self.overdue, *(month.expected for month in self.months))
        return not any(place.count for place in places) and not any(month.won_count for month in self.months)


def effective_probability(*, manual: int | None, stage: int) -> int:
    """Percent: what somebody judged by hand, else what the stage stands for."""
    return stage if manual is None else manual


def weighted(amount_minor: int, *, probability: int) -> int:
    """The share of an amount that its probability stands for; rounded half up to a whole minor unit."""
    return (amount_minor * probability + 50) // 100


def add_up(deals: Iterable[OpenDeal]) -> Sums:
    found = list(deals)
    committed = [deal for deal in found if deal.probability >= COMMITTED_FROM]
    return Sums(
        count=len(found),
        unvalued=sum(deal.amount_minor is None for deal in found),
        total=sum(deal.amount_minor or 0 for deal in found),
        weighted=sum(deal.weighted for deal in found),
        committed_count=len(committed),
        committed=sum(deal.amount_minor or 0 for deal in committed),
    )


def span(days: Days, *, deals: Iterable[OpenDeal], sales: Iterable[Sale], goals: Mapping[date, int], today: date) -> Span:
    """What `days` bring. `goals`: first day of a month → its goal; a span has a goal when each of its months has one."""
    won = [sale.amount_minor for sale in sales if sale.on in days]
    return Span(
        days=days,
        won_count=len(won),
        won=sum(won),
        expected=add_up(deal for deal in deals if _is_expected(deal, days=days, today=today)),
        goal=_goal(days, goals=goals),
    )


def forecast(deals: Sequence[OpenDeal], *, sales: Sequence[Sale], goals: Mapping[date, int], today: date) -> Forecast:
    """The month of `today` and the five that follow, and what no month holds."""
    months = months_from(today, count=MONTHS)
    last = months[-1].last or today
    return Forecast(
        months=tuple(span(days, deals=deals, sales=sales, goals=goals, today=today) for days in months),
        later=add_up(deal for deal in deals if deal.expected_close and deal.expected_close > last),
        undated=add_up(deal for deal in deals if deal.expected_close is None),
        overdue=add_up(deal for deal in deals if deal.expected_close and deal.expected_close < today),
    )


def carriers(amounts: Iterable[int]) -> int:
    """The smallest number of amounts that together are at least half of the sum; 0 when the sum is 0."""
    largest = sorted(amounts, reverse=True)
    whole, carried = sum(largest), 0
    for number, amount in enumerate(largest, 1):
        carried += amount
        if whole and carried * 2 >= whole:
            return number
    return 0


def carriers_of(days: Days, *, deals: Iterable[OpenDeal], today: date) -> int:
    """How few of the deals that are expected in `days` carry half of their weighted value."""
    return carriers(deal.weighted for deal in deals if _is_expected(deal, days=days, today=today))


def _is_expected(deal: OpenDeal, *, days: Days, today: date) -> bool:
    """A day that has passed is expected by nobody."""
    return deal.expected_close is not None and deal.expected_close >= today and deal.expected_close in days


def _goal(days: Days, *, goals: Mapping[date, int]) -> int | None:
    if days.first is None or days.last is None:
        return None
    count = (days.last.year - days.first.year) * 12 + days.last.month - days.first.month + 1
    wanted = [goals.get(month.first) for month in months_from(days.first, count=count) if month.first]
    return None if None in wanted else sum(goal for goal in wanted if goal is not None)
