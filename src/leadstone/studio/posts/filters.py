"""A view of the list is its address: parameters into a `PostFilter`. What is not understood is left out."""

from collections.abc import Mapping

from leadstone.domains.posts.rules import Network, PostFilter, PostOrder

LONGEST_SEARCH = 200


def read_filter(query: Mapping[str, str]) -> PostFilter:
    """The filter that an address line means."""
    network, order = query.get("network", ""), query.get("order", "")
    return PostFilter(
        network=Network(network) if network in set(Network) else None,
        campaign_id=read_id(query.get("campaign", "")),
        search=query.get("q", "").replace("\0", " ").strip()[:LONGEST_SEARCH],
        order=PostOrder(order) if order in set(PostOrder) else PostOrder.NEWEST,
    )


def read_id(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def is_narrowed(chosen: PostFilter) -> bool:
    """Whether the list shows less than everything."""
    return chosen != PostFilter(order=chosen.order)
