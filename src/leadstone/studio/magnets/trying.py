"""Try it as a visitor: the real page, the real mail, and the lead as it arrives."""

import re
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right, may
from leadstone.domains.leads.queries.card import lead_card
from leadstone.domains.leads.queries.listing import LeadLine, lead_page
from leadstone.domains.leads.rules import LeadFilter
from leadstone.domains.magnets import queries
from leadstone.domains.scoring.rules import Factor
from leadstone.flows.bundle_published import reached_the_public
from leadstone.infra.mail.mailbox import Envelope, list_mails, open_mail
from leadstone.studio.magnets.editor import found
from leadstone.studio.shell.gate import actor, needs, reader
from leadstone.studio.words import quality

if TYPE_CHECKING:
    from leadstone.domains.magnets.models import Magnet

LOOKED_THROUGH = 12
NOTHING_NEW = 204
# A mail may be looked at and its links followed into a tab of their own; nothing in it runs.
MAIL_POLICY = (
    f"default-src 'none'; style-src 'unsafe-inline'; img-src data: {settings.PUBLIC_URL}; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)


@require_safe
@needs(Right.READ_LEADS)
@never_cache
def visit(request: HttpRequest, magnet_id: int) -> HttpResponse:
    magnet = found(magnet_id)
    current = queries.current_version(magnet_id)
    if current is None:
        return redirect("magnet", magnet_id)
    context = {
        "magnet": magnet,
        "current": current,
        **_public(magnet, current.version_id),
        **_mail(request, magnet),
        **_lead(request, magnet),
    }
    return render(request, "magnets/try.html", context)


@require_safe
@needs(Right.READ_LEADS)
@never_cache
def phone(request: HttpRequest, magnet_id: int) -> HttpResponse:
    """The public page, as soon as it is public."""
    magnet = found(magnet_id)
    current = queries.current_version(magnet_id)
    if current is None:
        raise Http404
    return render(request, "magnets/_phone.html", {"magnet": magnet, **_public(magnet, current.version_id)})


@require_safe
@needs(Right.READ_LEADS)
@never_cache
def mail(request: HttpRequest, magnet_id: int) -> HttpResponse:
    """The newest mail of this magnet; nothing when the one that is shown already is the newest."""
    shown = _mail(request, found(magnet_id))
    if request.GET.get("seen", "") == (shown["letter"].id if shown["letter"] else ""):
        return HttpResponse(status=NOTHING_NEW)
    return render(request, "magnets/_mail.html", {"magnet": found(magnet_id), **shown})


@require_safe
@needs(Right.READ_LEADS)
@never_cache
def lead(request: HttpRequest, magnet_id: int) -> HttpResponse:
    """The newest lead of this magnet with its quality; nothing when that is shown already."""
    magnet = found(magnet_id)
    shown = _lead(request, magnet)
    if request.GET.get("seen", "") == shown["lead_state"]:
        return HttpResponse(status=NOTHING_NEW)
    return render(request, "magnets/_lead.html", {"magnet": magnet, **shown})


@require_safe
@needs(Right.READ_MAILBOX)
def letter(request: HttpRequest, mail_id: str) -> HttpResponse:
    """The HTML of a mail, for a frame that runs nothing; its links open beside it."""
    opened = open_mail(settings.FOLDER.mail, mail_id)
    if opened is None:
        raise Http404
    return HttpResponse(f'<base target="_blank">{opened.html}', headers={"Content-Security-Policy": MAIL_POLICY})


def _public(magnet: "Magnet", version_id: int) -> dict[str, object]:
    reached = reached_the_public(settings.FOLDER, version_id=version_id, now=timezone.now())
    return {"public": reached, "public_address": f"{settings.PUBLIC_URL}/m/{magnet.slug}"}


def _mail(request: HttpRequest, magnet: "Magnet") -> dict[str, Envelope | None]:
    """The newest local mail that leads to the magnet's page."""
    if not may(actor(request).role, Right.READ_MAILBOX):
        return {"letter": None}
    leads_here = re.compile(rf"/m/{re.escape(magnet.slug)}(?![a-z0-9-])")
    for envelope in list_mails(settings.FOLDER.mail, limit=LOOKED_THROUGH).mails:
        opened = open_mail(settings.FOLDER.mail, envelope.id)
        if opened is not None and leads_here.search(opened.html):
            return {"letter": envelope}
    return {"letter": None}


def _lead(request: HttpRequest, magnet: "Magnet") -> dict[str, object]:
    if not may(actor(request).role, Right.READ_LEADS):
        return {"lead": None, "lead_state": ""}
    newest = next(iter(lead_page(LeadFilter(magnet_id=magnet.pk), reader=reader(request), size=1).lines), None)
    if newest is None:
        return {"lead": None, "lead_state": ""}
    card = lead_card(newest.lead_id, reader=reader(request))
    judged = {Factor.ACCURACY: card.accuracy, Factor.INCENTIVE: card.incentive, Factor.AWARENESS: card.awareness}
    triple = [(quality.FACTOR[factor], judgement.value, quality.summary(judgement)) for factor, judgement in judged.items()]
    return {"lead": newest, "triple": triple, "lead_state": _state(newest)}


def _state(line: LeadLine) -> str:
    """Changes whenever the shown lead would look different."""
    return f"{line.lead_id}-{line.accuracy}-{line.incentive}-{line.awareness}-{line.proven}"
