"""What a code is worth and under which rules: the settings of the magnets that give one, as edge and core both read them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from leadstone.kernel.money import Currency

AS_OFTEN_AS_THEY_LIKE = 0


class Benefit(StrEnum):
    """What the holder of a code gets."""

    PERCENT = "percent"  # off the price
    AMOUNT = "amount"  # off the price
    SHIPPING = "shipping"  # nothing to pay for the parcel


class Supply(StrEnum):
    """Where the codes come from."""

    MADE = "made"  # one is made for whoever asks
    LISTED = "listed"  # from a list that ends


class PriceCut(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A lower price of named goods, with the lowest one of the 30 days before it (Directive 98/6/EC, art. 6a). Minor units."""

    product: str
    before_minor: int = 0
    now_minor: int = 0
    lowest_minor: int = 0


class CodeTerms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The rules of every code that one version gives. Days are whole days by the clock of `zone` (IANA name)."""

    benefit: Benefit = Benefit.SHIPPING
    percent: int = 0
    amount_minor: int = 0
    currency: Currency = Currency.PLN
    applies_to: str = ""  # in the marketer's words: "everything in the shop, except gift cards"
    minimum_minor: int = 0  # of one order
    uses: int = 1  # how many orders; 0: as often as they like
    valid_from: date | None = None
    valid_until: date | None = None  # the last day
    zone: str = "Europe/Warsaw"
    supply: Supply = Supply.MADE
    cuts: tuple[PriceCut, ...] = ()

    @property
    def begins_at(self) -> datetime | None:
        """The first moment (UTC) at which a code counts; None: at once."""
        return _midnight(self.valid_from, self.zone) if self.valid_from else None

    @property
    def ends_at(self) -> datetime | None:
        """The first moment (UTC) at which it counts no more; None: never."""
        return _midnight(self.valid_until + timedelta(days=1), self.zone) if self.valid_until else None


def read_terms(settings: Mapping[str, Any]) -> CodeTerms:
    """The terms in a magnet's settings; raises `msgspec.ValidationError` where they are none."""
    return msgspec.convert(settings, CodeTerms)


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(zone)).astimezone(UTC)
