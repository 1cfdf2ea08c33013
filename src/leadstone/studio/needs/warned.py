"""Falling promises in the day of whoever made the magnet."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from leadstone.domains.access import queries as access
from leadstone.domains.access.rules import Right, may
from leadstone.domains.grants import queries as grants
from leadstone.domains.grants.queries import Warned
from leadstone.domains.magnets import queries as magnets
from leadstone.studio.shell.gate import actor
from leadstone.studio.words.numbers import percent


@dataclass(frozen=True, slots=True)
class Words:
    """A warning in words."""

    title: str
    text: str


def falling_promises(request: HttpRequest) -> list[tuple[int, Words]]:
    """Magnet id → what to say, of those that the reader made, and those whose maker works here no more. Until it was read."""
    if not may(actor(request).role, Right.SEE_FIGURES):
        return []
    fresh = [warned for warned in grants.warnings() if not warned.seen]
    if not fresh:
        return []
    makers = magnets.makers({warned.magnet_id for warned in fresh})
    here = {one.user_id for one in access.staff(active_only=True) if may(one.role, Right.SEE_FIGURES)}
    me = actor(request).pk
    mine = [warned for warned in fresh if (maker := makers.get(warned.magnet_id)) == me or maker not in here]
    titles = magnets.titles() if mine else {}
    return [(warned.magnet_id, _words(warned, titles.get(warned.magnet_id, ""))) for warned in mine]


def _words(warned: Warned, title: str) -> Words:
    return Words(
        _("“%(title)s”: the promise is kept less often") % {"title": title},
        _("In the last four weeks %(recent)s said yes, after %(before)s before.")
        % {"recent": percent(warned.recent.share), "before": percent(warned.before.share)},
    )
