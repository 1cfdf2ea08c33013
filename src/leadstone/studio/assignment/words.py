"""What assignment says: who had a lead and why, why nobody has it, and a rule as a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from leadstone.domains.assignment.queries import HandOverLine, OpenReason
from leadstone.domains.assignment.rules import AssignedBecause, HandOver, HandRefusal, Unavailable

Words = str | Promise

REFUSED: Mapping[HandRefusal, Words] = {
    HandRefusal.NOT_YOURS: gettext_lazy("This lead is not yours any more."),
    HandRefusal.TAKEN_MEANWHILE: gettext_lazy("A colleague took it a moment ago."),
    HandRefusal.ALREADY_THEIRS: gettext_lazy("It is theirs already."),
    HandRefusal.CANNOT_WORK_LEADS: gettext_lazy("This colleague does not work with leads."),
    HandRefusal.NEEDS_REASON: gettext_lazy("Say why you return it, so that the next one knows."),
}
STATE: Mapping[HandOver, Words] = {
    HandOver.OFFERED: pgettext_lazy("a hand-over", "waits for a yes"),
    HandOver.ACCEPTED: pgettext_lazy("a hand-over", "accepted"),
    HandOver.RETURNED: pgettext_lazy("a hand-over", "returned"),
    HandOver.SUPERSEDED: "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HandShown:
    """One line of the history of owners. `state`: what became of a hand-over, empty when nothing was asked."""

    at: datetime
    text: str
    note: str
    state: str


def hand_words(line: HandOverLine) -> HandShown:
    """One line of the history in the reader's language."""
    asked = line.because is AssignedBecause.BY_HAND and line.owner_id is not None
    return HandShown(at=line.at, text=_told(line), note=line.note, state=str(STATE[line.state]) if asked else "")


# By reason, and whether anybody has the lead afterwards.
_TOLD: Mapping[tuple[AssignedBecause, bool], Words] = {
    (AssignedBecause.RULE, True): gettext_lazy("%(owner)s, by the rule “%(rule)s”"),
    (AssignedBecause.EXISTING_OWNER, True): gettext_lazy("%(owner)s, who already speaks with them"),
    (AssignedBecause.TOOK_IT, True): gettext_lazy("%(owner)s took it"),
    (AssignedBecause.TAKEN_BACK, True): gettext_lazy("%(by)s took the hand-over back"),
    (AssignedBecause.TAKEN_BACK, False): gettext_lazy("%(by)s put it back into the open queue"),
    (AssignedBecause.RETURNED, True): gettext_lazy("%(by)s returned it to %(owner)s"),
    (AssignedBecause.RETURNED, False): gettext_lazy("%(by)s returned it into the open queue"),
    (AssignedBecause.BY_HAND, True): gettext_lazy("%(by)s handed it to %(owner)s"),
    (AssignedBecause.BY_HAND, False): gettext_lazy("%(by)s put it into the open queue"),
    (AssignedBecause.NOBODY_FREE, False): gettext_lazy("Into the open queue: nobody was free"),
    (AssignedBecause.NO_RULE, False): gettext_lazy("Into the open queue: no rule speaks for it"),
}


def _told(line: HandOverLine) -> str:
    somebody = _("somebody who left")
    names = {"owner": line.owner or somebody, "by": line.by or somebody, "rule": line.rule or _("a rule that is gone")}
    told = _TOLD.get((line.because, line.owner_id is not None), _TOLD.get((line.because, True), ""))
    return str(told) % names


def open_words(reason: OpenReason | None) -> str:
    """Why a lead stands in the open queue."""
    if reason is None:
        return _("No rule was on when it came.")
    if reason.because is AssignedBecause.NO_RULE:
        return _("No rule speaks for it.")
    if reason.because is AssignedBecause.NOBODY_FREE:
        return free_words(reason.passed_over, rule=reason.rule)
    if reason.note:
        return _("Returned: %(note)s") % {"note": reason.note}
    return _("Put here by hand.")


def free_words(passed_over: Mapping[Unavailable, int], *, rule: str) -> str:
    """ "Nobody was free by “Fairs”: 2 away, 1 full." """
    counted = ", ".join(_passed(why, count) for why, count in passed_over.items())
    if not counted:
        return _("The rule “%(rule)s” has nobody in it.") % {"rule": rule}
    return _("Nobody was free by “%(rule)s”: %(counted)s.") % {"rule": rule, "counted": counted}


def _passed(why: Unavailable, count: int) -> str:
    match why:
        case Unavailable.AWAY:
            text = ngettext("%(n)d away", "%(n)d away", count)
        case Unavailable.OFF_HOURS:
            text = ngettext("%(n)d off work", "%(n)d off work", count)
        case Unavailable.FULL:
            text = ngettext("%(n)d full", "%(n)d full", count)
        case Unavailable.LEFT:
            text = ngettext("%(n)d without an account that works leads", "%(n)d without accounts that work leads", count)
    return text % {"n": count}


def minutes_words(minutes: int) -> str:
    """ "45 min", "2 h", "2 h 30 min"."""
    hours, rest = divmod(minutes, 60)
    parts: Sequence[str] = [
        *([_("%(n)d h") % {"n": hours}] if hours else []),
        *([_("%(n)d min") % {"n": rest}] if rest else []),
    ]
    return " ".join(parts)
