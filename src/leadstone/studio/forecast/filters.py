"""A view of deals is its address: parameters into a `DealFilter` and back. What is not understood is left out."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from django.urls import reverse

from leadstone.domains.pipeline.rules import StageClass
from leadstone.domains.pipeline.rules.board import Whose
from leadstone.domains.pipeline.rules.deal_filter import NONE, Dated, DealFilter, DealOrder
from leadstone.domains.sources.rules import ChannelType
from leadstone.kernel.money import Currency
from leadstone.kernel.periods import read_days

Word = TypeVar("Word", bound=StrEnum)

LONGEST_SEARCH = 200
WITHOUT = "none"
CLOSED = "closed"  # in place of a class: won or lost
YES_NO = {"yes": True, "no": False}


def read_filter(query: Mapping[str, str]) -> DealFilter:
    """The filter that an address line means."""
    return DealFilter(
        whose=_word(Whose, query.get("whose")) or Whose.ALL,
        owner_id=_id(query.get("owner")),
        stage_class=_word(StageClass, query.get("class")),
        is_closed=True if query.get("class") == CLOSED else None,
        stage_id=_id(query.get("stage")),
        left_stage_id=_id(query.get("left")),
        currency=_word(Currency, query.get("currency")),
        due=read_days(query.get("due", "")),
        dated=_word(Dated, query.get("date")),
        closed=read_days(query.get("closed", "")),
        reason_id=_id(query.get("reason")),
        channel=_word(ChannelType, query.get("channel")),
        magnet_id=_id(query.get("magnet")),
        committed=YES_NO.get(query.get("committed", "")),
        valued=YES_NO.get(query.get("valued", "")),
        worked=YES_NO.get(query.get("worked", "")),
        rotting=YES_NO.get(query.get("rotting", "")),
        ageing=YES_NO.get(query.get("ageing", "")),
        search=query.get("q", "").strip()[:LONGEST_SEARCH],
        order=_word(DealOrder, query.get("order")) or DealOrder.CLOSE,
    )


def parameters(chosen: DealFilter) -> dict[str, str]:
    """The parameters that `read_filter` reads back; what is not chosen is left out."""
    told = {
        "whose": chosen.whose.value if chosen.whose is not Whose.ALL else "",
        "owner": _told_id(chosen.owner_id),
        "class": CLOSED if chosen.is_closed else chosen.stage_class or "",
        "stage": _told_id(chosen.stage_id),
        "left": _told_id(chosen.left_stage_id),
        "currency": chosen.currency or "",
        "due": str(chosen.due or ""),
        "date": chosen.dated or "",
        "closed": str(chosen.closed or ""),
        "reason": _told_id(chosen.reason_id),
        "channel": chosen.channel or "",
        "magnet": _told_id(chosen.magnet_id),
        "committed": _told(chosen.committed),
        "valued": _told(chosen.valued),
        "worked": _told(chosen.worked),
        "rotting": _told(chosen.rotting),
        "ageing": _told(chosen.ageing),
        "q": chosen.search,
        "order": chosen.order.value if chosen.order is not DealOrder.CLOSE else "",
    }
    return {name: str(value) for name, value in told.items() if value}


def address(name: str, chosen: DealFilter) -> str:
    """The address of a page of deals (`deals_list`, `forecast`, `wins_losses`, …) that shows what is chosen."""
    query = urlencode(parameters(chosen))
    return f"{reverse(name)}?{query}" if query else reverse(name)


def read_page(query: Mapping[str, str]) -> int:
    return min(max(_number(query.get("page")) or 1, 1), 1_000_000)


def is_narrowed(chosen: DealFilter) -> bool:
    """Whether the list shows less than everything."""
    return chosen != DealFilter(order=chosen.order)


def _word(words: type[Word], text: str | None) -> Word | None:
    return words(text) if text in set(words) else None


def _id(text: str | None) -> int | None:
    return NONE if text == WITHOUT else _number(text) or None


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None


def _told_id(value: int | None) -> str:
    return "" if value is None else str(value) if value != NONE else WITHOUT


def _told(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"
