"""The public words of parcels, by code."""

from decimal import Decimal

from babel.numbers import format_currency

from leadstone.wire.pages.phrases import _

CARRIERS = {
    "poczta_polska": _("Poczta Polska"),
    "inpost": _("InPost"),
    "dpd": _("DPD"),
    "dhl": _("DHL"),
    "gls": _("GLS"),
    "ups": _("UPS"),
}


def worth(minor: int, currency: str, language: str) -> str:
    """An amount as a page says it: "12,50 zł"."""
    return format_currency(Decimal(minor) / 100, currency, locale=language)
