"""The list of magnets, with what each brought; and the first one, when there is none."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from leadstone.domains.insights import queries as insights
from leadstone.domains.insights.queries import MagnetFigures
from leadstone.domains.magnets import queries
from leadstone.studio.magnets.words import kind_name
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
def magnets(request: HttpRequest) -> HttpResponse:
    return render(request, "magnets/list.html", {**listed(), "show": request.GET.get("show", "")})


def listed() -> dict[str, Any]:
    """The rows that are offered or being written, and those that were withdrawn."""
    figures = {row.magnet_id: row for row in insights.figures(now=timezone.now())}
    rows = [_row(magnet, figures.get(magnet.pk)) for magnet in queries.magnets()]
    return {
        "rows": [row for row in rows if row.state != "withdrawn"],
        "withdrawn": [row for row in rows if row.state == "withdrawn"],
    }


def _row(magnet: "Magnet", figures: MagnetFigures | None) -> Row:
    published = bool(getattr(magnet, "published", False))
    state = "withdrawn" if magnet.withdrawn_at else "live" if published else "draft"
    doubt = doubts(figures.honesty) if figures and figures.honesty.pointed_at else ""
    return Row(magnet, kind_name(magnet.kind), state, figures, doubt)
