"""The only reads of trials that others may call."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, QuerySet

from leadstone.domains.trials.models import Trial
from leadstone.domains.trials.rules import Order, State
from leadstone.kernel.errors import LeadstoneError

PAGE_SIZE = 50
MOST_COUNTED = 10_000
_ORDERS = {Order.NEWEST: ("-started_at", "-pk"), Order.ENDING: ("ends_at", "pk")}


class NoSuchTrial(LeadstoneError):
    code = "no_such_trial"
    sentence = "There is no such trial."


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialFacts:
    """A trial as it stands."""

    trial_id: int
    key: UUID
    contact_id: int | None
    name: str
    magnet_id: int
    magnet_title: str
    version_id: int
    grant_id: int | None
    state: State
    days: int
    zone: str
    started_at: datetime
    ends_at: datetime
    endpoint_key: UUID | None
    activated_at: datetime | None
    used_at: datetime | None
    uses: int
    converted_at: datetime | None
    deal_id: int | None
    amount_minor: int | None
    currency: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class TrialFilter:
    """Which trials a list shows, and in which order."""

    state: State | None = None
    magnet_id: int | None = None
    order: Order = Order.NEWEST


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialPage:
    """One page; `count` goes no further than `MOST_COUNTED`."""

    lines: tuple[TrialFacts, ...]
    number: int
    has_next: bool
    count: int


def trial(trial_id: int) -> TrialFacts | None:
    return _first(Trial.objects.filter(pk=trial_id))


def trial_by_key(key: UUID) -> TrialFacts:
    """The trial that another system names; raises `NoSuchTrial`."""
    found = _first(Trial.objects.filter(key=key))
    if found is None:
        raise NoSuchTrial
    return found


def trial_of(*, contact_id: int, magnet_id: int) -> TrialFacts | None:
    """The one trial that a person has of a magnet."""
    return _first(Trial.objects.filter(contact_id=contact_id, magnet_id=magnet_id))


def trials_matching(chosen: TrialFilter, *, among: Exists | None = None) -> QuerySet[Trial]:
    """The one query behind list, count and export. `among`: what holds of contact and magnet of those that are asked for."""
    rows = Trial.objects.select_related("contact", "magnet").order_by(*_ORDERS[chosen.order])
    if among is not None:
        rows = rows.filter(among)
    if chosen.state is not None:
        rows = rows.filter(state=chosen.state.value)
    if chosen.magnet_id is not None:
        rows = rows.filter(magnet_id=chosen.magnet_id)
    return rows


def trial_page(chosen: TrialFilter, *, among: Exists | None = None, page: int = 1, size: int = PAGE_SIZE) -> TrialPage:
    """A page beyond the end is empty."""
    number = max(page, 1)
    start = (number - 1) * size
    found = trials_matching(chosen, among=among)
    rows = list(found[start : start + size + 1])
    count = found.order_by().values("pk")[:MOST_COUNTED].count()
    return TrialPage(lines=tuple(_facts(row) for row in rows[:size]), number=number, has_next=len(rows) > size, count=count)


def each_trial(chosen: TrialFilter, *, among: Exists | None = None) -> Iterator[TrialFacts]:
    """Every matching trial for an export, in constant memory."""
    return (_facts(row) for row in trials_matching(chosen, among=among).iterator(chunk_size=1000))


def magnets_on_trial() -> dict[int, str]:
    """Magnet id → title, for those that anybody ever tried."""
    return dict(Trial.objects.order_by("magnet__title").values_list("magnet_id", "magnet__title").distinct())


def uses_of_grants(grant_ids: Collection[int]) -> dict[int, datetime | None]:
    """Grant id → when they first went in, None while they have not; grants without a trial are left out."""
    return dict(Trial.objects.filter(grant_id__in=grant_ids).values_list("grant_id", "activated_at"))


def _first(rows: QuerySet[Trial]) -> TrialFacts | None:
    row = rows.select_related("contact", "magnet").first()
    return _facts(row) if row else None


def _facts(row: Trial) -> TrialFacts:
    return TrialFacts(
        trial_id=row.pk,
        key=row.key,
        contact_id=row.contact_id,
        name=row.contact.name if row.contact else "",
        magnet_id=row.magnet_id,
        magnet_title=row.magnet.title,
        version_id=row.version_id,
        grant_id=row.grant_id,
        state=State(row.state),
        days=row.days,
        zone=row.zone,
        started_at=row.started_at,
        ends_at=row.ends_at,
        endpoint_key=row.endpoint_key,
        activated_at=row.activated_at,
        used_at=row.used_at,
        uses=row.uses,
        converted_at=row.converted_at,
        deal_id=row.deal_id,
        amount_minor=row.amount_minor,
        currency=row.currency,
        ended_at=row.ended_at,
    )
