"""A view of the list is its address: parameters into a `CompanyFilter`. What is not understood is left out."""

from collections.abc import Mapping

from leadstone.domains.companies.rules import CompanyFilter, CompanyOrder

LONGEST_SEARCH = 200
NOBODY = "nobody"


def read_filter(query: Mapping[str, str]) -> CompanyFilter:
    """The filter that an address line means."""
    owner, country, order = query.get("owner", ""), query.get("country", "").upper(), query.get("order", "")
    return CompanyFilter(
        search=query.get("q", "").strip()[:LONGEST_SEARCH],
        country=country if len(country) == 2 and country.isascii() and country.isalpha() else "",
        owner_id=int(owner) if owner.isascii() and owner.isdigit() and len(owner) < 18 else None,
        unowned=owner == NOBODY,
        without_person=query.get("people") == NOBODY,
        order=CompanyOrder(order) if order in set(CompanyOrder) else CompanyOrder.NAME,
    )


def is_narrowed(chosen: CompanyFilter) -> bool:
    """Whether the list shows less than everything."""
    return chosen != CompanyFilter(order=chosen.order)
