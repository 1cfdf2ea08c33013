"""What the rules of kiosks say in codes, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leadstone.domains.kiosks.queries import Order
from leadstone.domains.kiosks.rules import EntryKind, EntryState, Standing, Unreadable

Words = str | Promise

STANDING: Mapping[Standing, Words] = {
    Standing.AWAKE: pgettext_lazy("device", "awake"),
    Standing.QUIET: pgettext_lazy("device", "quiet"),
    Standing.UNPAIRED: pgettext_lazy("device", "not paired yet"),
    Standing.LAPSED: pgettext_lazy("device", "link ran out"),
    Standing.REVOKED: pgettext_lazy("device", "revoked"),
}
TONE: Mapping[Standing, str] = {
    Standing.AWAKE: "good",
    Standing.QUIET: "",
    Standing.UNPAIRED: "warn",
    Standing.LAPSED: "warn",
    Standing.REVOKED: "bad",
}
KIND: Mapping[EntryKind, Words] = {
    EntryKind.VISIT: pgettext_lazy("entry", "Form"),
    EntryKind.CARD: pgettext_lazy("entry", "Business card"),
    EntryKind.RATING: pgettext_lazy("entry", "Note of staff"),
}
STATE: Mapping[EntryState, Words] = {
    EntryState.TAKEN: pgettext_lazy("entry", "taken in"),
    EntryState.EARLY: pgettext_lazy("entry", "waits for its form"),
    EntryState.HELD: pgettext_lazy("entry", "waits for you"),
    EntryState.UNREADABLE: pgettext_lazy("entry", "could not be read"),
    EntryState.DISCARDED: pgettext_lazy("entry", "discarded"),
}
BECAUSE: Mapping[Unreadable, Words] = {
    Unreadable.SEALED_FOR_OTHERS: _("It is damaged, or was not sealed for this installation."),
    Unreadable.NO_ENTRY: _("It opened, but it is of no kind that we know."),
    Unreadable.UNFIT: _("Its form does not fit the magnet."),
    Unreadable.OTHER_MAGNET: _("It is about a magnet that this device does not show."),
    Unreadable.NOBODY_TO_REACH: _("It holds neither an address nor a number that can be used."),
}
ORDER: Mapping[Order, Words] = {
    Order.NEWEST: _("Newest first"),
    Order.NAME: _("By name"),
    Order.SEEN: _("Last seen first"),
    Order.TAKEN: _("Most people first"),
    Order.WAITING: _("Most waiting first"),
}
