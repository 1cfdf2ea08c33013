"""A figure of the table that somebody opened, by its address."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from leadstone.domains.insights.queries import Cell
from leadstone.domains.insights.queries.proof import EVERYTHING, Key
from leadstone.domains.insights.rules.facts import FactKind, Grouping
from leadstone.studio.results.proof_filter import Asked, ProofOrder, address_of, asked, months_asked, only_asked
from leadstone.studio.results.proof_names import name_of, names_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """`key`: of the source. `back`: the address of the table that it was opened from; `csv`: of the same rows as a file."""

    asked: Asked
    cell: Cell
    key: Key
    name: str
    back: str
    csv: str


def opened_at(behind: str, key: Key, wanted: Asked, *, step: str = "") -> str:
    """The address of what is behind a figure; `behind`: the name of the screen."""
    query = {
        "by": wanted.by.value,
        "key": key.isoformat() if isinstance(key, date) else str(key),
        **({"step": step} if step else {}),
        "days": str(wanted.days),
    }
    return f"{reverse(behind)}?{urlencode(query)}"


def opened(request: HttpRequest, kind: FactKind) -> Opened:
    """The figure that the address names. Raises Http404 when it names none."""
    wanted = asked(request.GET, now=timezone.now())
    cell, key = _cell(request, wanted, kind), _key(request, wanted.by)
    name = request.resolver_match.url_name if request.resolver_match else ""
    return Opened(
        asked=wanted,
        cell=cell,
        key=key,
        name=str(name_of(wanted.by, key, names_of(wanted.by, [key]))),
        back=f"{reverse('proof')}?{address_of_table(wanted)}",
        csv=f"{reverse(f'{name}_csv')}?{request.GET.urlencode()}" if name and not name.endswith("_csv") else "",
    )


def address_of_table(wanted: Asked) -> str:
    """The parameters of the table, without what is usual."""
    return address_of(
        {
            "by": "" if wanted.by is Grouping.MAGNET else wanted.by.value,
            "days": str(wanted.days) if wanted.days != 90 else "",
            "order": "" if wanted.order is ProofOrder.CUSTOMERS else wanted.order.value,
        }
    )


def _cell(request: HttpRequest, wanted: Asked, kind: FactKind) -> Cell:
    if wanted.by is Grouping.MONTH:
        months = months_asked(request.GET)
        if months is None:
            raise Http404
        # The first and the last month of a period are only partly in it.
        return Cell(kind=kind, since=max(months[0], wanted.since), until=min(months[1], wanted.until), only=EVERYTHING)
    only = only_asked(request.GET, wanted.by)
    if only is None:
        raise Http404
    return Cell(kind=kind, since=wanted.since, until=wanted.until, only=only)


def _key(request: HttpRequest, by: Grouping) -> Key:
    key = request.GET.get("key", "")
    if by is Grouping.CHANNEL:
        return key
    months = months_asked(request.GET) if by is Grouping.MONTH else None
    if months is not None:
        return months[0]
    return int(key) if key.isascii() and key.isdecimal() else 0
