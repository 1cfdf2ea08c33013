"""The private address of somebody's calendar: made, renewed, turned off, and read by calendar programs without a cookie."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leadstone.domains.access import queries as access
from leadstone.domains.access.rules import Right, may
from leadstone.domains.activities import queries
from leadstone.domains.activities.queries import ActivityFacts
from leadstone.flows.staff_changed import CALENDAR
from leadstone.infra.stored_tokens import queries as tokens
from leadstone.infra.stored_tokens import services as stored_tokens
from leadstone.studio.activities.calendar import calendar_file
from leadstone.studio.shell.gate import actor, needs, open_to_all

LASTS = timedelta(days=3650)  # until it is renewed or turned off


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.READ_LEADS)
def subscription(request: HttpRequest) -> HttpResponse:
    """Whether there is an address; one is shown only as it is made, because only its hash is kept."""
    subject, now = str(actor(request).pk), timezone.now()
    address = ""
    if request.method == "POST":
        act = request.POST.get("act")
        if act not in {"make", "off"}:
            raise Http404
        stored_tokens.revoke(subject=subject, purpose=CALENDAR)
        if act == "off":
            return redirect("calendar_subscription")
        token = stored_tokens.mint([subject], purpose=CALENDAR, expires_at=now + LASTS, now=now)[subject]
        address = settings.STUDIO_URL + reverse("calendar_feed", args=[token])
    facts = {"address": address, "since": tokens.minted_at(subject, purpose=CALENDAR, now=now)}
    response = render(request, "activities/calendar.html", facts)
    response["Cache-Control"] = "no-store"
    return response


@open_to_all
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar behind a private address; 404 for an address that is unknown, turned off, or of somebody who left."""
    now = timezone.now()
    subject = tokens.subject_of(token, purpose=CALENDAR, now=now)
    member = access.member(int(subject)) if subject else None
    if member is None or not member.is_active or not may(member.role, Right.READ_LEADS):
        raise Http404
    user = access.for_sign_in(member.user_id)
    with translation.override(user.language or settings.LANGUAGE_CODE):
        file = calendar_file(
            queries.calendar_of(access.reader_of(user), now=now),
            name=_("Leadstone, %(name)s") % {"name": member.name},
            link=_card,
            now=now,
        )
    headers = {"Cache-Control": "no-store", "Content-Disposition": 'inline; filename="leadstone.ics"'}
    return HttpResponse(file, content_type="text/calendar; charset=utf-8", headers=headers)


def _card(facts: ActivityFacts) -> str:
    """The card of the lead, where what is to be done is done; else the activity itself."""
    path = reverse("lead", args=[facts.about.lead_id]) if facts.about.lead_id else reverse("activity", args=[facts.activity_id])
    return settings.STUDIO_URL + path
