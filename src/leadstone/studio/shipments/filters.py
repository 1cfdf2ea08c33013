"""A view of the queue is its address: parameters into a `ParcelFilter`. What is not understood is left out."""

from collections.abc import Mapping

from leadstone.domains.shipments.rules import HOLDING, ParcelFilter, ParcelOrder, ParcelState

LONGEST_SEARCH = 200
TO_SEND = "to_send"  # what is set aside, with a label or without
PROBLEMS = "problems"
EVERYTHING = "all"
GROUPS: Mapping[str, tuple[ParcelState, ...]] = {
    TO_SEND: tuple(sorted(HOLDING)),
    PROBLEMS: (ParcelState.ADDRESS, ParcelState.RETURNED),
    "waiting": (ParcelState.WAITING,),
    "sent": (ParcelState.SENT,),
    "household": (ParcelState.HOUSEHOLD,),
    EVERYTHING: (),
}


def group_of(query: Mapping[str, str]) -> str:
    """Which pile the address names; what is to be sent unless it says otherwise."""
    asked = query.get("state", TO_SEND)
    return asked if asked in GROUPS else TO_SEND


def read_filter(query: Mapping[str, str]) -> ParcelFilter:
    """The filter that an address line means."""
    magnet, order = query.get("magnet", ""), query.get("order", "")
    return ParcelFilter(
        states=GROUPS[group_of(query)],
        magnet_id=int(magnet) if magnet.isascii() and magnet.isdigit() and len(magnet) < 18 else None,
        search=query.get("q", "").replace("\0", " ").strip()[:LONGEST_SEARCH],
        order=ParcelOrder(order) if order in set(ParcelOrder) else ParcelOrder.DUE,
    )
