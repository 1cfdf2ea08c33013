"""What campaigns, costs and links are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leadstone.domains.campaigns.rules import Aim, CostKind, Goal, Place, SpelledField
from leadstone.domains.campaigns.rules.looking import CampaignOrder, Standing
from leadstone.domains.campaigns.rules.recalls import Change

Words = str | Promise

AIM: Mapping[Aim, Words] = {
    Aim.LEADS: _("To bring leads"),
    Aim.AWARENESS: _("To be known"),
}
GOAL: Mapping[Goal, Words] = {
    Goal.CONFIRMED: _("leads with a proven mailbox"),
    Goal.QUALIFIED: _("qualified leads"),
    Goal.CUSTOMERS: _("customers"),
    Goal.REACH: _("people reached"),
    Goal.SCANS: _("scans and clicks"),
    Goal.VISITS: _("looks at a page"),
}
COST_KIND: Mapping[CostKind, Words] = {
    CostKind.MONEY: _("Money"),
    CostKind.HOURS: _("Hours of work"),
    CostKind.GOODS: _("Goods"),
}
PLACE: Mapping[Place, Words] = {
    Place.ONLINE: _("On the web"),
    Place.POST: _("In a social post"),
    Place.PRINT: _("In print: a leaflet, a poster, a paper"),
    Place.LETTER: _("In letters"),
    Place.COUNTER: _("At the counter"),
    Place.FAIR: _("At a fair"),
    Place.AIR: _("Spoken: radio, podcast"),
    Place.OTHER: _("Elsewhere"),
}
STANDING: Mapping[Standing, Words] = {
    Standing.PLANNED: pgettext_lazy("a campaign", "Planned"),
    Standing.RUNNING: pgettext_lazy("a campaign", "Running"),
    Standing.ENDED: pgettext_lazy("a campaign", "Ended"),
    Standing.ARCHIVED: pgettext_lazy("a campaign", "Archived"),
}
TONE: Mapping[Standing, str] = {Standing.PLANNED: "warn", Standing.RUNNING: "good", Standing.ENDED: "", Standing.ARCHIVED: ""}
ORDER: Mapping[CampaignOrder, Words] = {
    CampaignOrder.NEWEST: _("Latest first"),
    CampaignOrder.NAME: _("By name"),
    CampaignOrder.COST: _("Most spent first"),
}
SPELLED: Mapping[SpelledField, Words] = {
    SpelledField.SOURCE: _("source"),
    SpelledField.MEDIUM: _("medium"),
    SpelledField.CAMPAIGN: pgettext_lazy("part of an address line", "campaign"),
}
CHANGE: Mapping[Change, Words] = {
    Change.RISEN: _("More people remember you than at first. Chance alone does not explain it."),
    Change.FALLEN: _("Fewer people remember you than at first. Chance alone does not explain it."),
    Change.UNCLEAR: _("The latest survey and the first one differ no more than chance explains. Ask more people to be sure."),
}
# Which field of a form a refusal stands beside.
FIELD_OF: Mapping[str, str] = {
    "key_taken": "key",
    "not_a_key": "key",
    "no_lead_goal": "goal",
    "goal_without_number": "goal_number",
    "ends_before_it_starts": "ends_on",
    "too_many_links": "count",
}
