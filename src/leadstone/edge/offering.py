"""Offers with a beginning, an end or a number: one clock and one counter for everybody, whatever a visitor's session says.

The clock is this server's; the counter is what the worker published last. Who really gets one of the last places is decided by
the core, when a mailbox is proven.
"""

from datetime import UTC, datetime

from leadstone.domains.magnets.offering import Standing, standing_of
from leadstone.edge.answer import Answer
from leadstone.edge.context import Edge
from leadstone.edge.delivery import language_of
from leadstone.edge.request import Request
from leadstone.wire.bundle import PublishedMagnet
from leadstone.wire.definition import ALWAYS
from leadstone.wire.journal import now_ms
from leadstone.wire.pages.offer_view import OfferView

_STATUS = {Standing.NOT_YET: 403, Standing.TAKEN: 410, Standing.CLOSED: 410}


def offer_of(edge: Edge, magnet: PublishedMagnet) -> OfferView | None:
    """Where an offer stands now; None where nothing limits it."""
    availability = edge.now.limited.get(magnet.slug)
    left = edge.shelf.counters.left.get(str(magnet.magnet_id))
    if availability is None and left is None:
        return None
    limits = availability or ALWAYS
    now = datetime.fromtimestamp(now_ms() / 1000, UTC)
    return OfferView(
        standing=standing_of(limits, left=left, now=now),
        opens_at=limits.opens_at,
        closes_at=limits.closes_at,
        zone=limits.zone,
        left=left if limits.shows_left else None,
    )


def takes_forms(offer: OfferView | None) -> bool:
    return offer is None or Standing(offer.standing).takes_forms


def without_form(edge: Edge, request: Request, magnet: PublishedMagnet, offer: OfferView, *, sent: bool) -> Answer:
    """The page that says when it begins, or that it is over and what else there is. `sent`: somebody posted the form."""
    standing = Standing(offer.standing)
    edge.seen[f"offer_{standing.value}"] += 1
    html = edge.pages(request).offer(
        magnet.current,
        magnet.slug,
        language=language_of(request, magnet.current),
        offer=offer,
        others=[other for other in edge.now.bundle.magnets if other.slug != magnet.slug and is_offered(edge, other)],
        sent=sent,
    )
    status = 200 if standing is Standing.NOT_YET and not sent else _STATUS[standing]
    return edge.private_page(html, status=status) if sent else edge.page(html, status=status)


def is_offered(edge: Edge, magnet: PublishedMagnet) -> bool:
    """Whether a list of what is offered names it: not what was withdrawn or is over."""
    if not magnet.live:
        return False
    offer = offer_of(edge, magnet)
    return offer is None or Standing(offer.standing) not in {Standing.TAKEN, Standing.CLOSED}
