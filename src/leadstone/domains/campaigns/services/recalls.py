"""Surveys of awareness: written down, taken back, and counted again."""

from datetime import datetime

from django.db import transaction

from leadstone.domains.campaigns.models import Campaign, Recall
from leadstone.domains.campaigns.queries.campaigns import NoSuchCampaign
from leadstone.domains.campaigns.rules import Aim
from leadstone.domains.campaigns.rules.recalls import Asked
from leadstone.kernel.errors import LeadstoneError


class NotASurvey(LeadstoneError):
    code = "not_a_survey"
    sentence = "Say how many people were asked, and how many of them remembered you."


class NotForAwareness(LeadstoneError):
    code = "not_for_awareness"
    sentence = "Only a campaign that should make you known is judged by what people remember."


@transaction.atomic
def record_recall(said: Asked, *, campaign_id: int, note: str = "", by: int | None, now: datetime) -> int:
    """Returns the id of the survey; raises `NoSuchCampaign`, `NotASurvey`, `NotForAwareness`."""
    if not said.is_possible:
        raise NotASurvey
    aim = Campaign.objects.filter(pk=campaign_id).values_list("aim", flat=True).first()
    if aim is None:
        raise NoSuchCampaign
    if aim != Aim.AWARENESS:
        raise NotForAwareness
    row = Recall.objects.create(
        campaign_id=campaign_id,
        on=said.on,
        asked=said.asked,
        remembered=said.remembered,
        note=note.strip()[:200],
        recorded_at=now,
        recorded_by_id=by,
    )
    return row.pk


@transaction.atomic
def take_back_recall(*, campaign_id: int, recall_id: int, now: datetime) -> bool:
    """It was a mistake: from now on it counts nowhere. False when it counts nowhere already."""
    counted = Recall.objects.filter(pk=recall_id, campaign_id=campaign_id, taken_back_at=None)
    return counted.update(taken_back_at=now) == 1


@transaction.atomic
def count_recall_again(*, campaign_id: int, recall_id: int) -> bool:
    """It was none: the survey counts again."""
    gone = Recall.objects.filter(pk=recall_id, campaign_id=campaign_id, taken_back_at__isnull=False)
    return gone.update(taken_back_at=None) == 1
