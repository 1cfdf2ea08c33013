"""What bookings are called."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leadstone.domains.bookings.rules import Refusal, State
from leadstone.domains.bookings.rules.listing import Order, When

Words = str | Promise

STATE: Mapping[State, Words] = {
    State.PENDING: pgettext_lazy("booking", "not confirmed yet"),
    State.WAITING: pgettext_lazy("booking", "waits for your word"),
    State.BOOKED: pgettext_lazy("booking", "booked"),
    State.TOOK_PLACE: pgettext_lazy("booking", "took place"),
    State.NO_SHOW: pgettext_lazy("booking", "nobody came"),
    State.LAPSED: pgettext_lazy("booking", "never confirmed"),
    State.DECLINED: pgettext_lazy("booking", "declined"),
    State.CANCELLED: pgettext_lazy("booking", "called off"),
}
OUTCOME: Mapping[State, Words] = {
    State.TOOK_PLACE: _("Took place"),
    State.NO_SHOW: _("Nobody came"),
}
TOLD: Mapping[State, Words] = {
    State.TOOK_PLACE: _("Noted: it took place."),
    State.NO_SHOW: _("Noted: nobody came."),
}
WHEN: Mapping[When, Words] = {
    When.AHEAD: pgettext_lazy("which bookings", "To come"),
    When.OVER: pgettext_lazy("which bookings", "Over"),
    When.ALL: pgettext_lazy("which bookings", "All"),
}
ORDER: Mapping[Order, Words] = {
    Order.SOONEST: _("soonest first"),
    Order.LATEST: _("latest first"),
    Order.NEWEST: _("booked last first"),
}
REFUSED: Mapping[StrEnum, Words] = {
    Refusal.TAKEN: _("Somebody else has this time."),
    Refusal.TOO_MANY: _("Too many times wait to be confirmed."),
    Refusal.OVER: _("It is over already, or was called off."),
    Refusal.NOT_YET: _("What came of it can be said once it has begun."),
    Refusal.NOT_FROM_HERE: _("It stands differently by now; perhaps a colleague was quicker."),
}
FEED_PROBLEM: Mapping[str, Words] = {
    "refused": _("This address may not be asked: it leads into a private network, or is none."),
    "silent": _("It did not answer."),
    "status": _("It answered with an error."),
    "too_large": _("It is larger than 5 MB."),
    "unreadable": _("What it answered is no calendar."),
}
