"""What a cost comes to: money as it was paid, hours and goods at what one of them costs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from leadstone.domains.campaigns.rules import CostKind
from leadstone.kernel.money import LARGEST_MINOR, Currency

LARGEST_QUANTITY = Decimal(1_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What somebody says was spent: an amount of money, or so many hours or pieces at a rate."""

    kind: CostKind
    currency: Currency
    amount_minor: int = 0  # of money
    quantity: Decimal | None = None  # hours or pieces, with two decimals
    rate_minor: int | None = None  # of one hour or piece

    @property
    def sum_minor(self) -> int:
        """The sum in minor units, halves rounded up."""
        if self.kind is CostKind.MONEY:
            return self.amount_minor
        exact = (self.quantity or Decimal(0)) * (self.rate_minor or 0)
        return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))

    @property
    def is_complete(self) -> bool:
        """Whether it says enough, and nothing that was plainly mistyped."""
        if self.kind is CostKind.MONEY:
            return self.quantity is None and self.rate_minor is None and 0 <= self.amount_minor <= LARGEST_MINOR
        stated = self.quantity is not None and self.rate_minor is not None and self.rate_minor >= 0
        return stated and 0 < (self.quantity or 0) <= LARGEST_QUANTITY and self.sum_minor <= LARGEST_MINOR


def summed(amounts: Iterable[tuple[str, int]]) -> Mapping[str, int]:
    """One sum a currency, the largest first; amounts of different currencies are never added up."""
    totals: dict[str, int] = {}
    for currency, minor in amounts:
        totals[currency] = totals.get(currency, 0) + minor
    return dict(sorted(totals.items(), key=lambda pair: -pair[1]))
