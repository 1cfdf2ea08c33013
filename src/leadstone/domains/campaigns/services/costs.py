"""Costs: recorded, taken back, and counted again."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from leadstone.domains.campaigns.events import CostRecorded, CostTakenBack
from leadstone.domains.campaigns.models import Campaign, Cost
from leadstone.domains.campaigns.queries.campaigns import NoSuchCampaign
from leadstone.domains.campaigns.rules.costs import Spent
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.errors import LeadstoneError


class NotACost(LeadstoneError):
    code = "not_a_cost"
    sentence = "Say how much money, or how many hours or pieces and what one of them costs."


@transaction.atomic
def record_cost(spent: Spent, *, campaign_id: int, on: date, note: str = "", by: int | None, now: datetime) -> int:
    """Returns the id of the cost; raises `NoSuchCampaign`, `NotACost`."""
    if not spent.is_complete:
        raise NotACost
    if not Campaign.objects.filter(pk=campaign_id).exists():
        raise NoSuchCampaign
    row = Cost.objects.create(
        campaign_id=campaign_id,
        on=on,
        kind=spent.kind.value,
        quantity=spent.quantity,
        rate_minor=spent.rate_minor,
        amount_minor=spent.sum_minor,
        currency=spent.currency.value,
        note=note.strip()[:200],
        recorded_at=now,
        recorded_by_id=by,
    )
    outbox.record(_told(CostRecorded, row), at=now)
    return row.pk


@transaction.atomic
def take_back_cost(*, campaign_id: int, cost_id: int, now: datetime) -> bool:
    """It was a mistake: from now on it counts nowhere. False when it counts nowhere already."""
    counted = Cost.objects.filter(pk=cost_id, campaign_id=campaign_id, taken_back_at=None)
    return _turned(counted, taken_back_at=now, event=CostTakenBack, now=now)


@transaction.atomic
def count_cost_again(*, campaign_id: int, cost_id: int, now: datetime) -> bool:
    """It was none: the cost counts again."""
    gone = Cost.objects.filter(pk=cost_id, campaign_id=campaign_id, taken_back_at__isnull=False)
    return _turned(gone, taken_back_at=None, event=CostRecorded, now=now)


def _turned(
    rows: QuerySet[Cost], *, taken_back_at: datetime | None, event: type[CostRecorded | CostTakenBack], now: datetime
) -> bool:
    row = rows.select_for_update().first()
    if row is None:
        return False
    row.taken_back_at = taken_back_at
    row.save(update_fields=["taken_back_at"])
    outbox.record(_told(event, row), at=now)
    return True


def _told(event: type[CostRecorded | CostTakenBack], row: Cost) -> CostRecorded | CostTakenBack:
    return event(
        cost_id=row.pk,
        campaign_id=row.campaign_id,
        on=row.on.isoformat(),
        amount_minor=row.amount_minor,
        currency=row.currency,
    )
