"""Numbers as people type them, and as they read them."""

import re
from decimal import Decimal

LONGEST_NUMERAL = 20
_SPACES = re.compile(r"[\s'’]+")
_NUMERAL = re.compile(r"[+-]?(?:[0-9]{1,15}(?:[.,][0-9]{0,6})?|[.,][0-9]{1,6})")
_NO_BREAK = "\u00a0"
# From how many digits on they are grouped (CLDR, minimumGroupingDigits), by what, and the decimal mark.
_WRITTEN = {"pl": (5, _NO_BREAK, ","), "en": (4, ",", ".")}


def read_decimal(text: str) -> Decimal | None:
    """A number as it is typed: "12,5", "12.5", "1 200"; None when it is none. One mark is always the decimal one."""
    compact = _SPACES.sub("", text[: LONGEST_NUMERAL * 3]).replace("−", "-")
    if len(compact) > LONGEST_NUMERAL or not _NUMERAL.fullmatch(compact):
        return None
    return Decimal(compact.replace(",", "."))


def plain(number: Decimal) -> str:
    """The shortest way to write a number for a machine: "12.5", "1200", "0"."""
    text = format(number.normalize(), "f")
    return "0" if text in {"-0", "0"} else text


def written(number: Decimal, language: str, *, grouped: bool = False) -> str:
    """A number in the manner of a language: "12 000" and "2,5" in Polish, "12,000" and "2.5" in English.

    `grouped`: in groups of three also where the language would not yet, because a longer number stands beside it.
    """
    grouped_from, separator, mark = _WRITTEN.get(language, _WRITTEN["en"])
    whole, _, part = plain(abs(number)).partition(".")
    if grouped or len(whole) >= grouped_from:
        whole = f"{int(whole):,}".replace(",", separator)
    sign = "−" if number < 0 else ""
    return f"{sign}{whole}{mark}{part}" if part else f"{sign}{whole}"
