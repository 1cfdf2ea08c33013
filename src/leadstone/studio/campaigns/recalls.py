"""What people remember of a campaign: a survey is written down, and taken back when it was a mistake."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leadstone.domains.access.rules import Right
from leadstone.domains.campaigns.rules import Aim
from leadstone.domains.campaigns.services import recalls as services
from leadstone.studio.campaigns.card import card_page
from leadstone.studio.campaigns.finding import find_campaign
from leadstone.studio.campaigns.forms import RecallForm
from leadstone.studio.shell.gate import actor, needs


@require_POST
@needs(Right.RUN_CAMPAIGNS)
def recall_add(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Write down a survey; the undo takes it back."""
    found, form = find_campaign(campaign_id), RecallForm(request.POST, auto_id="recall-%s")
    if found.aim is not Aim.AWARENESS:
        messages.error(request, _(services.NotForAwareness.sentence))
        return redirect("campaign", campaign_id=campaign_id)
    if not form.is_valid():
        return card_page(request, found, recall_form=form, status=422)
    recall_id = services.record_recall(
        form.said(), campaign_id=campaign_id, note=form.cleaned_data["note"], by=actor(request).pk, now=timezone.now()
    )
    messages.success(request, _("The survey counts."), extra_tags=reverse("recall_take_back", args=[campaign_id, recall_id]))
    return _to_recalls(campaign_id)


@require_POST
@needs(Right.RUN_CAMPAIGNS)
def recall_take_back(request: HttpRequest, campaign_id: int, recall_id: int) -> HttpResponse:
    """It was a mistake; the undo lets it count again."""
    find_campaign(campaign_id)
    if services.take_back_recall(campaign_id=campaign_id, recall_id=recall_id, now=timezone.now()):
        undo = reverse("recall_count_again", args=[campaign_id, recall_id])
        messages.success(request, _("Taken back: the survey counts no more."), extra_tags=undo)
    return _to_recalls(campaign_id)


@require_POST
@needs(Right.RUN_CAMPAIGNS)
def recall_count_again(request: HttpRequest, campaign_id: int, recall_id: int) -> HttpResponse:
    """It was none."""
    find_campaign(campaign_id)
    if services.count_recall_again(campaign_id=campaign_id, recall_id=recall_id):
        messages.success(request, _("The survey counts again."))
    return _to_recalls(campaign_id)


def _to_recalls(campaign_id: int) -> HttpResponse:
    return redirect(f"{reverse('campaign', args=[campaign_id])}#recalls")
