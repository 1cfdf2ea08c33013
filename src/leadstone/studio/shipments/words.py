"""What the rules of shipments say in codes, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leadstone.domains.shipments.rules import Carrier, MovementKind, ParcelOrder, ParcelState, StockRefusal

Words = str | Promise

STATE: Mapping[ParcelState, Words] = {
    ParcelState.WAITING: pgettext_lazy("parcel", "in line"),
    ParcelState.RESERVED: pgettext_lazy("parcel", "to send"),
    ParcelState.PACKED: pgettext_lazy("parcel", "label printed"),
    ParcelState.SENT: pgettext_lazy("parcel", "sent"),
    ParcelState.RETURNED: pgettext_lazy("parcel", "came back"),
    ParcelState.ADDRESS: pgettext_lazy("parcel", "no address"),
    ParcelState.HOUSEHOLD: pgettext_lazy("parcel", "had one"),
    ParcelState.CANCELLED: pgettext_lazy("parcel", "undone"),
}
TONE: Mapping[ParcelState, str] = {
    ParcelState.WAITING: "",
    ParcelState.RESERVED: "warn",
    ParcelState.PACKED: "warn",
    ParcelState.SENT: "good",
    ParcelState.RETURNED: "bad",
    ParcelState.ADDRESS: "bad",
    ParcelState.HOUSEHOLD: "",
    ParcelState.CANCELLED: "",
}
ORDER: Mapping[ParcelOrder, Words] = {
    ParcelOrder.DUE: _("What must leave first"),
    ParcelOrder.NEWEST: _("Newest first"),
    ParcelOrder.NAME: _("By name"),
    ParcelOrder.CITY: _("By town"),
}
CARRIER: Mapping[Carrier, Words] = {
    Carrier.POCZTA_POLSKA: "Poczta Polska",
    Carrier.INPOST: "InPost",
    Carrier.DPD: "DPD",
    Carrier.DHL: "DHL",
    Carrier.GLS: "GLS",
    Carrier.UPS: "UPS",
    Carrier.OTHER: pgettext_lazy("carrier", "another"),
}
MOVEMENT: Mapping[MovementKind, Words] = {
    MovementKind.RECEIVED: _("Came in"),
    MovementKind.RESERVED: _("Set aside"),
    MovementKind.RELEASED: _("Free again"),
    MovementKind.SENT: _("Sent"),
    MovementKind.TAKEN_BACK: _("Not sent after all"),
    MovementKind.RETURNED: _("Came back"),
    MovementKind.LOST: _("Lost or broken"),
    MovementKind.CORRECTED: _("Counted anew"),
}
REFUSED: Mapping[StockRefusal, Words] = {
    StockRefusal.NOT_A_QUANTITY: _("Give a whole number that changes something."),
    StockRefusal.BELOW_RESERVED: _("Fewer would be left than are set aside for people. Send or undo some of those first."),
}
