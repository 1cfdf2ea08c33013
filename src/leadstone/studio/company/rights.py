"""Rights: whose leads, deals and activities each role sees, and what it may do."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leadstone.domains.access import queries
from leadstone.domains.access.rules import RIGHTS, Reach, Right, Role, Thing
from leadstone.flows import staff_changed
from leadstone.studio.company.account import stay_signed_in
from leadstone.studio.company.words import REACH, RIGHT, THING
from leadstone.studio.shell.gate import actor, needs
from leadstone.studio.words.people import ROLE, ROLE_MEANS


@needs(Right.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def rights(request: HttpRequest) -> HttpResponse:
    """The table of reach, and in words what each role may do."""
    if request.method == "POST":
        changed = staff_changed.change_reaches(_asked(request), by=actor(request).pk, now=timezone.now())
        if changed:
            stay_signed_in(request)
            messages.success(request, _("Kept. Whoever has a changed role signs in again."))
        return redirect("rights")
    now = queries.reaches()
    page = {
        "things": [THING[thing] for thing in Thing],
        "rows": [(ROLE[role], ROLE_MEANS[role], [_cell(role, thing, now[role, thing]) for thing in Thing]) for role in Role],
        "role_rights": [(ROLE[role], [RIGHT[right] for right in Right if right in RIGHTS[role]]) for role in Role],
        "tab": "rights",
    }
    return render(request, "studio/company/rights.html", page)


def _cell(role: Role, thing: Thing, now: Reach) -> dict[str, object]:
    return {
        "name": f"{role.value}-{thing.value}",
        "thing": THING[thing],
        "label": f"{ROLE[role]}: {THING[thing]}",
        "choices": [(reach.value, REACH[reach], reach is now) for reach in Reach],
    }


def _asked(request: HttpRequest) -> dict[tuple[Role, Thing], Reach]:
    """What the form says; what it does not say, or says in no word of ours, stays as it is."""
    said = {(role, thing): request.POST.get(f"{role.value}-{thing.value}", "") for role in Role for thing in Thing}
    return {pair: Reach(word) for pair, word in said.items() if word in set(Reach)}
