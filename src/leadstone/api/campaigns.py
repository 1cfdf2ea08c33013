"""What we do to be found, what it cost, and the links that lead from it."""

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from leadstone.api.door import KeyWith
from leadstone.domains.access.rules import Scope
from leadstone.domains.campaigns.queries import campaigns, costs, links
from leadstone.domains.campaigns.rules.looking import CampaignFilter

router = Router(tags=["campaigns"])


class LinkOut(Schema):
    """One tracked link."""

    code: str = Field(examples=["7KQ2MX"])
    label: str
    place: str = Field(examples=["fair", "letter", "online"])
    magnet: str = Field(description="The address of the magnet that it leads to.")
    url: str = Field(description="For screens; on paper /q/ stands for /t/.")


class CampaignOut(Schema):
    """One campaign."""

    id: int
    key: str = Field(description="What stands in utm_campaign.")
    name: str
    channel: str = Field(examples=["trade_fair", "advertising"])
    aim: str = Field(description="“leads” or “awareness”.")
    starts_on: date
    ends_on: date | None
    spent: Mapping[str, int] = Field(
        description="Currency → grosze, cents …; hours and goods are in it.", examples=[{"PLN": 1840000}]
    )
    links: list[LinkOut]


class CampaignList(Schema):
    items: list[CampaignOut]


@router.get(
    "",
    response=CampaignList,
    auth=KeyWith(Scope.READ_FIGURES),
    summary="Campaigns and their costs",
    operation_id="list_campaigns",
)
def list_campaigns(request: HttpRequest) -> CampaignList:
    """Every campaign that is not archived, the latest first."""
    rows = list(campaigns.each_campaign(CampaignFilter(), today=timezone.localdate()))
    spent = costs.sums_of([row.campaign_id for row in rows])
    ways: dict[int, list[LinkOut]] = {}
    for each in links.links_of_campaigns([row.campaign_id for row in rows]):
        way = LinkOut(
            code=each.code,
            label=each.label,
            place=each.place.value,
            magnet=each.slug,
            url=f"{settings.PUBLIC_URL}/t/{each.code}",
        )
        ways.setdefault(each.campaign_id, []).append(way)
    return CampaignList(
        items=[
            CampaignOut(
                id=row.campaign_id,
                key=row.key,
                name=row.name,
                channel=row.channel.value,
                aim=row.aim.value,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                spent=spent.get(row.campaign_id, {}),
                links=ways.get(row.campaign_id, []),
            )
            for row in rows
        ]
    )
