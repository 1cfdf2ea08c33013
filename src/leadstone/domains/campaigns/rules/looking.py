"""How campaigns are looked for, and where one stands on a day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from leadstone.domains.campaigns.rules import Aim
from leadstone.domains.sources.rules import ChannelType


class Standing(StrEnum):
    """Where a campaign stands on a day."""

    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"
    ARCHIVED = "archived"


class CampaignOrder(StrEnum):
    NEWEST = "newest"  # by the day it begins
    NAME = "name"
    COST = "cost"


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignFilter:
    """What a list of campaigns shows. Without a standing: all that are not archived."""

    channel: ChannelType | None = None
    aim: Aim | None = None
    standing: Standing | None = None
    owner_id: int | None = None
    search: str = ""
    order: CampaignOrder = CampaignOrder.NEWEST


def standing_on(day: date, *, starts_on: date, ends_on: date | None, archived: bool) -> Standing:
    if archived:
        return Standing.ARCHIVED
    if day < starts_on:
        return Standing.PLANNED
    return Standing.ENDED if ends_on is not None and ends_on < day else Standing.RUNNING
