"""What a campaign cost: recorded, and taken back when it was a mistake."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.campaigns.queries import costs as queries
from leadstone.domains.campaigns.services import costs as services
from leadstone.studio.campaigns.card import card_page
from leadstone.studio.campaigns.finding import find_campaign
from leadstone.studio.campaigns.forms import CostForm
from leadstone.studio.campaigns.listing import COST_COLUMNS
from leadstone.studio.shell.exports import csv_file
from leadstone.studio.shell.gate import actor, needs


@require_POST
@needs(Right.RUN_CAMPAIGNS)
def cost_add(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Record a cost; the undo takes it back."""
    found, form = find_campaign(campaign_id), CostForm(request.POST, auto_id="cost-%s")
    if not form.is_valid():
        return card_page(request, found, cost_form=form, status=422)
    cost_id = services.record_cost(
        form.spent(),
        campaign_id=campaign_id,
        on=form.cleaned_data["on"],
        note=form.cleaned_data["note"],
        by=actor(request).pk,
        now=timezone.now(),
    )
    messages.success(request, _("The cost counts."), extra_tags=reverse("cost_take_back", args=[campaign_id, cost_id]))
    return _to_costs(campaign_id)


@require_POST
@needs(Right.RUN_CAMPAIGNS)
def cost_take_back(request: HttpRequest, campaign_id: int, cost_id: int) -> HttpResponse:
    """It was a mistake; the undo lets it count again."""
    find_campaign(campaign_id)
    if services.take_back_cost(campaign_id=campaign_id, cost_id=cost_id, now=timezone.now()):
        undo = reverse("cost_count_again", args=[campaign_id, cost_id])
        messages.success(request, _("Taken back: the cost counts no more."), extra_tags=undo)
    return _to_costs(campaign_id)


@require_POST
@needs(Right.RUN_CAMPAIGNS)
def cost_count_again(request: HttpRequest, campaign_id: int, cost_id: int) -> HttpResponse:
    """It was none."""
    find_campaign(campaign_id)
    if services.count_cost_again(campaign_id=campaign_id, cost_id=cost_id, now=timezone.now()):
        messages.success(request, _("The cost counts again."))
    return _to_costs(campaign_id)


@require_safe
@needs(Right.RUN_CAMPAIGNS)
def campaign_costs_csv(request: HttpRequest, campaign_id: int) -> StreamingHttpResponse:
    """The costs of this campaign as a file."""
    find_campaign(campaign_id)
    return csv_file(request, name="costs", columns=COST_COLUMNS, rows=queries.each_cost(campaign_id=campaign_id))


def _to_costs(campaign_id: int) -> HttpResponse:
    return redirect(f"{reverse('campaign', args=[campaign_id])}#costs")
