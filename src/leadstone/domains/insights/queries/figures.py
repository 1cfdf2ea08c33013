"""What each magnet brings, as figures; each can be opened to its rows by the list that counts the same thing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from leadstone.domains.grants import queries as grants
from leadstone.domains.grants.queries import Fates
from leadstone.domains.insights.rules import FigureOrder, Honesty, MagnetFacts, honesty
from leadstone.domains.leads import queries as leads
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.pipeline import queries as pipeline
from leadstone.domains.pipeline.queries import Sales
from leadstone.domains.tracking import queries as tracking
from leadstone.kernel.folding import fold

PERIOD = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class MagnetFigures:
    """One magnet since `since`. `revenue`: currency → minor units. `proven`: mailboxes; `delivered`: complete files."""

    magnet_id: int
    title: str
    since: datetime
    views: int = 0
    submissions: int = 0
    proven: int = 0
    delivered: int = 0
    kept: int = 0
    partly: int = 0
    broken: int = 0
    leads: int = 0
    customers: int = 0
    revenue: Mapping[str, int] = field(default_factory=dict)
    honesty: Honesty

    @property
    def ratings(self) -> int:
        return self.kept + self.partly + self.broken

    @property
    def kept_share(self) -> float | None:
        """The share of the answers that said yes; None when nobody answered."""
        return self.kept / self.ratings if self.ratings else None


def figures(*, now: datetime, period: timedelta = PERIOD, order: FigureOrder = FigureOrder.CUSTOMERS) -> list[MagnetFigures]:
    """Every magnet's figures over the last `period`. A fixed number of queries."""
    # Whole days, today among them: so that the list of leads, and the proof, can be asked for the very same.
    first = now.astimezone(UTC).date() - period + timedelta(days=1)
    since = datetime.combine(first, time.min, UTC)
    views = _views(since)
    fates, opened = grants.fates_by_magnet(since=since), leads.leads_by_magnet(since=since)
    sales = pipeline.sales_by_magnet(since=since)
    titles = magnets.titles()
    facts = {pk: _facts(opened.get(pk, 0), fates.get(pk, Fates()), sales.get(pk, Sales())) for pk in titles}
    rows = [
        MagnetFigures(
            magnet_id=pk,
            title=title,
            since=since,
            views=views.get(pk, 0),
            submissions=fates.get(pk, Fates()).promised,
            proven=fates.get(pk, Fates()).opened,
            delivered=fates.get(pk, Fates()).delivered,
            kept=facts[pk].kept,
            partly=facts[pk].partly,
            broken=facts[pk].broken,
            leads=facts[pk].leads,
            customers=facts[pk].customers,
            revenue=sales.get(pk, Sales()).revenue,
            honesty=honesty(facts[pk], others=_sum([one for other, one in facts.items() if other != pk])),
        )
        for pk, title in titles.items()
    ]
    return sorted(rows, key=lambda row: (_rank(row, order), fold(row.title)))


def _rank(row: MagnetFigures, order: FigureOrder) -> tuple[float, int]:
    """What stands first is smallest; equal figures are told apart by leads, and leads by title."""
    figure: Mapping[FigureOrder, float] = {
        FigureOrder.CUSTOMERS: row.customers,
        FigureOrder.LEADS: row.leads,
        FigureOrder.VIEWS: row.views,
        FigureOrder.DELIVERED: row.delivered,
        FigureOrder.KEPT: -1 if row.kept_share is None else row.kept_share,
    }
    return (0, 0) if order is FigureOrder.TITLE else (-figure[order], -row.leads)


def figures_of(magnet_id: int, *, now: datetime, period: timedelta = PERIOD) -> MagnetFigures | None:
    """The figures of one magnet, judged against the others; None when there is no such magnet."""
    return next((row for row in figures(now=now, period=period) if row.magnet_id == magnet_id), None)


def pointed_at(*, now: datetime) -> list[MagnetFigures]:
    """The magnets that somebody should look at, the one with the most leads first."""
    return [row for row in figures(now=now, order=FigureOrder.LEADS) if row.honesty.pointed_at]


def _views(since: datetime) -> dict[int, int]:
    by_version = tracking.views_by_version(since=since.date())
    magnet_of = magnets.magnet_ids(by_version)
    found: dict[int, int] = {}
    for version_id, people in by_version.items():
        if version_id in magnet_of:
            found[magnet_of[version_id]] = found.get(magnet_of[version_id], 0) + people
    return found


def _facts(leads_opened: int, fates: Fates, sales: Sales) -> MagnetFacts:
    return MagnetFacts(leads=leads_opened, customers=sales.customers, kept=fates.kept, partly=fates.partly, broken=fates.broken)


def _sum(facts: Sequence[MagnetFacts]) -> MagnetFacts:
    return MagnetFacts(leads=sum(one.leads for one in facts), customers=sum(one.customers for one in facts))
