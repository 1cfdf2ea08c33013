"""A lead in ten seconds."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leadstone.domains.access.rules import Right
from leadstone.domains.campaigns.queries import campaigns
from leadstone.domains.leads.rules import Basis
from leadstone.domains.sources.rules import ChannelType
from leadstone.flows import lead_added
from leadstone.kernel.errors import LeadstoneError
from leadstone.studio.leads.forms import AddLeadForm
from leadstone.studio.shell.gate import actor, needs

FIELD_OF = {"nobody_to_reach": "email", "not_an_address": "email", "not_a_phone": "phone"}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.WORK_LEADS)
def lead_add(request: HttpRequest) -> HttpResponse:
    """The form, and what becomes of it: the lead's card, or the form again with the mistake beside its field."""
    form = AddLeadForm(request.POST or None, campaigns=campaigns.choices(today=timezone.localdate()))
    if request.method == "POST" and form.is_valid():
        lead_id = _add(request, form)
        if lead_id is not None:
            messages.success(request, _("Added. It is yours."))
            return redirect(
                "lead_add" if "another" in request.POST else "lead", *([] if "another" in request.POST else [lead_id])
            )
    return render(request, "studio/leads/add.html", {"form": form}, status=422 if form.errors else 200)


def _add(request: HttpRequest, form: AddLeadForm) -> int | None:
    given, now = form.cleaned_data, timezone.now()
    nonce = given.pop("nonce") or uuid4()

    def add() -> int:
        return lead_added.add_lead(
            name=given["name"],
            email=given["email"],
            phone=given["phone"],
            company=given["company"],
            channel=ChannelType(given["channel"]),
            where_met=given["where_met"],
            campaign_id=form.campaign_id(),
            basis=Basis(given["basis"]),
            by=actor(request).pk,
            language=get_language() or "en",
            now=now,
        )

    try:
        return lead_added.add_once(lead_added.press_of(nonce, given), add, now=now)
    except LeadstoneError as mistake:
        form.add_error(FIELD_OF.get(mistake.code), _(mistake.sentence).format(**mistake.facts))
        return None
