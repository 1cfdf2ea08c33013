"""The list of magnets, with what each brought; and the first one, when there is none."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.insights import queries as insights
from leadstone.domains.insights.queries import MagnetFigures
from leadstone.domains.insights.rules import FigureOrder
from leadstone.domains.magnets import queries
from leadstone.studio.magnets.words import kind_name, startable
from leadstone.studio.shell.gate import needs
from leadstone.studio.words.figures import doubts

if TYPE_CHECKING:
    from leadstone.domains.magnets.models import Magnet


@dataclass(frozen=True, slots=True)
class Row:
    """One magnet with its figures; `state` is "live", "draft" or "withdrawn"."""

    magnet: "Magnet"
    kind: str
    state: str
    figures: MagnetFigures | None
    doubt: str  # why somebody should look at it, in words


@require_safe
@needs(Right.READ_LEADS)
def magnets(request: HttpRequest) -> HttpResponse:
    return render(request, "magnets/list.html", {**listed(order=_order(request)), "show": request.GET.get("show", "")})


def listed(*, order: FigureOrder | None = None) -> dict[str, Any]:
    """The rows that are offered or being written, and those that were withdrawn; without `order` the last changed comes first."""
    figures = {row.magnet_id: row for row in insights.figures(now=timezone.now(), order=order or FigureOrder.CUSTOMERS)}
    rows = [_row(magnet, figures.get(magnet.pk)) for magnet in queries.magnets()]
    if order:
        place = {magnet_id: number for number, magnet_id in enumerate(figures)}
        rows.sort(key=lambda row: place.get(row.magnet.pk, len(place)))
    return {
        "startable": startable(),
        "order": order.value if order else "",
        "rows": [row for row in rows if row.state != "withdrawn"],
        "withdrawn": [row for row in rows if row.state == "withdrawn"],
    }


def _order(request: HttpRequest) -> FigureOrder | None:
    asked = request.GET.get("order", "")
    return FigureOrder(asked) if asked in set(FigureOrder) else None


def _row(magnet: "Magnet", figures: MagnetFigures | None) -> Row:
    published = bool(getattr(magnet, "published", False))
    state = "withdrawn" if magnet.withdrawn_at else "live" if published else "draft"
    doubt = doubts(figures.honesty) if figures and figures.honesty.pointed_at else ""
    return Row(magnet, kind_name(magnet.kind), state, figures, doubt)
