"""What staff write on a deal's card, and that something happened with it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import Q

from leadstone.domains.access import queries as access
from leadstone.domains.pipeline.events import SaleChanged
from leadstone.domains.pipeline.models import CloseReason, Deal
from leadstone.domains.pipeline.rules import StageClass
from leadstone.domains.pipeline.services.versions import Meanwhile, checked_amount, locked, meanwhile
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.decision import YES, Decision
from leadstone.kernel.money import Currency


class ChangeRefusal(StrEnum):
    """Why a deal stays as it is."""

    CHANGED_MEANWHILE = "changed_meanwhile"
    WON_WITHOUT_VALUE = "won_without_value"
    REASON_MISSING = "reason_missing"
    NO_SUCH_OWNER = "no_such_owner"


@dataclass(frozen=True, slots=True, kw_only=True)
class DealWords:
    """Everything that the card lets one write. `manual_probability` in percent; None goes by the stage."""

    title: str
    amount_minor: int | None
    currency: Currency
    expected_close: date | None
    manual_probability: int | None
    owner_id: int | None
    close_reason_id: int | None = None
    close_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What became of a change; `meanwhile` tells who was faster, when that is the refusal."""

    decision: Decision
    version: int
    meanwhile: Meanwhile | None = None


@transaction.atomic
def change_deal(*, deal_id: int, words: DealWords, seen_version: int, by: int, now: datetime) -> Changed:
    """Write a deal anew, if it is as its writer saw it. Raises `NotAnAmount`."""
    deal = locked(deal_id)
    if deal.version != seen_version:
        return Changed(
            decision=Decision(False, ChangeRefusal.CHANGED_MEANWHILE),
            version=deal.version,
            meanwhile=meanwhile(deal, seen_version=seen_version),
        )
    refusal = _refusal(deal, words)
    if refusal is not None:
        return Changed(decision=Decision(False, refusal), version=deal.version)
    before = (deal.amount_minor, deal.currency)
    deal.title = words.title.strip()[:200]
    deal.amount_minor = None if words.amount_minor is None else checked_amount(words.amount_minor)
    deal.currency = words.currency.value
    deal.expected_close = words.expected_close
    deal.manual_probability = words.manual_probability
    deal.owner_id = words.owner_id
    if StageClass(deal.stage.stage_class) is not StageClass.OPEN:
        deal.close_reason_id = words.close_reason_id
        deal.close_note = words.close_note.strip()[:400]
    deal.version += 1
    deal.changed_by_id, deal.changed_at, deal.touched_at = by, now, now
    deal.save()
    if deal.won_at and (deal.amount_minor, deal.currency) != before:
        outbox.record(SaleChanged(deal_id=deal.pk, lead_id=deal.lead_id), at=now)
    return Changed(decision=YES, version=deal.version)


@transaction.atomic
def touch_deals(*, deal_ids: Collection[int] = (), lead_ids: Collection[int] = (), at: datetime) -> None:
    """Something happened with these open deals, or with the leads behind them: they are not rotting. No new version."""
    deals = Deal.objects.filter(Q(pk__in=deal_ids) | Q(lead_id__in=lead_ids), won_at=None, lost_at=None)
    deals.filter(touched_at__lt=at).update(touched_at=at)


def _refusal(deal: Deal, words: DealWords) -> ChangeRefusal | None:
    stage_class = StageClass(deal.stage.stage_class)
    reasons = CloseReason.objects.filter(pk=words.close_reason_id or 0, stage_class=stage_class.value)
    if stage_class is StageClass.WON and words.amount_minor is None:
        return ChangeRefusal.WON_WITHOUT_VALUE
    if stage_class is StageClass.LOST and not reasons.exists():
        return ChangeRefusal.REASON_MISSING
    # What was said of a won deal may be said better, and not unsaid; one that came in without a reason may stay so.
    told = {deal.close_reason_id, words.close_reason_id} - {None}
    if stage_class is StageClass.WON and told and not reasons.exists():
        return ChangeRefusal.REASON_MISSING
    if words.owner_id not in (None, deal.owner_id) and access.member(words.owner_id or 0) is None:
        return ChangeRefusal.NO_SUCH_OWNER
    return None
