"""The only writes of deals."""

from datetime import datetime

from django.db import transaction

from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.leads import queries as leads
from leadstone.domains.pipeline import queries
from leadstone.domains.pipeline.events import DealTakenBack, DealWon
from leadstone.domains.pipeline.models import Deal, StageChange
from leadstone.domains.pipeline.rules import StageClass
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.errors import LeadstoneError
from leadstone.kernel.money import LARGEST_MINOR, Currency


class NotAnAmount(LeadstoneError):
    code = "not_an_amount"
    sentence = "This is not an amount of money."


@transaction.atomic
def record_deal(*, lead_id: int, amount_minor: int, currency: Currency, title: str, by: int, now: datetime) -> int:
    """They bought: keep it and return the deal's id. Raises `NoSuchLead` or `NotAnAmount`."""
    if not 0 < amount_minor <= LARGEST_MINOR:
        raise NotAnAmount
    card = leads.lead_card(lead_id, reader=THE_HOUSE)
    won = queries.first_stage(StageClass.WON)
    deal = Deal.objects.create(
        lead_id=lead_id,
        contact_id=card.contact_id,
        owner_id=card.owner_id,
        stage_id=won,
        title=title.strip()[:200],
        amount_minor=amount_minor,
        currency=currency.value,
        opened_at=now,
        entered_stage_at=now,
        touched_at=now,
        won_at=now,
        recorded_by_id=by,
    )
    StageChange.objects.create(deal=deal, before=None, after_id=won, at=now, by_id=by)
    outbox.record(DealWon(deal_id=deal.pk, lead_id=lead_id), at=now)
    return deal.pk


@transaction.atomic
def take_back_deal(*, deal_id: int, lead_id: int, now: datetime) -> bool:
    """Undo `record_deal`; False when it was undone before."""
    gone, _rows = Deal.objects.filter(pk=deal_id, lead_id=lead_id).delete()
    if gone:
        outbox.record(DealTakenBack(lead_id=lead_id), at=now)
    return bool(gone)
