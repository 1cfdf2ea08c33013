"""One campaign: what it cost, what it brought, and the links that lead from it."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.campaigns.queries import costs, recalls
from leadstone.domains.campaigns.queries.campaigns import CampaignFacts
from leadstone.domains.campaigns.rules import Aim, Place
from leadstone.domains.campaigns.rules.recalls import change_in
from leadstone.domains.sources.rules import ChannelType
from leadstone.domains.tracking import queries as tracking
from leadstone.infra.cards import GRIDS
from leadstone.studio.campaigns.figures import LinkRow, brought, leads_address, link_rows, progress
from leadstone.studio.campaigns.finding import find_campaign
from leadstone.studio.campaigns.forms import CostForm, LinkForm, RecallForm
from leadstone.studio.campaigns.words import AIM, CHANGE, COST_KIND, GOAL, PLACE, STANDING, TONE
from leadstone.studio.shell.gate import needs, reader
from leadstone.studio.words.leads import CHANNEL
from leadstone.studio.words.numbers import percent
from leadstone.wire.link_codes import spelled

MOST_LINKS_SHOWN = 60
ON_PAPER = frozenset({Place.PRINT, Place.LETTER, Place.COUNTER, Place.FAIR, Place.AIR})


@require_safe
@needs(Right.RUN_CAMPAIGNS)
def campaign_card(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Everything about one campaign on one page."""
    return card_page(request, find_campaign(campaign_id))


def card_page(
    request: HttpRequest,
    campaign: CampaignFacts,
    *,
    cost_form: CostForm | None = None,
    link_form: LinkForm | None = None,
    recall_form: RecallForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The card, with what was typed into one of its forms and is wrong."""
    today, pk = timezone.localdate(), campaign.campaign_id
    figures = brought([pk], reader=reader(request))[pk]
    rows = link_rows(pk, reader=reader(request))
    standing = campaign.standing(today)
    facts: dict[str, object] = {
        "campaign": campaign,
        "channel": CHANNEL[campaign.channel],
        "aim": AIM[campaign.aim],
        "goal": GOAL[campaign.goal] if campaign.goal else "",
        "standing": STANDING[standing],
        "tone": TONE[standing],
        "figures": figures,
        "progress": progress(campaign, figures),
        "leads_url": leads_address(pk),
        "by_name": _by_name(campaign, today=today) if campaign.aim is Aim.AWARENESS else None,
        "costs": [(cost, COST_KIND[cost.kind]) for cost in costs.costs_of(pk)],
        "links": [_shown(row) for row in rows[:MOST_LINKS_SHOWN]],
        "more_links": max(0, len(rows) - MOST_LINKS_SHOWN),
        "sheets": list(GRIDS),
        "cost_form": cost_form or CostForm(initial={"on": today}, auto_id="cost-%s"),
        "cost_open": cost_form is not None,
        "link_form": link_form or LinkForm(auto_id="link-%s"),
        "link_open": link_form is not None,
    }
    if campaign.aim is Aim.AWARENESS:
        facts |= _remembered(pk) | {
            "recall_form": recall_form or RecallForm(initial={"on": today}, auto_id="recall-%s"),
            "recall_open": recall_form is not None,
        }
    return render(request, "campaigns/card.html", facts, status=status)


def _by_name(campaign: CampaignFacts, *, today: date) -> int:
    """How often people who know us came by themselves while it ran: by our address, or by a search."""
    seen = tracking.views_by_channel(campaign.starts_on, min(campaign.ends_on or today, today))
    return seen.get(ChannelType.DIRECT, 0) + seen.get(ChannelType.SEARCH, 0)


def _remembered(campaign_id: int) -> dict[str, object]:
    """What people remembered, each share with how far it can be believed."""
    found = recalls.recalls_of(campaign_id)
    change = change_in([each.said for each in found])
    return {
        "recalls": [
            {
                "facts": each,
                "share": percent(each.said.share),
                "low": percent(each.said.interval[0]),
                "high": percent(each.said.interval[1]),
                "enough": each.said.is_enough,
            }
            for each in found
        ],
        "change": CHANGE[change] if change else "",
    }


def _shown(row: LinkRow) -> dict[str, object]:
    paper = row.link.place in ON_PAPER
    return {
        "link": row.link,
        "figures": row.figures,
        "leads": row.leads,
        "customers": row.customers,
        "place": PLACE[row.link.place],
        "paper": paper,
        "code": spelled(row.link.code),
        "address": public_address(row.link.code, paper=paper),
    }


def public_address(code: str, *, paper: bool) -> str:
    """Where a link is opened: what a QR code holds, or what is clicked."""
    return f"{settings.ENVIRONMENT.public_url.rstrip('/')}/{'q' if paper else 't'}/{code}"
