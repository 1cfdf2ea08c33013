"""What the pages of figures look at: whose deals, from where, in which currency; and the ways to look at others."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils.functional import Promise

from leadstone.domains.access.rules import Thing
from leadstone.domains.pipeline.rules.board import Whose
from leadstone.domains.pipeline.rules.deal_filter import DealFilter
from leadstone.kernel.money import Currency
from leadstone.studio.forecast.filters import address
from leadstone.studio.forecast.words import WHOSE
from leadstone.studio.shell.gate import actor, reader
from leadstone.studio.words.numbers import whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A link to another view of the same page."""

    words: str | Promise
    url: str
    is_current: bool = False
    count: str = ""


def scope_of(chosen: DealFilter) -> DealFilter:
    """The part of a filter that a page of figures takes over from an address."""
    return DealFilter(
        whose=chosen.whose,
        owner_id=chosen.owner_id,
        channel=chosen.channel,
        magnet_id=chosen.magnet_id,
        currency=chosen.currency,
    )


def ways(request: HttpRequest, shown: DealFilter, *, page: str) -> dict[str, object]:
    """The pills above the figures. A reader who sees only their own deals has nothing to choose."""
    whose = [each for each in Whose if each is not Whose.TEAM or reader(request).team]
    if reader(request).owners(Thing.DEALS) == frozenset({actor(request).pk}):
        whose = []
    narrowed = replace(shown, whose=Whose.ALL, currency=None, closed=None, order=DealFilter().order) != DealFilter()
    return {
        "whose": [
            Way(words=WHOSE[each], url=address(page, replace(shown, whose=each)), is_current=shown.whose is each)
            for each in whose
        ],
        "everything_url": address(page, DealFilter(currency=shown.currency)) if narrowed else "",
    }


def other_currencies(others: Mapping[Currency, int], *, shown: DealFilter, page: str) -> list[Way]:
    """The currencies that this page does not show; amounts of two are never added."""
    return [
        Way(words=code.value, url=address(page, replace(shown, currency=code)), count=whole(count))
        for code, count in sorted(others.items())
    ]
