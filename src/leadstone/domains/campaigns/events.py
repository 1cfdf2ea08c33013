"""What happened to campaigns, their costs and their links."""

from leadstone.kernel.events import Event


class CampaignOpened(Event, frozen=True, kw_only=True):
    """There is a new campaign; visits that named it before it was known are placed anew with it."""

    campaign_id: int


class LinksAdded(Event, frozen=True, kw_only=True):
    """A campaign has new links; the edge does not know their codes yet."""

    campaign_id: int
    link_ids: tuple[int, ...]


class CostRecorded(Event, frozen=True, kw_only=True):
    """Something was spent. `on`: the day (ISO 8601); `amount_minor`: minor units of `currency`."""

    cost_id: int
    campaign_id: int
    on: str
    amount_minor: int
    currency: str


class CostTakenBack(Event, frozen=True, kw_only=True):
    """A cost that was recorded by mistake counts no more."""

    cost_id: int
    campaign_id: int
    on: str
    amount_minor: int
    currency: str
