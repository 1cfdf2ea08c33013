"""Campaigns: one, many, and those that one may choose from."""

from leadstone.kernel.errors import LeadstoneError


class NoSuchCampaign(LeadstoneError):
    code = "no_such_campaign"
    sentence = "There is no such campaign."
