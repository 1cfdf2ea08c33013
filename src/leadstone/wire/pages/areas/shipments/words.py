"""The public words of parcels, by code."""

from leadstone.wire.pages.phrases import _

CARRIERS = {
    "poczta_polska": _("Poczta Polska"),
    "inpost": _("InPost"),
    "dpd": _("DPD"),
    "dhl": _("DHL"),
    "gls": _("GLS"),
    "ups": _("UPS"),
}
