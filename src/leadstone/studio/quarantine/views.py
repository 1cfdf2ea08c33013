"""One page: what waits, and the button that lets it leave."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from leadstone.domains.access.rules import Right
from leadstone.domains.delivery import queries as delivery
from leadstone.domains.delivery.rules.hosts import others_work
from leadstone.domains.delivery.services import hosts
from leadstone.infra.host import this_host
from leadstone.studio.quarantine.banner import words_of
from leadstone.studio.shell.gate import actor, needs

SEND, DROP = "send", "drop"


@needs(Right.LET_MAIL_LEAVE)
@require_http_methods(["GET", "POST"])
def quarantine(request: HttpRequest) -> HttpResponse:
    """Why no mail leaves from here; a POST lets it, and says what became of the mail that waited."""
    host = this_host()
    standing = delivery.standing(host)
    if not standing.quarantine:
        messages.info(request, _("Mail may leave from here."))
        return redirect("today")
    waiting = request.POST.get("waiting", "")
    if request.method == "POST" and waiting in {SEND, DROP}:
        dropped = hosts.lift_quarantine(host, send_waiting=waiting == SEND, by=actor(request).pk, now=timezone.now())
        messages.success(request, _told(dropped))
        return redirect("today")
    page = {
        "standing": standing,
        "why": words_of(standing),
        "waiting": delivery.count_waiting(),
        "before": delivery.count_waiting(before=standing.since or timezone.now()),
        "shared": others_work(host, delivery.hosts()),
        "unanswered": request.method == "POST",
    }
    return render(request, "studio/quarantine/quarantine.html", page, status=422 if request.method == "POST" else 200)


def _told(dropped: int) -> str:
    if not dropped:
        return _("Mail leaves from here again.")
    return ngettext(
        "Mail leaves from here again. %(number)s message that waited was dropped.",
        "Mail leaves from here again. %(number)s messages that waited were dropped.",
        dropped,
    ) % {"number": dropped}
