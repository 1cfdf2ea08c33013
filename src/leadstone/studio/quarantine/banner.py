"""The line above every page while no mail leaves."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leadstone.domains.delivery import queries as delivery
from leadstone.domains.delivery.rules.hosts import Arrival, Standing
from leadstone.infra.host import this_host

WHY: dict[Arrival, str | Promise] = {
    Arrival.RESTORED: _("This is a restored copy."),
    Arrival.UNKNOWN: _("This is a copy, or a host that joined later."),
}


def quarantine_words() -> str | Promise:
    """Why no mail leaves from here; empty while it may."""
    return words_of(delivery.standing(this_host()))


def words_of(standing: Standing) -> str | Promise:
    return WHY.get(standing.because or Arrival.UNKNOWN, WHY[Arrival.UNKNOWN]) if standing.quarantine else ""
