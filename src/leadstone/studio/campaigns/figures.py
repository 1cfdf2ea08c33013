"""What campaigns cost and brought: from scans to customers, each with the rows behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse

from leadstone.domains.access.rules import Reader
from leadstone.domains.campaigns.queries import costs, links
from leadstone.domains.campaigns.queries.campaigns import CampaignFacts
from leadstone.domains.campaigns.queries.links import LinkFacts
from leadstone.domains.campaigns.rules import Goal
from leadstone.domains.leads.queries.by_campaign import CampaignLeads, leads_by_campaign, leads_by_form
from leadstone.domains.pipeline.queries.by_campaign import customers_of_campaigns, sales_by_campaign
from leadstone.domains.pipeline.queries.sales import Sales
from leadstone.domains.posts import queries as posts
from leadstone.domains.tracking import queries as tracking
from leadstone.domains.tracking.queries import LinkFigures


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """One campaign in figures. `spent` and revenue: one sum a currency."""

    spent: Mapping[str, int] = field(default_factory=dict)
    reach: int | None = None  # of its posts, each by its latest day; None: nobody looked
    uses: int = 0  # scans and clicks of its links, by people
    views: int = 0
    leads: CampaignLeads = field(default_factory=CampaignLeads)
    sales: Sales = field(default_factory=Sales)

    @property
    def a_customer(self) -> tuple[int, str] | None:
        """What a customer cost, where that can be said: in one currency, with at least one customer."""
        if len(self.spent) != 1 or not self.sales.customers:
            return None
        ((currency, minor),) = self.spent.items()
        return round(minor / self.sales.customers), currency

    def towards(self, goal: Goal) -> int | None:
        """How many of what a goal counts; None where nobody counts that here."""
        counted = {
            Goal.CONFIRMED: self.leads.proven,
            Goal.QUALIFIED: self.leads.qualified,
            Goal.CUSTOMERS: self.sales.customers,
            Goal.REACH: self.reach,
            Goal.SCANS: self.uses,
            Goal.VISITS: self.views,
        }
        return counted.get(goal)


def brought(campaign_ids: Sequence[int], *, reader: Reader) -> dict[int, Brought]:
    """Campaign id → its figures, as far as the reader sees the leads behind them. A fixed number of queries."""
    spent, views = costs.sums_of(campaign_ids), tracking.views_by_campaign(campaign_ids)
    leads, sales = leads_by_campaign(campaign_ids, reader=reader), sales_by_campaign(campaign_ids, reader=reader)
    link_ids, reach = links.links_by_campaign(campaign_ids), posts.reach_by_campaign(campaign_ids)
    used = tracking.figures_of_links([link_id for ids in link_ids.values() for link_id in ids])
    return {
        pk: Brought(
            spent=spent.get(pk, {}),
            reach=reach.get(pk),
            uses=sum(used[link_id].uses for link_id in link_ids.get(pk, [])),
            views=views.get(pk, 0),
            leads=leads.get(pk, CampaignLeads()),
            sales=sales.get(pk, Sales()),
        )
        for pk in campaign_ids
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """One link with what it led to."""

    link: LinkFacts
    figures: LinkFigures
    leads: int
    customers: int


def link_rows(campaign_id: int, *, reader: Reader) -> list[LinkRow]:
    """Every link of a campaign from scans to customers, the newest first."""
    return rows_of_links(links.links_of(campaign_id), reader=reader)


def rows_of_links(found: Sequence[LinkFacts], *, reader: Reader) -> list[LinkRow]:
    """These links from scans to customers, in their order. A fixed number of queries."""
    ids, campaign_ids = [each.link_id for each in found], {each.campaign_id for each in found}
    used, came_by = tracking.figures_of_links(ids), tracking.forms_by_link(ids)
    bought = customers_of_campaigns(campaign_ids, reader=reader) if came_by else set()
    leads: dict[int, list[int]] = {}
    for ref, lead_id in (leads_by_form(campaign_ids, reader=reader) if came_by else {}).items():
        if ref in came_by:
            leads.setdefault(came_by[ref], []).append(lead_id)
    return [
        LinkRow(
            link=each,
            figures=used[each.link_id],
            leads=len(leads.get(each.link_id, [])),
            customers=len(bought.intersection(leads.get(each.link_id, []))),
        )
        for each in found
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a campaign is from its goal. `share`: 0 to 1, never more; None where nobody counts it here."""

    done: int | None
    wanted: int
    share: float | None


def progress(campaign: CampaignFacts, figures: Brought) -> Progress | None:
    if campaign.goal is None or not campaign.goal_number:
        return None
    done = figures.towards(campaign.goal)
    share = min(1.0, done / campaign.goal_number) if done is not None else None
    return Progress(done=done, wanted=campaign.goal_number, share=share)


def leads_address(campaign_id: int, **more: str) -> str:
    """The list of the leads that a campaign brought."""
    return f"{reverse('leads')}?{urlencode({'campaign': campaign_id, **more})}"
