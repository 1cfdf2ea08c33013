"""A view of the list is its address: parameters into a `KioskFilter`. What is not understood is left out."""

from collections.abc import Mapping

from leadstone.domains.kiosks.queries import KioskFilter, Order

LONGEST_SEARCH = 200
REVOKED: Mapping[str, bool] = {"yes": True, "no": False}


def read_filter(query: Mapping[str, str]) -> KioskFilter:
    """The filter that an address line means; devices in use unless it says otherwise."""
    order = query.get("order", "")
    return KioskFilter(
        search=query.get("q", "").replace("\0", " ").strip()[:LONGEST_SEARCH],
        campaign_id=_number(query.get("campaign", "")),
        magnet_id=_number(query.get("magnet", "")),
        revoked=None if query.get("revoked") == "all" else REVOKED.get(query.get("revoked", ""), False),
        order=Order(order) if order in set(Order) else Order.NEWEST,
    )


def is_narrowed(chosen: KioskFilter) -> bool:
    """Whether the list shows less than every device in use."""
    return chosen != KioskFilter(revoked=chosen.revoked, order=chosen.order)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None
