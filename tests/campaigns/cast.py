"""Campaigns and links that tests of where leads come from begin with."""

import itertools
from datetime import date, datetime

from leadstone.domains.campaigns.queries.links import LinkFacts, link
from leadstone.domains.campaigns.rules import Place
from leadstone.domains.campaigns.services.campaigns import CampaignWords, open_campaign
from leadstone.domains.campaigns.services.links import add_link
from leadstone.domains.sources.rules import ChannelType
from tests.cast import MONDAY, Guide

_numbers = itertools.count(1)


def words(**changes: object) -> CampaignWords:
    told: dict[str, object] = {
        "name": "Targi Budma",
        "channel": ChannelType.TRADE_FAIR,
        "starts_on": date(2026, 11, 1),
    }
    return CampaignWords(**(told | changes))  # type: ignore[arg-type]  # the keys are those of the words


def campaign(key: str = "", *, by: int | None = None, at: datetime = MONDAY, **changes: object) -> int:
    return open_campaign(words(**changes), key=key or f"campaign-{next(_numbers)}", by=by, now=at)


def link_to(guide: Guide, campaign_id: int, *, place: Place = Place.FAIR, label: str = "Banner by the door") -> LinkFacts:
    return link(add_link(campaign_id=campaign_id, magnet_id=guide.magnet_id, label=label, place=place, by=None, now=MONDAY))
