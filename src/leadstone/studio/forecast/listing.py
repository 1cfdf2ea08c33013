"""The list of deals, its export, and in words what the rows behind a figure have in common."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from leadstone.domains.access import queries as access
from leadstone.domains.access.rules import Right, may
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.pipeline.queries import deal_list
from leadstone.domains.pipeline.queries.deal_list import DealLine
from leadstone.domains.pipeline.queries.wins_losses import reason_names, stage_names
from leadstone.domains.pipeline.rules import StageClass
from leadstone.domains.pipeline.rules.board import Whose
from leadstone.domains.pipeline.rules.deal_filter import DealFilter
from leadstone.domains.pipeline.rules.forecast import COMMITTED_FROM, MONTHS
from leadstone.domains.sources.rules import ChannelType
from leadstone.kernel.money import Currency
from leadstone.kernel.periods import months_from
from leadstone.studio.forecast.export import COLUMNS
from leadstone.studio.forecast.filters import CLOSED, WITHOUT, address, is_narrowed, parameters, read_filter, read_page
from leadstone.studio.forecast.scope import Way
from leadstone.studio.forecast.words import CLASS, DATED, ORDER, TONE, WHOSE, day, named, span
from leadstone.studio.shell.exports import csv_file
from leadstone.studio.shell.gate import actor, needs, reader
from leadstone.studio.words.leads import CHANNEL
from leadstone.studio.words.numbers import percent


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line with its words."""

    deal: DealLine
    stage: str
    reason: str
    expected: str
    is_open: bool


# What the form has no field for: it comes by links, stays when somebody filters on, and can be taken away one by one.
_MORE = ("owner", "whose", "date", "reason", "channel", "magnet", "currency", "rotting")
_BY_LINK = ("left", "committed", "valued", "worked", "ageing", "closed")


@require_safe
@needs(Right.READ_DEALS)
def deals_list(request: HttpRequest) -> HttpResponse:
    """Every deal that the address means; htmx asks for the rows alone."""
    chosen, now = read_filter(request.GET), timezone.localtime()
    page = deal_list.deal_page(chosen, reader=reader(request), now=now, page=read_page(request.GET))
    facts = {
        "chosen": chosen,
        "page": page,
        "rows": [_row(line) for line in page.lines],
        "narrowed": is_narrowed(chosen),
        "tones": TONE,
        "chips": [Way(words=words, url=address("deals_list", without)) for words, without in _chips(chosen)],
        "export_url": address("deals_csv", chosen),
        "may_export": may(actor(request).role, Right.EXPORT_DEALS),
    }
    wants_rows = request.headers.get("HX-Target") == "rows"
    template = "forecast/_rows.html" if wants_rows else "forecast/deals.html"
    response = render(request, template, facts if wants_rows else facts | _choices(request, chosen))
    response["Vary"] = "HX-Request, HX-Target, Cookie"
    return response


@require_safe
@needs(Right.EXPORT_DEALS)
def deals_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The rows of the same address as a file, streamed and noted in the audit log."""
    rows = deal_list.each_deal(read_filter(request.GET), reader=reader(request), now=timezone.localtime())
    return csv_file(request, name="deals", columns=COLUMNS, rows=rows)


def _row(deal: DealLine) -> Row:
    return Row(
        deal=deal,
        stage=named(deal.stage_names),
        reason=named(deal.reason_names),
        expected=day(deal.expected_close) if deal.expected_close else "",
        is_open=deal.stage_class is StageClass.OPEN,
    )


def _choices(request: HttpRequest, chosen: DealFilter) -> dict[str, object]:
    """What the filters offer, and what they cannot show."""
    told = parameters(chosen)
    return {
        "told": told,
        "kept": [(name, told[name]) for name in _BY_LINK if name in told],
        "more_filters": any(told.get(name) for name in _MORE),
        "classes": [*((one.value, CLASS[one]) for one in StageClass), (CLOSED, _("Won or lost"))],
        "spans": _spans(chosen),
        "dates": [(one.value, words) for one, words in DATED.items()],
        "owners": _owners(request),
        "stages": [(str(pk), named(names)) for pk, names in stage_names().items()],
        "reasons": [(WITHOUT, _("No reason said")), *((str(pk), named(names)) for pk, names in reason_names().items())],
        "channels": [(one.value, CHANNEL[one]) for one in ChannelType],
        "magnets": [(WITHOUT, _("Without a magnet")), *((str(pk), title) for pk, title in magnets.titles().items())],
        "whose_words": [(one.value, words) for one, words in WHOSE.items() if one is not Whose.ALL],
        "orders": [(one.value, words) for one, words in ORDER.items()],
        "currencies": [(one.value, one.value) for one in Currency],
    }


def _spans(chosen: DealFilter) -> list[tuple[str, str]]:
    """The months of the forecast, and the days of the address where they are others."""
    months = months_from(timezone.localdate(), count=MONTHS)
    offered = [chosen.due, *months] if chosen.due and chosen.due not in months else months
    return [(str(days), span(days)) for days in offered]


def _owners(request: HttpRequest) -> list[tuple[str, str | Promise]]:
    me = actor(request).pk
    others = [(str(one.user_id), one.name) for one in access.staff(active_only=True) if one.user_id != me]
    return [(str(me), _("Mine")), (WITHOUT, _("Nobody’s")), *others]


def _chips(chosen: DealFilter) -> Iterator[tuple[str, DealFilter]]:
    """What the rows have in common beside what the form shows, and the filter without it."""
    if chosen.closed is not None:
        told = gettext("won or lost: %(days)s") % {"days": span(chosen.closed)}
        yield told, replace(chosen, closed=None)
    if chosen.committed is not None:
        at_least, below = gettext("probability %(share)s or more"), gettext("probability below %(share)s")
        told = (at_least if chosen.committed else below) % {"share": percent(COMMITTED_FROM / 100)}
        yield told, replace(chosen, committed=None)
    if chosen.valued is not None:
        yield gettext("with a value") if chosen.valued else gettext("without a value"), replace(chosen, valued=None)
    if chosen.worked is not None:
        told = gettext("stood on the board") if chosen.worked else gettext("recorded straight as closed")
        yield told, replace(chosen, worked=None)
    if chosen.ageing is not None:
        told = gettext("longer in its stage than usual") if chosen.ageing else gettext("not longer in its stage than usual")
        yield told, replace(chosen, ageing=None)
    if chosen.left_stage_id is not None:
        stage = named(stage_names().get(chosen.left_stage_id, {})) or gettext("none")
        yield gettext("last stage: %(stage)s") % {"stage": stage}, replace(chosen, left_stage_id=None)
