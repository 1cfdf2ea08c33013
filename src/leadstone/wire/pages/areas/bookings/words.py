"""What the pages of bookings say by code; translated when it is shown."""

from leadstone.wire.pages.phrases import _

BOOK = _("Book this time")
CLOSING = _("One mail to confirm it; after that it is yours.")
CHOOSE = _("Free times")

STATE = {
    "pending": _("Kept for you until you confirm it by mail"),
    "waiting": _("Kept for you: we still have to agree"),
    "booked": _("It is booked"),
    "took_place": _("We talked"),
    "no_show": _("We missed each other"),
    "lapsed": _("This time was given back"),
    "declined": _("This time did not work for us"),
    "cancelled": _("It is called off"),
}
DONE = {
    "moved": _("The time was changed. A new invitation is on its way to your mailbox."),
    "chosen": _("The new time is noted, and a mail about it is on its way to your mailbox."),
    "cancelled": _("Done. Somebody else will be glad of the time."),
}
REFUSED = {
    "taken": _("This time has just been taken. Please choose another one; your old time is still yours."),
    "over": _("This booking cannot be changed any more."),
}
TAKEN_AGAIN = _("This time has just been taken. Please choose another one.")
