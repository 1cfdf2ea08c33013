"""A view of the board is its address: parameters into a `BoardFilter`. What is not understood is left out."""

from collections.abc import Mapping
from datetime import date

from leadstone.domains.pipeline.rules.board import BoardFilter, Whose

LONGEST_SEARCH = 200


def read_filter(query: Mapping[str, str]) -> BoardFilter:
    """The filter that an address line means."""
    whose = query.get("whose", "")
    return BoardFilter(
        whose=Whose(whose) if whose in set(Whose) else Whose.ALL,
        owner_id=read_id(query.get("owner")),
        closing=read_month(query.get("closing", "")),
        rotting=query.get("rotting") == "yes",
        unplanned=query.get("planned") == "no",
        search=query.get("q", "").strip()[:LONGEST_SEARCH],
    )


def is_narrowed(chosen: BoardFilter) -> bool:
    """Whether the board shows less than everything."""
    return chosen != BoardFilter()


def read_id(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None


def read_month(text: str) -> date | None:
    """The first day of "2026-11"."""
    try:
        return date.fromisoformat(f"{text}-01") if len(text) == 7 else None
    except ValueError:
        return None
