"""What networks, measures and mistakes in files are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leadstone.domains.posts.rules import Measure, Network, PostOrder
from leadstone.domains.posts.rules.reading import Wrong

Words = str | Promise

NETWORK: Mapping[Network, Words] = {
    Network.FACEBOOK: "Facebook",
    Network.X: "X",
    Network.PINTEREST: "Pinterest",
    Network.INSTAGRAM: "Instagram",
    Network.LINKEDIN: "LinkedIn",
    Network.OTHER: _("Another network"),
}
MEASURE: Mapping[Measure, Words] = {
    Measure.REACH: _("Reach"),
    Measure.IMPRESSIONS: _("Impressions"),
    Measure.LIKES: _("Likes"),
    Measure.COMMENTS: _("Comments"),
    Measure.SHARES: _("Shares"),
}
ORDER: Mapping[PostOrder, Words] = {
    PostOrder.NEWEST: _("Latest first"),
    PostOrder.REACH: _("Farthest reach first"),
    PostOrder.NETWORK: _("By network"),
}
WRONG: Mapping[Wrong, Words] = {
    Wrong.NO_POST: _("It names no post."),
    Wrong.UNKNOWN_POST: _("There is no post with this code or address."),
    Wrong.NO_DAY: _("This is no day. Write it like 2026-11-22 or 22.11.2026."),
    Wrong.NOT_YET: _("This day is yet to come."),
    Wrong.NOT_A_NUMBER: _("This is not a number."),
    Wrong.NOTHING_SAID: _("It has no number."),
}
