"""Campaigns are opened, changed, put away and brought back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadstone.domains.access.rules import Right
from leadstone.domains.campaigns.services import campaigns as services
from leadstone.kernel.errors import LeadstoneError
from leadstone.studio.campaigns.finding import find_campaign
from leadstone.studio.campaigns.forms import CampaignForm
from leadstone.studio.campaigns.words import FIELD_OF
from leadstone.studio.shell.gate import actor, needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.RUN_CAMPAIGNS)
def campaign_new(request: HttpRequest) -> HttpResponse:
    """The form, and the new campaign's card after it."""
    form = CampaignForm(request.POST or None, initial={"starts_on": timezone.localdate(), "owner": str(actor(request).pk)})
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["key"].strip() or services.key_from(form.cleaned_data["name"])
        try:
            campaign_id = services.open_campaign(form.words(), key=key, by=actor(request).pk, now=timezone.now())
        except LeadstoneError as mistake:
            form.add_error(FIELD_OF.get(mistake.code), _(mistake.sentence).format(**mistake.facts))
        else:
            messages.success(request, _("The campaign is there. Give it a link, and say what it costs."))
            return redirect("campaign", campaign_id)
    return render(request, "campaigns/edit.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.RUN_CAMPAIGNS)
def campaign_change(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The same form over what is known; its short name stays."""
    found = find_campaign(campaign_id)
    before = {
        "name": found.name,
        "channel": found.channel.value,
        "starts_on": found.starts_on,
        "ends_on": found.ends_on,
        "aim": found.aim.value,
        "goal": found.goal.value if found.goal else "",
        "goal_number": found.goal_number,
        "owner": str(found.owner_id or ""),
        "note": found.note,
    }
    form = CampaignForm(request.POST or None, initial=before)
    del form.fields["key"]
    if request.method == "POST" and form.is_valid():
        try:
            services.change_campaign(form.words(), campaign_id=campaign_id)
        except LeadstoneError as mistake:
            form.add_error(FIELD_OF.get(mistake.code), _(mistake.sentence).format(**mistake.facts))
        else:
            messages.success(request, _("Saved."))
            return redirect("campaign", campaign_id)
    return render(request, "campaigns/edit.html", {"form": form, "campaign": found}, status=422 if form.errors else 200)


@require_POST
@needs(Right.RUN_CAMPAIGNS)
def campaign_archive(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Out of the lists; what hangs on walls leads on."""
    find_campaign(campaign_id)
    if services.archive(campaign_id=campaign_id, now=timezone.now()):
        words = _("Put away. Its links lead on, and its figures stay.")
        messages.success(request, words, extra_tags=reverse("campaign_back", args=[campaign_id]))
    return redirect("campaigns")


@require_POST
@needs(Right.RUN_CAMPAIGNS)
def campaign_back(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """As if it had not been put away."""
    find_campaign(campaign_id)
    if services.bring_back(campaign_id=campaign_id):
        messages.success(request, _("Back in the list."))
    return redirect("campaign", campaign_id)
