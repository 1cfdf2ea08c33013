"""Numbers and money as the reader's language writes them."""

from decimal import Decimal

from babel.numbers import format_currency, format_decimal, format_percent, get_currency_precision
from django.utils.translation import get_language


def _locale() -> str:
    return get_language() or "en"


def whole(value: int) -> str:
    return format_decimal(value, locale=_locale())


def percent(value: float) -> str:
    """`value` 0.334 as "33%"."""
    return format_percent(value, locale=_locale())


def money(minor: int, currency: str) -> str:
    """Minor units of an ISO 4217 currency; whole amounts are written without decimals."""
    places = get_currency_precision(currency)
    amount = Decimal(minor).scaleb(-places)
    decimals = "" if amount == amount.to_integral_value() else ".00"
    pattern = f"#,##0{decimals}\xa0¤" if _locale() == "pl" else f"¤\xa0#,##0{decimals}"
    return format_currency(amount, currency, locale=_locale(), format=pattern, currency_digits=False)


def size(size_bytes: int) -> str:
    """A file's size with its unit."""
    if size_bytes < 1_000_000:
        return f"{whole(max(1, round(size_bytes / 1000)))} kB"
    return f"{format_decimal(Decimal(size_bytes) / 1_000_000, format='#,##0.#', locale=_locale())} MB"
