"""A view of the list is its address: parameters into a `CampaignFilter`. What is not understood is left out."""

from collections.abc import Mapping

from leadstone.domains.campaigns.rules import Aim
from leadstone.domains.campaigns.rules.looking import CampaignFilter, CampaignOrder, Standing
from leadstone.domains.sources.rules import ChannelType

LONGEST_SEARCH = 200


def read_filter(query: Mapping[str, str]) -> CampaignFilter:
    """The filter that an address line means."""
    channel, aim, standing, order = (query.get(name, "") for name in ("channel", "aim", "standing", "order"))
    owner = query.get("owner", "")
    return CampaignFilter(
        channel=ChannelType(channel) if channel in set(ChannelType) else None,
        aim=Aim(aim) if aim in set(Aim) else None,
        standing=Standing(standing) if standing in set(Standing) else None,
        owner_id=int(owner) if owner.isascii() and owner.isdigit() and len(owner) < 18 else None,
        search=query.get("q", "").replace("\0", " ").strip()[:LONGEST_SEARCH],
        order=CampaignOrder(order) if order in set(CampaignOrder) else CampaignOrder.NEWEST,
    )


def is_narrowed(chosen: CampaignFilter) -> bool:
    """Whether the list shows less than everything."""
    return chosen != CampaignFilter(order=chosen.order)
