"""Amounts of money: whole minor units (grosze, cents) of an ISO 4217 currency, never floats."""

import re
from enum import StrEnum


class Currency(StrEnum):
    """The currencies that a sale may be recorded in; each has two decimals."""

    PLN = "PLN"
    EUR = "EUR"
    USD = "USD"
    GBP = "GBP"
    CHF = "CHF"
    CZK = "CZK"


LARGEST_MINOR = 10**14  # a trillion: what is larger was mistyped
_SPACES = re.compile(r"[\s'’]+")
_PLAIN = re.compile(r"[0-9]{1,15}(?:[.,][0-9]{1,2})?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:(?P<mark>[.,])[0-9]{3})(?:(?P=mark)[0-9]{3})*(?:(?!(?P=mark))[.,][0-9]{1,2})?")


def read_amount(text: str) -> int | None:
    """Minor units of an amount as people type it ("18 400", "18,400.50", "18.400,50", "18400,5"); None when it is none.

    A last group of three digits is thousands, not decimals: "18.400" is eighteen thousand.
    """
    compact = _SPACES.sub("", text)
    if _GROUPED.fullmatch(compact):
        mark = next(c for c in compact if c in ".,")
        compact = compact.replace(mark, "")
    elif not _PLAIN.fullmatch(compact):
        return None
    whole, _, part = compact.replace(",", ".").partition(".")
    minor = int(whole) * 100 + int((part + "00")[:2])
    return minor if minor <= LARGEST_MINOR else None
