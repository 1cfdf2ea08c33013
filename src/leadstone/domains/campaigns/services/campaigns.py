"""Campaigns: opened, changed, put away and brought back."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from leadstone.domains.campaigns.events import CampaignOpened
from leadstone.domains.campaigns.models import Campaign
from leadstone.domains.campaigns.queries.campaigns import NoSuchCampaign, is_key_taken
from leadstone.domains.campaigns.rules import Aim, Goal, may_have_goal
from leadstone.domains.sources.rules import ChannelType
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.errors import LeadstoneError
from leadstone.kernel.folding import fold

LONGEST_KEY = 60
_KEY = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


class KeyTaken(LeadstoneError):
    code = "key_taken"
    sentence = "Another campaign has this short name."


class NotAKey(LeadstoneError):
    code = "not_a_key"
    sentence = "A short name has small letters, digits and hyphens: targi-2026."


class NoLeadGoal(LeadstoneError):
    code = "no_lead_goal"
    sentence = "Awareness is judged by reach, scans or visits, and never by leads."


class EndsBeforeItStarts(LeadstoneError):
    code = "ends_before_it_starts"
    sentence = "It cannot end before it begins."


class GoalWithoutNumber(LeadstoneError):
    code = "goal_without_number"
    sentence = "Say how many."


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignWords:
    """What is said of a campaign; everything of it may change but its key, which stands in printed addresses."""

    name: str
    channel: ChannelType
    starts_on: date
    ends_on: date | None = None
    aim: Aim = Aim.LEADS
    owner_id: int | None = None
    goal: Goal | None = None
    goal_number: int | None = None
    note: str = ""


def key_from(name: str) -> str:
    """A short name for a campaign, as its address lines will say it: "Targi Budma 2026" becomes "targi-budma-2026"."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(name)))[:LONGEST_KEY].strip("-")


@transaction.atomic
def open_campaign(words: CampaignWords, *, key: str, by: int | None, now: datetime) -> int:
    """A new campaign. Returns its id; raises `NotAKey`, `KeyTaken`, `NoLeadGoal`, `GoalWithoutNumber`, `EndsBeforeItStarts`."""
    if len(key) > LONGEST_KEY or not _KEY.fullmatch(key):
        raise NotAKey
    if is_key_taken(key):
        raise KeyTaken
    try:
        with transaction.atomic():
            row = Campaign.objects.create(key=key, created_at=now, created_by_id=by, **_columns(words))
    except IntegrityError as taken:
        # Somebody opened one under the same key in this moment.
        if is_key_taken(key):
            raise KeyTaken from taken
        raise
    outbox.record(CampaignOpened(campaign_id=row.pk), at=now)
    return row.pk


@transaction.atomic
def change_campaign(words: CampaignWords, *, campaign_id: int) -> None:
    """Raises `NoSuchCampaign` and what `open_campaign` raises of its words."""
    if not Campaign.objects.filter(pk=campaign_id).update(**_columns(words)):
        raise NoSuchCampaign


@transaction.atomic
def archive(*, campaign_id: int, now: datetime) -> bool:
    """Out of the lists and of what may be chosen; its links lead on and its figures stay. False when it is there already."""
    return Campaign.objects.filter(pk=campaign_id, archived_at=None).update(archived_at=now) == 1


@transaction.atomic
def bring_back(*, campaign_id: int) -> bool:
    return Campaign.objects.filter(pk=campaign_id, archived_at__isnull=False).update(archived_at=None) == 1


def _columns(words: CampaignWords) -> dict[str, object]:
    if not may_have_goal(words.aim, words.goal):
        raise NoLeadGoal
    if words.goal is not None and not words.goal_number:
        raise GoalWithoutNumber
    if words.ends_on is not None and words.ends_on < words.starts_on:
        raise EndsBeforeItStarts
    return {
        "name": words.name.strip(),
        "channel": words.channel.value,
        "aim": words.aim.value,
        "starts_on": words.starts_on,
        "ends_on": words.ends_on,
        "owner_id": words.owner_id,
        "goal": words.goal.value if words.goal else "",
        "goal_number": words.goal_number if words.goal else None,
        "note": words.note.strip(),
    }
