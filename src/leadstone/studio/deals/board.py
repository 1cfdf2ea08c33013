"""The board: every stage a column, every deal a card."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from leadstone.domains.access import queries as access
from leadstone.domains.access.rules import Right, may
from leadstone.domains.pipeline import queries
from leadstone.domains.pipeline.queries import Column, Look, Total
from leadstone.domains.pipeline.rules import StageClass
from leadstone.domains.pipeline.rules.board import BoardFilter, Whose
from leadstone.kernel.periods import months_from
from leadstone.studio.deals import words
from leadstone.studio.deals.filters import is_narrowed, read_filter
from leadstone.studio.deals.shown import CardShown, card
from leadstone.studio.shell.gate import actor, needs, reader

MONTHS_TO_CHOOSE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnShown:
    """A column in words. `more_url`: the list of all its deals."""

    column: Column
    name: str
    heading: str
    cards: tuple[CardShown, ...]
    more_url: str

    @property
    def main(self) -> Total | None:
        """The currency of most deals."""
        return self.column.totals[0] if self.column.totals else None


@require_safe
@needs(Right.READ_DEALS)
def board(request: HttpRequest) -> HttpResponse:
    """The board as a filter in the address shows it; htmx asks for the columns alone."""
    chosen = read_filter(request.GET)
    facts = board_facts(request, chosen)
    alone = request.headers.get("HX-Target") == "board"
    response = render(request, "deals/_board.html" if alone else "deals/board.html", facts if alone else facts | _choices(chosen))
    response["Vary"] = "HX-Request, HX-Target, Cookie"
    return response


def look_of(request: HttpRequest) -> Look:
    """Who looks, and when their month began."""
    here = timezone.localtime()
    began = here.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return Look(reader=reader(request), now=timezone.now(), month_began=began)


def board_facts(request: HttpRequest, chosen: BoardFilter) -> dict[str, object]:
    """Everything that the columns show."""
    look = look_of(request)
    columns = [_shown(column, look=look) for column in queries.board(chosen, look=look)]
    return {
        "chosen": chosen,
        "narrowed": is_narrowed(chosen),
        "columns": columns,
        "sums": _sums(columns),
        "open_count": sum(each.column.count for each in columns if each.column.stage.stage_class is StageClass.OPEN),
        "nothing": not any(each.column.count for each in columns),
        "may_work": may(actor(request).role, Right.WORK_DEALS),
        "query": request.GET.urlencode(),
    }


def _choices(chosen: BoardFilter) -> dict[str, object]:
    """What the filters offer."""
    months = [days.first for days in months_from(timezone.localdate(), count=MONTHS_TO_CHOOSE) if days.first]
    if chosen.closing and chosen.closing not in months:
        months.insert(0, chosen.closing)
    return {
        "whose": [(each, words.WHOSE[each]) for each in Whose],
        "colleagues": [(one.user_id, one.name) for one in access.staff(active_only=True)],
        "months": [(f"{day:%Y-%m}", words.month(day), day == chosen.closing) for day in months],
    }


def _shown(column: Column, *, look: Look) -> ColumnShown:
    name = words.named(column.stage.names)
    closed = column.stage.stage_class is not StageClass.OPEN
    return ColumnShown(
        column=column,
        name=name,
        heading=words.closed_in(name, look.month_began.date()) if closed else name,
        cards=tuple(card(line, now=look.now) for line in column.cards),
        more_url=f"{reverse('deals_list')}?stage={column.stage.stage_id}",
    )


def _sums(columns: list[ColumnShown]) -> list[Total]:
    """What all open columns are worth, by currency; that of most deals first."""
    found: dict[str, Total] = {}
    for each in columns:
        if each.column.stage.stage_class is StageClass.OPEN:
            for total in each.column.totals:
                known = found.get(total.currency, Total(currency=total.currency, count=0, total=0, weighted=0))
                found[total.currency] = Total(
                    currency=total.currency,
                    count=known.count + total.count,
                    total=known.total + total.total,
                    weighted=known.weighted + total.weighted,
                )
    return sorted(found.values(), key=lambda total: -total.count)
