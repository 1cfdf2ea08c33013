"""What deals are called on the board: stages, what is missing, who was faster, how long something took."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from babel.dates import format_date
from babel.lists import format_list
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from leadstone.domains.pipeline.rules import Requirement, SettingRefusal, words_in
from leadstone.domains.pipeline.rules.board import Whose
from leadstone.domains.pipeline.services import ChangeRefusal, Meanwhile
from leadstone.studio.words import moments

Words = str | Promise

WHOSE: Mapping[Whose, Words] = {
    Whose.ALL: gettext_lazy("Everybody’s"),
    Whose.TEAM: gettext_lazy("My team’s"),
    Whose.MINE: gettext_lazy("Mine"),
}
# As the thing that a deal needs: "needs one more thing to enter: who decides".
MISSING: Mapping[Requirement, Words] = {
    Requirement.VALUE: gettext_lazy("what it is worth"),
    Requirement.EXPECTED_CLOSE: gettext_lazy("when it should close"),
    Requirement.DECIDER: gettext_lazy("who decides"),
    Requirement.NEXT_ACTIVITY: gettext_lazy("what comes next"),
    Requirement.MEETING_HELD: gettext_lazy("a meeting that was held"),
    Requirement.WON_REASON: gettext_lazy("why they bought"),
    Requirement.LOST_REASON: gettext_lazy("why they do not buy"),
}
# As a line of the settings: "Before a deal enters, it must be known …".
ASKS: Mapping[Requirement, Words] = {
    Requirement.VALUE: gettext_lazy("What it is worth"),
    Requirement.EXPECTED_CLOSE: gettext_lazy("When it should close"),
    Requirement.DECIDER: gettext_lazy("Who decides (a receipt on the checklist)"),
    Requirement.NEXT_ACTIVITY: gettext_lazy("What comes next (something is planned)"),
    Requirement.MEETING_HELD: gettext_lazy("A meeting was held"),
    Requirement.WON_REASON: gettext_lazy("Why they bought"),
    Requirement.LOST_REASON: gettext_lazy("Why they do not buy"),
}
NOT_CHANGED: Mapping[StrEnum, Words] = {
    ChangeRefusal.WON_WITHOUT_VALUE: gettext_lazy("A won deal keeps a value: without one nobody knows what was sold."),
    ChangeRefusal.REASON_MISSING: gettext_lazy("Choose why, from the reasons of this stage."),
    ChangeRefusal.NO_SUCH_OWNER: gettext_lazy("This colleague does not work here any more."),
}
NOT_SET: Mapping[StrEnum, Words] = {
    SettingRefusal.NO_NAME: gettext_lazy("It needs a name in at least one language."),
    SettingRefusal.NOT_EMPTY: gettext_lazy("Deals stand in this stage. Move them first; then it can leave the board."),
    SettingRefusal.LAST_OF_ITS_CLASS: gettext_lazy("The last one of its kind stays: the board needs it."),
    SettingRefusal.TOO_MANY: gettext_lazy("These are as many as fit. Take one off first."),
}


def named(names: Mapping[str, str]) -> str:
    """A stage or a reason in the reader's language."""
    return words_in(names, get_language() or "en")


def called(who: str) -> str:
    """The company or person of a deal, or that nobody gave a name."""
    return who or _("Somebody without a name")


def initials(name: str) -> str:
    """ "EN" of Emil Nowak."""
    return "".join(part[0] for part in name.split()[:2]).upper()


def missing_words(who: str, missing: Sequence[Requirement]) -> tuple[str, str]:
    """What a deal still needs to enter: the sentence up to the colon, and the things."""
    sentence = ngettext("%(who)s needs one more thing to enter:", "%(who)s needs %(n)d more things to enter:", len(missing)) % {
        "who": called(who),
        "n": len(missing),
    }
    return sentence, in_a_row([str(MISSING[each]) for each in missing])


def in_a_row(words: Sequence[str]) -> str:
    """ "a, b and c" """
    return format_list(list(words), locale=get_language() or "en")


def meanwhile_words(other: Meanwhile, *, stage: str) -> str:
    """Who was faster, with what, where to, and when."""
    who, at = other.by or _("Somebody"), moments.spoken(other.at)
    if other.moved:
        return _("%(who)s moved it to “%(stage)s” (%(at)s). Nothing of yours was changed.") % {
            "who": who,
            "stage": stage,
            "at": at,
        }
    return _("%(who)s changed this deal (%(at)s), so look at it again first. Nothing of yours was changed.") % {
        "who": who,
        "at": at,
    }


def length(span: timedelta) -> str:
    """ "41 days", "5 hours", "under an hour"."""
    if span >= timedelta(days=1):
        return ngettext("%(n)d day", "%(n)d days", span.days) % {"n": span.days}
    hours = int(span.total_seconds() // 3600)
    if hours >= 1:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return _("under an hour")


def stands_here(entered: datetime, quiet_since: datetime, *, now: datetime) -> str:
    """Why a deal counts as forgotten: "In this stage for 34 days", or how long nobody touched it."""
    days = (now - max(entered, quiet_since)).days
    if quiet_since.date() == entered.date():
        return ngettext("In this stage for %(n)d day", "In this stage for %(n)d days", days) % {"n": days}
    return ngettext("Nothing has happened for %(n)d day", "Nothing has happened for %(n)d days", days) % {"n": days}


def month(day: date) -> str:
    """ "November 2026", standing alone."""
    return format_date(day, "LLLL y", locale=_locale())


def closed_in(stage: str, day: date) -> str:
    """The heading of a closed column: "Won, November"."""
    return _("%(stage)s, %(month)s") % {"stage": stage, "month": format_date(day, "LLLL", locale=_locale())}


def day_of(day: date) -> str:
    return format_date(day, "d MMMM y", locale=_locale())


def _locale() -> str:
    # British English writes the day before the month, as the rest of Europe does.
    return "en_GB" if get_language() == "en" else get_language() or "en_GB"
