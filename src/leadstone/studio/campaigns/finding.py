"""The campaign, link or cost that an address names, or 404."""

from django.http import Http404

from leadstone.domains.campaigns.queries import links as link_queries
from leadstone.domains.campaigns.queries.campaigns import CampaignFacts, NoSuchCampaign, campaign
from leadstone.domains.campaigns.queries.links import LinkFacts, NoSuchLink


def find_campaign(campaign_id: int) -> CampaignFacts:
    try:
        return campaign(campaign_id)
    except NoSuchCampaign as unknown:
        raise Http404 from unknown


def find_link(link_id: int) -> LinkFacts:
    try:
        return link_queries.link(link_id)
    except NoSuchLink as unknown:
        raise Http404 from unknown
