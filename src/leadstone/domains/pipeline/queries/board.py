"""The board: columns of deals with their sums, and what each card shows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from leadstone.domains.access.rules import Reader
from leadstone.domains.activities import queries as activities
from leadstone.domains.activities.queries import ActivityFacts
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.pipeline.models import Deal
from leadstone.domains.pipeline.queries.seen import deals_seen_by
from leadstone.domains.pipeline.queries.stages import stages
from leadstone.domains.pipeline.rules import StageClass, StageFacts, rots_since
from leadstone.domains.pipeline.rules.board import BoardFilter, Whose
from leadstone.kernel.folding import fold
from leadstone.kernel.periods import month_of

SHOWN_IN_A_COLUMN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class DealLine:
    """One card. `amount_minor` is None while nobody has said what the deal is worth; `probability` in percent."""

    deal_id: int
    lead_id: int
    version: int
    stage_id: int
    stage_class: StageClass
    who: str  # the company, else the person, else their address; empty when nothing is known
    person: str
    title: str
    amount_minor: int | None
    currency: str
    probability: int
    owner_id: int | None
    owner_name: str
    magnet_title: str
    opened_at: datetime
    entered_stage_at: datetime
    closed_at: datetime | None
    quiet_since: datetime
    rotting: bool
    planned: ActivityFacts | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """What the deals of a column are worth in one currency, and what of it is likely."""

    currency: str
    count: int
    total: int
    weighted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A stage with its first cards; closed stages show the deals that were closed since the first of the month."""

    stage: StageFacts
    count: int
    totals: tuple[Total, ...]  # the currency of most deals first
    cards: tuple[DealLine, ...]

    @property
    def more(self) -> int:
        return self.count - len(self.cards)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Who looks at the board, and when. `month_began`: midnight of the first of the reader's month."""

    reader: Reader
    now: datetime
    month_began: datetime


def board(chosen: BoardFilter, *, look: Look) -> list[Column]:
    """Every stage that is in use as a column. A fixed number of queries for the number of stages, however many deals."""
    columns = stages()
    deals = deals_on_board(chosen, columns=columns, look=look)
    totals = _totals(deals)
    rows = {stage.stage_id: list(_with_names(_in_order(deals, stage))[:SHOWN_IN_A_COLUMN]) for stage in columns}
    lines = _lines([row for column in rows.values() for row in column], stages=columns, now=look.now)
    return [
        Column(
            stage=stage,
            count=sum(total.count for total in totals.get(stage.stage_id, ())),
            totals=totals.get(stage.stage_id, ()),
            cards=tuple(lines[row.pk] for row in rows[stage.stage_id]),
        )
        for stage in columns
    ]


def deal_line(deal_id: int, *, look: Look) -> DealLine | None:
    """One card as the board shows it; None for a deal that the reader may not see."""
    row = _with_names(deals_seen_by(look.reader)).filter(pk=deal_id).first()
    return _lines([row], stages=stages(archived=True), now=look.now)[deal_id] if row else None


def deals_on_board(chosen: BoardFilter, *, columns: Sequence[StageFacts], look: Look) -> QuerySet[Deal]:
    """The one query behind cards and sums: open deals, and those closed this month."""
    deals = deals_seen_by(look.reader).filter(stage__in=[stage.stage_id for stage in columns])
    deals = deals.filter(Q(won_at=None, lost_at=None) | Q(won_at__gte=look.month_began) | Q(lost_at__gte=look.month_began))
    for wanted in _conditions(chosen, columns=columns, look=look):
        deals = deals.filter(wanted)
    return deals


def _conditions(chosen: BoardFilter, *, columns: Sequence[StageFacts], look: Look) -> Iterator[Q]:
    if chosen.whose is Whose.MINE:
        yield Q(owner_id=look.reader.user_id)
    elif chosen.whose is Whose.TEAM:
        yield Q(owner_id__in={*look.reader.team, look.reader.user_id})
    if chosen.owner_id is not None:
        yield Q(owner_id=chosen.owner_id)
    if chosen.closing is not None:
        month = month_of(chosen.closing)
        yield Q(expected_close__range=(month.first, month.last), won_at=None, lost_at=None)
    if chosen.rotting:
        yield rotting(columns, now=look.now)
    if chosen.unplanned:
        yield Q(won_at=None, lost_at=None) & ~Q(activities.planned_for(deal=OuterRef("pk"), lead=OuterRef("lead")))
    # Every word must be found, in any order; NUL cannot be stored, so nothing holds it.
    for word in fold(chosen.search.replace("\0", " ")).split()[:8]:
        yield Q(contact__search__contains=word) | Q(company__search__contains=word) | Q(title__icontains=word)


def rotting(columns: Sequence[StageFacts], *, now: datetime) -> Q:
    """The condition of `rules.rots_since` for a query of deals."""
    found = Q(pk__in=[])
    for stage in columns:
        if stage.stage_class is StageClass.OPEN and stage.rots_after_days is not None:
            found |= Q(stage=stage.stage_id, touched_at__lte=now - timedelta(days=stage.rots_after_days))
    return found


def _in_order(deals: QuerySet[Deal], stage: StageFacts) -> QuerySet[Deal]:
    return deals.filter(stage=stage.stage_id).order_by("-entered_stage_at", "-pk")


def _totals(deals: QuerySet[Deal]) -> dict[int, tuple[Total, ...]]:
    """Stage id → its sums, rounded for each deal as `rules.forecast.weighted` does."""
    amount = Coalesce("amount_minor", 0)
    percent = Coalesce("manual_probability", "stage__probability")
    # A closed deal is no guess any more, whatever somebody guessed before.
    chance = Case(
        When(won_at__isnull=False, then=Value(100)),
        When(lost_at__isnull=False, then=Value(0)),
        default=percent,
        output_field=IntegerField(),
    )
    rows = deals.order_by().values("stage_id", "currency")
    summed = rows.annotate(count=Count("pk"), total=Sum(amount), weighted=Sum((amount * chance + 50) / 100))
    found: dict[int, list[Total]] = {}
    for row in summed:
        total = Total(currency=row["currency"], count=row["count"], total=int(row["total"]), weighted=int(row["weighted"]))
        found.setdefault(row["stage_id"], []).append(total)
    return {stage_id: tuple(sorted(each, key=lambda total: -total.count)) for stage_id, each in found.items()}


def _with_names(deals: QuerySet[Deal]) -> QuerySet[Deal]:
    return deals.select_related("contact", "company", "owner", "lead__magnet")


def _lines(rows: Sequence[Deal], *, stages: Sequence[StageFacts], now: datetime) -> dict[int, DealLine]:
    planned = activities.next_activities({row.pk: row.lead_id for row in rows})
    addresses = addresses_of(row for row in rows if not known_as(row))
    known = {stage.stage_id: stage for stage in stages}
    return {
        row.pk: _line(row, stage=known[row.stage_id], planned=planned, address=addresses.get(row.contact_id or 0, ""), now=now)
        for row in rows
    }


def known_as(deal: Deal) -> str:
    """What a deal is called by: its company, else its person. A company of which only the domain is known is no name."""
    person, company = deal.contact.name if deal.contact else "", deal.company
    if company is None or (person and company.name == company.domain):
        return person
    return company.name


def addresses_of(nameless: Iterable[Deal]) -> dict[int, str]:
    """Contact id → their address: two people without a name are told apart. No query when there is nobody."""
    people = {row.contact_id for row in nameless if row.contact_id is not None}
    return {contact_id: mailbox.value for contact_id, mailbox in contacts.mailboxes(people).items()} if people else {}


def _line(row: Deal, *, stage: StageFacts, planned: Mapping[int, ActivityFacts], address: str, now: datetime) -> DealLine:
    person = row.contact.name if row.contact else ""
    is_open = stage.stage_class is StageClass.OPEN
    return DealLine(
        deal_id=row.pk,
        lead_id=row.lead_id,
        version=row.version,
        stage_id=row.stage_id,
        stage_class=stage.stage_class,
        who=known_as(row) or address,
        person=person,
        title=row.title,
        amount_minor=row.amount_minor,
        currency=row.currency,
        probability=stage.probability if row.manual_probability is None else row.manual_probability,
        owner_id=row.owner_id,
        owner_name=row.owner.name if row.owner else "",
        magnet_title=row.lead.magnet.title if row.lead.magnet else "",
        opened_at=row.opened_at,
        entered_stage_at=row.entered_stage_at,
        closed_at=row.won_at or row.lost_at,
        quiet_since=row.touched_at,
        rotting=is_open and rots_since(quiet_since=row.touched_at, rots_after_days=stage.rots_after_days, now=now),
        planned=planned.get(row.pk),
    )
