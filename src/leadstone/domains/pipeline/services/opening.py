"""Deals begin: with a promotion, by hand, or as a sale that nobody saw coming."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db import transaction

from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads import services as leads_services
from leadstone.domains.leads.queries import LeadCard
from leadstone.domains.leads.queries.standing import statuses, subjects
from leadstone.domains.leads.rules import UNDO_WITHIN, Status
from leadstone.domains.pipeline import queries
from leadstone.domains.pipeline.events import DealOpened, DealTakenBack, DealWon
from leadstone.domains.pipeline.models import Deal, StageChange
from leadstone.domains.pipeline.rules import StageClass
from leadstone.domains.pipeline.services.versions import checked_amount
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.decision import YES, Decision
from leadstone.kernel.money import Currency

PRESSED_TWICE = timedelta(seconds=10)


class OpenRefusal(StrEnum):
    """Why a lead gets no deal."""

    NOT_QUALIFIED = "not_qualified"  # a lead is no prospect until somebody has established intent and interest


@dataclass(frozen=True, slots=True)
class Opened:
    """What became of a wish for a deal; `deal_id` is None with a refusal."""

    decision: Decision
    deal_id: int | None = None


@transaction.atomic
def open_promoted(*, lead_id: int, promotion_id: int, now: datetime) -> int | None:
    """The deal of a promotion, in the first open stage; its id, also when it was opened before. None: the lead is gone."""
    known = Deal.objects.filter(promotion_id=promotion_id).values_list("pk", flat=True).first()
    if known is not None:
        return known
    if lead_id not in statuses([lead_id]):
        return None
    card = leads.lead_card(lead_id, reader=THE_HOUSE)
    deal = _begin(card, StageClass.OPEN, now=now)
    deal.title = card.magnet_title[:200]
    deal.promotion_id = promotion_id
    _enter(deal, by=card.owner_id, now=now)
    outbox.record(DealOpened(deal_id=deal.pk, lead_id=lead_id), at=now)
    return deal.pk


@transaction.atomic
def take_back_promoted(*, promotion_id: int, now: datetime) -> bool:
    """A promotion was undone: its deal goes too, while nobody has touched it. False when there is none, or somebody did."""
    untouched = Deal.objects.filter(promotion_id=promotion_id, version=0)
    lead_id = untouched.values_list("lead_id", flat=True).first()
    if lead_id is None:
        return False
    untouched.delete()
    outbox.record(DealTakenBack(lead_id=lead_id), at=now)
    return True


@transaction.atomic
def add_deal(
    *,
    lead_id: int,
    title: str,
    amount_minor: int | None,
    currency: Currency,
    expected_close: date | None,
    by: int,
    now: datetime,
) -> Opened:
    """One more deal with a qualified lead, in the first stage of the board. Raises `NoSuchLead` or `NotAnAmount`."""
    card = leads.lead_card(lead_id, reader=THE_HOUSE)
    if card.status is not Status.QUALIFIED:
        return Opened(Decision(False, OpenRefusal.NOT_QUALIFIED))
    deal = _begin(card, StageClass.OPEN, now=now)
    deal.title = title.strip()[:200]
    deal.amount_minor = None if amount_minor is None else checked_amount(amount_minor)
    deal.currency = currency.value
    deal.expected_close = expected_close
    deal.owner_id = card.owner_id or by
    deal.recorded_by_id = by
    _enter(deal, by=by, now=now)
    outbox.record(DealOpened(deal_id=deal.pk, lead_id=lead_id), at=now)
    return Opened(YES, deal.pk)


@transaction.atomic
def record_deal(*, lead_id: int, amount_minor: int, currency: Currency, title: str, by: int | None, now: datetime) -> int:
    """They bought: keep it and return the deal's id; `by` None is a machine. Raises `NoSuchLead` or `NotAnAmount`.

    The same sale, told by the same colleague within seconds, is a second press of the button: it is the one deal.
    """
    amount = checked_amount(amount_minor)
    leads_services.hold_lead(lead_id)  # a second press waits for the first
    told = Deal.objects.filter(
        lead_id=lead_id, amount_minor=amount, currency=currency.value, title=title.strip()[:200], recorded_by_id=by, version=0
    )
    known = told.filter(won_at__gt=now - PRESSED_TWICE).values_list("pk", flat=True).first()
    if known is not None:
        return known
    deal = _begin(leads.lead_card(lead_id, reader=THE_HOUSE), StageClass.WON, now=now)
    deal.title = title.strip()[:200]
    deal.amount_minor = amount
    deal.currency = currency.value
    deal.won_at = now
    deal.recorded_by_id = by
    _enter(deal, by=by, now=now)
    outbox.record(DealWon(deal_id=deal.pk, lead_id=lead_id), at=now)
    return deal.pk


@transaction.atomic
def take_back_deal(*, deal_id: int, lead_id: int, now: datetime) -> bool:
    """Undo `record_deal` and `add_deal` a moment after them; False when it was undone before, or somebody has worked with the
    deal since. What a promotion opened goes with the promotion only.
    """
    fresh = Deal.objects.filter(pk=deal_id, lead_id=lead_id, version=0, promotion=None, opened_at__gte=now - UNDO_WITHIN)
    gone, _rows = fresh.delete()
    if gone:
        outbox.record(DealTakenBack(lead_id=lead_id), at=now)
    return bool(gone)


def _begin(card: LeadCard, stage_class: StageClass, *, now: datetime) -> Deal:
    """A deal with the lead's person, company and owner, not saved yet."""
    return Deal(
        lead_id=card.lead_id,
        contact_id=card.contact_id,
        company_id=subjects([card.lead_id])[card.lead_id].company_id,
        owner_id=card.owner_id,
        stage_id=queries.first_stage(stage_class),
        currency=Currency.PLN.value,
        opened_at=now,
        entered_stage_at=now,
        touched_at=now,
    )


def _enter(deal: Deal, *, by: int | None, now: datetime) -> None:
    deal.save(force_insert=True)
    StageChange.objects.create(deal=deal, before=None, after_id=deal.stage_id, at=now, by_id=by)
