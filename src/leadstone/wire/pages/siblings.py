"""One magnet in several languages: magnets of one family, each with an address, a contract and consents of its own."""

from collections.abc import Iterable, Mapping

from leadstone.wire.bundle import PublishedMagnet


def siblings(magnets: Iterable[PublishedMagnet]) -> dict[str, Mapping[str, str]]:
    """Address → language → address, itself among them, for each magnet that is offered in another language too.

    Should two of a family speak the same language, the one whose address comes first speaks for it.
    """
    families: dict[str, dict[str, str]] = {}
    live = sorted((magnet for magnet in magnets if magnet.live and magnet.family), key=lambda magnet: magnet.slug)
    for magnet in live:
        families.setdefault(magnet.family, {}).setdefault(magnet.current.definition.language, magnet.slug)
    return {magnet.slug: families[magnet.family] for magnet in live if len(families[magnet.family]) > 1}
