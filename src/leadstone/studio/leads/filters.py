"""A view of the list is its address: parameters into a `LeadFilter` and back. What is not understood is left out."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from leadstone.domains.leads.rules import LeadFilter, Order, QualityBand, Status
from leadstone.domains.sources.rules import ChannelType
from leadstone.kernel.labels import LONGEST

Word = TypeVar("Word", bound=StrEnum)

LONGEST_SEARCH = 200
NOBODY = "nobody"
NO_BASIS = "none"
PROVEN = {"yes": True, "no": False}


def read_filter(query: Mapping[str, str]) -> LeadFilter:
    """The filter that an address line means."""
    owner = query.get("owner", "")
    return LeadFilter(
        status=_word(Status, query.get("status")),
        magnet_id=_number(query.get("magnet")),
        channel=_word(ChannelType, query.get("channel")),
        campaign_id=_number(query.get("campaign")),
        owner_id=_number(owner),
        unowned=owner == NOBODY,
        band=_word(QualityBand, query.get("band")),
        proven=PROVEN.get(query.get("proven", "")),
        unfounded=query.get("basis") == NO_BASIS,
        opened_from=_day(query.get("from")),
        search=query.get("q", "").strip()[:LONGEST_SEARCH],
        tag=" ".join(query.get("tag", "").split())[:LONGEST],
        order=_word(Order, query.get("order")) or Order.NEWEST,
    )


def read_page(query: Mapping[str, str]) -> int:
    return min(max(_number(query.get("page")) or 1, 1), 1_000_000)


def is_narrowed(chosen: LeadFilter) -> bool:
    """Whether the list shows less than everything."""
    return chosen != LeadFilter(order=chosen.order)


def _word(words: type[Word], text: str | None) -> Word | None:
    return words(text) if text in set(words) else None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None
