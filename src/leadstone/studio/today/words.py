"""What the day says: why somebody stands where they stand, what to do, and what to open with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from babel.dates import format_time
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from leadstone.domains.agenda.rules import Opening, Reason, Step, Why
from leadstone.domains.consent.rules import Refusal
from leadstone.domains.consent.rules.writing import Unreachable
from leadstone.studio.words.moments import day, spoken

Words = str | Promise

REASON: Mapping[Why, Words] = {
    Why.ANSWER_LATE: gettext_lazy("answer was due {when}"),
    Why.ANSWER_DUE: gettext_lazy("answer by {when}"),
    Why.MEETING_SOON: gettext_lazy("meeting at {when}"),
    Why.MEETING_TODAY: gettext_lazy("meeting at {when}"),
    Why.MEETING_OVER: gettext_lazy("met {when}: how did it go?"),
    Why.CALL_LATE: gettext_lazy("call promised {when}"),
    Why.CALL_TODAY: gettext_lazy("call promised for {when}"),
    Why.TASK_LATE: gettext_lazy("task was due {when}"),
    Why.TASK_TODAY: gettext_lazy("task due {when}"),
    Why.DEAL_ROTTING: gettext_lazy("the deal is silent since {when}"),
    Why.RECYCLED: gettext_lazy("put back until today"),
    Why.QUESTION: gettext_lazy("asked a question"),
    Why.NEW_STRONG: gettext_lazy("new, strong in all three"),
    Why.NEW_FAIR: gettext_lazy("new"),
    Why.NEW_WEAK: gettext_lazy("new, something is weak"),
    Why.NOTHING_PLANNED: gettext_lazy("tried {when}, nothing is planned"),
}
URGENT = frozenset({Why.ANSWER_LATE, Why.CALL_LATE, Why.TASK_LATE})
STEP: Mapping[Step, Words] = {
    Step.PREPARE: gettext_lazy("Prepare the meeting"),
    Step.TELL: gettext_lazy("Write down how the meeting went"),
    Step.ANSWER: gettext_lazy("Answer the question"),
    Step.CALL: pgettext_lazy("a step", "Call"),
    Step.MAIL: gettext_lazy("Mail first"),
    Step.PROMOTE: gettext_lazy("Make it a prospect: every receipt is there"),
    Step.QUALIFY: gettext_lazy("Find out whether this is a prospect"),
    Step.REVIVE: gettext_lazy("Bring the deal back to life"),
    Step.FIND: gettext_lazy("Find a way to reach them that they allow"),
}
SENTENCE: Mapping[Opening, Words] = {
    Opening.QUESTION: gettext_lazy("You asked us: “{question}” May I answer that first?"),
    Opening.PROMISED_CALL: gettext_lazy("I promised to call you {when}. Is this a good moment?"),
    Opening.ASKS_FOR_CALL: gettext_lazy("We meant to talk on the phone. On which number, and when, may I call you?"),
    Opening.MEETING: gettext_lazy("What has to be on the table so that our meeting is worth your time?"),
    Opening.AFTER_MEETING: gettext_lazy("What did you take away from our meeting, and what should happen next?"),
    Opening.RATED_NO: gettext_lazy("You told us that “{magnet}” did not keep its promise. What did you miss?"),
    Opening.RATED_PARTLY: gettext_lazy("You told us that “{magnet}” kept only part of its promise. Which part was missing?"),
    Opening.RATED_YES: gettext_lazy("“{magnet}” helped, you told us. What is the next thing that you want to settle?"),
    Opening.QUIET_DEAL: gettext_lazy("What has changed since we spoke about our offer, and what still stands in its way?"),
    Opening.CAME_BACK: gettext_lazy("We agreed to talk again about now. Has the time come?"),
    Opening.USED: gettext_lazy("Which part of “{magnet}” is closest to your own situation?"),
    Opening.TOOK: gettext_lazy("Has “{magnet}” reached you, and may I help you find your way in it?"),
    Opening.MET: gettext_lazy("We met: {met}. What has happened since?"),
    Opening.PLAIN: gettext_lazy("What would have to be solved for this to be worth your time?"),
}
# What somebody did with a guide is not what they did with a report.
USED_BY_KIND: Mapping[str, Words] = {
    "guide": gettext_lazy("Which step of “{magnet}” is the one where you are standing now?"),
    "report": gettext_lazy("Which figure in “{magnet}” looks most different at your place?"),
    "tip_sheet": gettext_lazy("Which of the tips in “{magnet}” have you tried already?"),
    "white_paper": gettext_lazy("Which conclusion of “{magnet}” would change something for you?"),
    "ebook": gettext_lazy("Which chapter of “{magnet}” made you want to do something?"),
}
OPENS_WITH: Mapping[Opening, Words] = {
    Opening.QUESTION: gettext_lazy("Opens with what they asked on the form."),
    Opening.PROMISED_CALL: gettext_lazy("Opens with the word that you gave."),
    Opening.ASKS_FOR_CALL: gettext_lazy("Opens with the word that you gave, and asks for leave to call."),
    Opening.MEETING: gettext_lazy("Opens with what you are about to do together."),
    Opening.AFTER_MEETING: gettext_lazy("Opens with the meeting that you had."),
    Opening.RATED_NO: gettext_lazy("Opens with what they told us about the promise."),
    Opening.RATED_PARTLY: gettext_lazy("Opens with what they told us about the promise."),
    Opening.RATED_YES: gettext_lazy("Opens with what they told us about the promise."),
    Opening.QUIET_DEAL: gettext_lazy("Opens with where you left off."),
    Opening.CAME_BACK: gettext_lazy("Opens with what you agreed."),
    Opening.USED: gettext_lazy("Opens with what they took and opened."),
    Opening.TOOK: gettext_lazy("Opens with what they asked for and have not opened."),
    Opening.MET: gettext_lazy("Opens with how you met."),
    Opening.PLAIN: gettext_lazy("We know little: ask."),
}
SUBJECT: Mapping[Opening, Words] = {
    Opening.QUESTION: gettext_lazy("Your question"),
    Opening.ASKS_FOR_CALL: gettext_lazy("Our call"),
    Opening.MEETING: gettext_lazy("Our meeting"),
    Opening.AFTER_MEETING: gettext_lazy("Our meeting"),
    Opening.QUIET_DEAL: gettext_lazy("Our offer"),
    Opening.MET: gettext_lazy("After we met"),
}
NOT_WRITTEN: Mapping[StrEnum, Words] = {
    Unreachable.NO_ADDRESS: gettext_lazy("No e-mail address is known."),
    Unreachable.ADDRESS_FAILED: gettext_lazy("Letters to this address come back. Ask for another one when you talk."),
    Unreachable.NOT_PROVEN: gettext_lazy(
        "Nobody has proven this mailbox: somebody else may have typed the address. The mail with their link asks them to."
    ),
    Refusal.STOPPED: gettext_lazy("They do not want to hear from us at all."),
    Refusal.LEFT_MARKETING: gettext_lazy("They left our marketing. Only what they ask for themselves may be answered."),
    Refusal.NO_PURPOSE: gettext_lazy("There is no purpose that would allow it."),
    Refusal.NEVER_ASKED: gettext_lazy(
        "They never agreed to offers by e-mail, and they have no open question. Wait until they write, or ask when you meet."
    ),
    Refusal.NOT_CONFIRMED: gettext_lazy("They ticked the box for offers and have not confirmed it yet."),
    Refusal.WITHDRAWN: gettext_lazy("They took their consent to offers back."),
    Refusal.NO_BASIS: gettext_lazy("Nobody said why we may know this person. Name the basis on their card first."),
}
WHY_NOT = gettext_lazy("The law or their own word stands against it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What sentences are filled in with, as it stands in the house."""

    question: str = ""
    magnet: str = ""
    kind: str = ""  # of the magnet
    met: str = ""
    at: datetime | None = None  # what was promised


def reason_words(reason: Reason) -> str:
    """ "answer by 11:20", "call promised yesterday"."""
    return str(REASON[reason.why]).format(when=_when(reason))


def reasons_words(reasons: tuple[Reason, ...], *, most: int = 2) -> str:
    """The weightiest reasons as one line; what only repeats that somebody is new is left out beside a clock."""
    telling = [each for each in reasons if len(reasons) == 1 or each.why is not Why.NEW_FAIR]
    return ", ".join(reason_words(each) for each in telling[:most])


def sentence(opening: Opening, told: Told, *, language: str) -> str:
    """What to say or write first, in the language of the person."""
    with translation.override(language):
        pattern = USED_BY_KIND.get(told.kind, SENTENCE[opening]) if opening is Opening.USED else SENTENCE[opening]
        question = told.question if len(told.question) <= 160 else f"{told.question[:159].rstrip()}…"
        when = _promised(told.at) if told.at else ""
        return " ".join(str(pattern).format(question=question, magnet=told.magnet, met=told.met.rstrip("."), when=when).split())


def subject(opening: Opening, told: Told, *, language: str) -> str:
    with translation.override(language):
        return str(SUBJECT.get(opening) or told.magnet or _("A question to you"))


def mail_text(opening: Opening, told: Told, *, language: str) -> str:
    """The beginning of a mail, to be gone on with. An answer leaves room where the answer belongs."""
    with translation.override(language):
        hello = _("Good morning,")
        return f"{hello}\n\n{sentence(opening, told, language=language)}\n"


def minutes_words(minutes: int) -> str:
    if minutes > 90:
        hours = round(minutes / 60)
        return ngettext("about %(n)d hour of work", "about %(n)d hours of work", hours) % {"n": hours}
    return ngettext("about %(n)d minute of work", "about %(n)d minutes of work", minutes) % {"n": minutes}


def not_written(because: StrEnum | None) -> str:
    """Why nobody may write, in words."""
    return str(NOT_WRITTEN.get(because, WHY_NOT)) if because is not None else ""


def _when(reason: Reason) -> str:
    if reason.at is None:
        return ""
    local, now = timezone.localtime(reason.at), timezone.localtime()
    if local.date() == now.date():
        return clock(reason.at)
    return day(reason.at) if abs((local.date() - now.date()).days) > 1 else spoken(reason.at).lower()


def _promised(at: datetime) -> str:
    """When a call was promised for, as one says it to the other."""
    local, today = timezone.localtime(at).date(), timezone.localdate()
    return _("for today") if local == today else _("for %(day)s") % {"day": day(at)}


def clock(at: datetime) -> str:
    return format_time(timezone.localtime(at).time(), "H:mm", locale="en_GB")
