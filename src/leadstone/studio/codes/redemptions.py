"""What was redeemed: the list and its file."""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right, may
from leadstone.domains.codes import queries
from leadstone.domains.codes.queries import Order, RedemptionFacts, RedemptionFilter
from leadstone.domains.codes.rules import UNDO_WITHIN, Door
from leadstone.studio.codes.people import holders
from leadstone.studio.codes.words import DOOR, ORDER
from leadstone.studio.shell.exports import Columns, csv_file
from leadstone.studio.shell.gate import actor, needs, reader

SPANS = ((1, _("Today")), (7, _("Last 7 days")), (30, _("Last 30 days")), (90, _("Last 90 days")))
COLUMNS: Columns[RedemptionFacts] = (
    (_("When"), lambda facts: timezone.localtime(facts.at).isoformat(sep=" ", timespec="minutes")),
    (_("Code"), lambda facts: f"…{facts.code[-4:]}"),
    (_("Magnet"), lambda facts: facts.magnet_title),
    (_("Which order with the code"), lambda facts: str(facts.number)),
    (_("Amount"), lambda facts: "" if facts.amount_minor is None else f"{facts.amount_minor / 100:.2f}"),
    (_("Currency"), lambda facts: facts.currency),
    (_("Where"), lambda facts: str(DOOR[facts.door])),
    (_("Redeemed by"), lambda facts: facts.by_name),
    (_("Taken back"), lambda facts: _written(facts.taken_back_at)),
)


@require_safe
@needs(Right.REDEEM)
def redemptions(request: HttpRequest) -> HttpResponse:
    """What a filter in the address matches."""
    chosen = read_filter(request)
    page = queries.redemption_page(chosen, page=_page(request))
    people = holders([line.contact_id for line in page.lines], reader=reader(request))
    undoable = timezone.now() - UNDO_WITHIN
    facts = {
        "chosen": chosen,
        "days": request.GET.get("days", ""),
        "page": page,
        "lines": [
            (line, people.get(line.contact_id or 0), line.taken_back_at is None and line.at >= undoable) for line in page.lines
        ],
        "narrowed": chosen != RedemptionFilter(),
        "pools": queries.pools(),
        "doors": list(DOOR.items()),
        "orders": list(ORDER.items()),
        "spans": [(str(days), words) for days, words in SPANS],
        "may_export": may(actor(request).role, Right.EXPORT_DEALS),
        "export_query": request.GET.urlencode(),
    }
    return render(request, "codes/redemptions.html", facts)


@require_safe
@needs(Right.EXPORT_DEALS)
def redemptions_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The rows of the same address as a file. A code is told by its last four characters: the file travels."""
    rows = queries.each_redemption(read_filter(request))
    return csv_file(request, name="redemptions", columns=COLUMNS, rows=rows)


def read_filter(request: HttpRequest) -> RedemptionFilter:
    """The filter that the address names; whatever it does not know is left out."""
    given = {name: request.GET.get(name, "") for name in ("magnet", "door", "days", "order", "state")}
    return RedemptionFilter(
        magnet_id=_number(given["magnet"]),
        door=Door(given["door"]) if given["door"] in set(Door) else None,
        since=_since(_number(given["days"])),
        taken_back=given["state"] == "taken_back",
        order=Order(given["order"]) if given["order"] in set(Order) else Order.LATEST,
    )


def _since(days: int | None) -> datetime | None:
    if days not in {known for known, _words in SPANS}:
        return None
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=days - 1)


def _number(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


def _page(request: HttpRequest) -> int:
    return min(_number(request.GET.get("page", "")) or 1, 1_000_000)


def _written(at: datetime | None) -> str:
    return timezone.localtime(at).isoformat(sep=" ", timespec="minutes") if at else ""
