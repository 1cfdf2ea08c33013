"""The codes of each magnet: how many are left, who has one, and more of them."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from leadstone.domains.access.rules import Right, may
from leadstone.domains.codes import queries, services
from leadstone.domains.codes.queries import CodeLine, NoSuchPool, PoolFacts
from leadstone.domains.codes.rules import Standing
from leadstone.domains.codes.services import RowFault
from leadstone.studio.codes.forms import ListForm, LowForm, MakeForm
from leadstone.studio.codes.people import holders
from leadstone.studio.codes.words import FAULT, STANDING
from leadstone.studio.shell.exports import Columns, csv_file
from leadstone.studio.shell.forms import StudioForm
from leadstone.studio.shell.gate import actor, needs, reader
from leadstone.wire.pages.areas.codes.terms import in_words

FAULTS_SHOWN = 50
COLUMNS: Columns[CodeLine] = (
    (_("Code"), lambda line: line.text),
    (_("State"), lambda line: str(STANDING[line.standing])),
    (
        _("Given out"),
        lambda line: timezone.localtime(line.claimed_at).isoformat(sep=" ", timespec="minutes") if line.claimed_at else "",
    ),
    (_("Orders"), lambda line: str(line.used)),
)


@require_safe
@needs(Right.REDEEM)
def pools(request: HttpRequest) -> HttpResponse:
    """Every magnet that gives codes."""
    return render(request, "codes/pools.html", {"pools": queries.pools()})


@require_safe
@needs(Right.REDEEM)
def pool(request: HttpRequest, magnet_id: int) -> HttpResponse:
    """The codes of one magnet, by where they stand."""
    return _page(request, _found(magnet_id))


@require_safe
@needs(Right.EDIT_MAGNETS)
def codes_csv(request: HttpRequest, magnet_id: int) -> StreamingHttpResponse:
    """The rows of the same address as a file, with the codes themselves: for the shop that is to take them."""
    found = _found(magnet_id)
    rows = queries.each_code(found.pool_id, standing=_standing(request))
    return csv_file(request, name="codes", columns=COLUMNS, rows=rows)


@require_POST
@needs(Right.EDIT_MAGNETS)
def add(request: HttpRequest, magnet_id: int) -> HttpResponse:
    """Take in a list; each line that is no new code is named, and holds up no other."""
    found = _found(magnet_id)
    form = ListForm(request.POST, request.FILES, auto_id="add-%s")
    if not form.is_valid():
        return _page(request, found, forms={"add_form": form}, status=422)
    now = timezone.now()
    filled = services.add_codes(form.cleaned_data["lines"], pool_id=services.open_pool(magnet_id, now=now), now=now)
    if filled.faults:
        status = 200 if filled.added else 422
        return _page(request, _found(magnet_id), faults=filled.faults, added=filled.added, status=status)
    messages.success(request, ngettext("%(num)s code added.", "%(num)s codes added.", filled.added) % {"num": filled.added})
    return redirect("code_pool", magnet_id)


@require_POST
@needs(Right.EDIT_MAGNETS)
def make(request: HttpRequest, magnet_id: int) -> HttpResponse:
    """Put codes of our own into the list."""
    found = _found(magnet_id)
    form = MakeForm(request.POST, auto_id="make-%s")
    if not form.is_valid():
        return _page(request, found, forms={"make_form": form}, status=422)
    now = timezone.now()
    made = services.make_codes(form.cleaned_data["count"], pool_id=services.open_pool(magnet_id, now=now), now=now)
    messages.success(request, ngettext("%(num)s code made.", "%(num)s codes made.", made) % {"num": made})
    return redirect("code_pool", magnet_id)


@require_POST
@needs(Right.EDIT_MAGNETS)
def low(request: HttpRequest, magnet_id: int) -> HttpResponse:
    """From how many free codes on whoever made the magnet is told."""
    found = _found(magnet_id)
    form = LowForm(request.POST, auto_id="low-%s")
    if not form.is_valid():
        return _page(request, found, forms={"low_form": form}, status=422)
    services.mark_low(form.cleaned_data["low_mark"], pool_id=services.open_pool(magnet_id, now=timezone.now()))
    messages.success(request, str(_("Saved.")))
    return redirect("code_pool", magnet_id)


def _found(magnet_id: int) -> PoolFacts:
    try:
        return queries.pool_of(magnet_id)
    except NoSuchPool as unknown:
        raise Http404 from unknown


def _standing(request: HttpRequest) -> Standing | None:
    given = request.GET.get("state", "")
    return Standing(given) if given in set(Standing) else None


def _shown(line: CodeLine, *, edits: bool) -> str:
    """Whoever may not change a magnet sees of a code what tells it from others, and no more."""
    return line.text if edits else f"…{line.text[-4:]}"


def _page(
    request: HttpRequest,
    found: PoolFacts,
    *,
    forms: dict[str, StudioForm] | None = None,
    faults: Sequence[RowFault] = (),
    added: int | None = None,
    status: int = 200,
) -> HttpResponse:
    given = request.GET.get("page", "")
    number = min(int(given), 1_000_000) if given.isascii() and given.isdigit() and len(given) < 8 else 1
    standing = _standing(request)
    page = queries.code_page(found.pool_id, standing=standing, page=number)
    people = holders([line.contact_id for line in page.lines], reader=reader(request))
    edits = may(actor(request).role, Right.EDIT_MAGNETS)
    facts = {
        "pool": found,
        "terms": in_words(found.terms, get_language() or "en"),
        "standing": standing,
        "standings": list(STANDING.items()),
        "page": page,
        "lines": [
            (line, _shown(line, edits=edits), STANDING[line.standing], people.get(line.contact_id or 0)) for line in page.lines
        ],
        "edits": edits,
        "add_form": ListForm(auto_id="add-%s"),
        "make_form": MakeForm(auto_id="make-%s"),
        "low_form": LowForm(auto_id="low-%s", initial={"low_mark": found.low_mark}),
        "faults": [(fault, FAULT[fault.fault]) for fault in faults[:FAULTS_SHOWN]],
        "more_faults": max(len(faults) - FAULTS_SHOWN, 0),
        "added": added,
        **(forms or {}),
    }
    response = render(request, "codes/pool.html", facts, status=status)
    response["Cache-Control"] = "no-store"
    return response
