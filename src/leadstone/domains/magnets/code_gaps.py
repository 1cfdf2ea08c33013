"""What a magnet that gives codes lacks before it may be published. Pure."""

from collections.abc import Iterator
from zoneinfo import available_timezones

from leadstone.domains.magnets.gap import Gap, GapCode
from leadstone.wire.code_terms import Benefit, CodeTerms, PriceCut

MOST_CUTS = 20
MOST_USES = 1000


def gaps_in(terms: CodeTerms) -> Iterator[Gap]:
    """Places are "benefit", "rules" and "cuts.1"."""
    if terms.benefit is Benefit.PERCENT and not 1 <= terms.percent <= 100:
        yield Gap(GapCode.PERCENT_WRONG, "benefit")
    if terms.benefit is Benefit.AMOUNT and terms.amount_minor <= 0:
        yield Gap(GapCode.AMOUNT_MISSING, "benefit")
    if not terms.applies_to.strip() and not terms.cuts:
        yield Gap(GapCode.APPLIES_TO_MISSING, "benefit")
    if terms.valid_from and terms.valid_until and terms.valid_until < terms.valid_from:
        yield Gap(GapCode.ENDS_BEFORE_IT_BEGINS, "rules")
    if not 0 <= terms.uses <= MOST_USES:
        yield Gap(GapCode.USES_WRONG, "rules", {"most": str(MOST_USES)})
    if terms.minimum_minor < 0:
        yield Gap(GapCode.AMOUNT_MISSING, "rules")
    if terms.zone not in available_timezones():
        yield Gap(GapCode.ZONE_UNKNOWN, "rules", {"zone": terms.zone})
    if len(terms.cuts) > MOST_CUTS:
        yield Gap(GapCode.TOO_MANY_CUTS, "cuts", {"most": str(MOST_CUTS)})
    for number, cut in enumerate(terms.cuts):
        yield from _cut_gaps(cut, f"cuts.{number}")


def _cut_gaps(cut: PriceCut, place: str) -> Iterator[Gap]:
    if not cut.product.strip():
        yield Gap(GapCode.PRODUCT_MISSING, place)
    if cut.before_minor <= 0 or cut.now_minor <= 0:
        yield Gap(GapCode.PRICE_MISSING, place)
    if cut.lowest_minor <= 0:
        yield Gap(GapCode.LOWEST_PRICE_MISSING, place)
    elif cut.before_minor > 0 and cut.lowest_minor > cut.before_minor:
        yield Gap(GapCode.LOWEST_PRICE_WRONG, place)
    # A reduction is announced from the lowest price, not from any higher one (Court of Justice, C-330/23).
    elif cut.now_minor >= cut.lowest_minor:
        yield Gap(GapCode.NO_PRICE_CUT, place)
