"""Whether times are given at all now: the beginning, the end and the number of an offer, judged as the edge judges them."""

from collections.abc import Mapping
from datetime import datetime

from django.http import HttpResponse

from leadstone.domains.magnets.offering import Standing, limits_met, standing_of
from leadstone.flows.counters_published import left_of
from leadstone.kernel.language import Language
from leadstone.portal.frame import page
from leadstone.wire.bundle import PublishedMagnet
from leadstone.wire.definition import ALWAYS
from leadstone.wire.pages import Pages
from leadstone.wire.pages.offer_view import OfferView

_OVER = frozenset({Standing.TAKEN, Standing.CLOSED})


def not_offered(
    renderer: Pages, magnet: PublishedMagnet, *, language: Language, now: datetime, sent: bool
) -> HttpResponse | None:
    """The page that says when it begins, or that it is over; None while times are given. `sent`: somebody posted the form."""
    if limits_met(magnet.current.definition) == ALWAYS:
        return None
    left = left_of()
    offer = _offer(magnet, left, now=now)
    standing = Standing(offer.standing)
    if standing.takes_forms:
        return None
    html = renderer.offer(
        magnet.current,
        magnet.slug,
        language=language,
        offer=offer,
        others=[other for other in renderer.bundle.magnets if other.slug != magnet.slug and _is_offered(other, left, now=now)],
        sent=sent,
    )
    early = 403 if sent else 200
    return page(html, status=410 if standing in _OVER else early)


def _offer(magnet: PublishedMagnet, left: Mapping[int, int], *, now: datetime) -> OfferView:
    limits = limits_met(magnet.current.definition)
    return OfferView(
        standing=standing_of(limits, left=left.get(magnet.magnet_id), now=now),
        opens_at=limits.opens_at,
        closes_at=limits.closes_at,
        zone=limits.zone,
    )


def _is_offered(magnet: PublishedMagnet, left: Mapping[int, int], *, now: datetime) -> bool:
    return magnet.live and Standing(_offer(magnet, left, now=now).standing) not in _OVER
