"""What activities are called, how a call ended, and why somebody is not called."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from leadstone.domains.activities.queries import ActivityFacts
from leadstone.domains.activities.rules import ActivityKind, Day, Outcome, Refusal, Standing, Whose
from leadstone.domains.consent import rules as consent
from leadstone.domains.consent.queries.calls import CallAnswer

Words = str | Promise

KIND: Mapping[ActivityKind, Words] = {
    ActivityKind.TASK: pgettext_lazy("kind of activity", "Task"),
    ActivityKind.CALL: pgettext_lazy("kind of activity", "Call"),
    ActivityKind.MEETING: pgettext_lazy("kind of activity", "Meeting"),
    ActivityKind.NOTE: pgettext_lazy("kind of activity", "Note"),
}
KINDS: Mapping[ActivityKind, Words] = {
    ActivityKind.TASK: pgettext_lazy("kind of activity", "Tasks"),
    ActivityKind.CALL: pgettext_lazy("kind of activity", "Calls"),
    ActivityKind.MEETING: pgettext_lazy("kind of activity", "Meetings"),
    ActivityKind.NOTE: pgettext_lazy("kind of activity", "Notes"),
}
# What a button says.
OUTCOME: Mapping[Outcome, Words] = {
    Outcome.REACHED: pgettext_lazy("how a call ended", "Reached"),
    Outcome.NO_ANSWER: pgettext_lazy("how a call ended", "No answer"),
    Outcome.VOICEMAIL: pgettext_lazy("how a call ended", "Voicemail"),
    Outcome.CALL_BACK: pgettext_lazy("how a call ended", "Call back"),
    Outcome.WRONG_NUMBER: pgettext_lazy("how a call ended", "Wrong number"),
    Outcome.NOT_INTERESTED: pgettext_lazy("how a call ended", "Not interested"),
    Outcome.MEETING_AGREED: pgettext_lazy("how a call ended", "Meeting agreed"),
    Outcome.NO_MORE_CALLS: pgettext_lazy("how a call ended", "Wants no calls"),
    Outcome.HELD: pgettext_lazy("how a meeting ended", "Took place"),
    Outcome.NO_SHOW: pgettext_lazy("how a meeting ended", "They did not come"),
    Outcome.CANCELLED: pgettext_lazy("how an activity ended", "Called off"),
    Outcome.DONE: pgettext_lazy("how an activity ended", "Done"),
}
# What the story says of a call.
CALLED: Mapping[Outcome, Words] = {
    Outcome.REACHED: gettext_lazy("{by} called and reached them"),
    Outcome.NO_ANSWER: gettext_lazy("{by} called, nobody answered"),
    Outcome.VOICEMAIL: gettext_lazy("{by} called and left a message"),
    Outcome.CALL_BACK: gettext_lazy("{by} called: call back later"),
    Outcome.WRONG_NUMBER: gettext_lazy("{by} called: a wrong number"),
    Outcome.NOT_INTERESTED: gettext_lazy("{by} called: not interested"),
    Outcome.MEETING_AGREED: gettext_lazy("{by} called and agreed on a meeting"),
    Outcome.NO_MORE_CALLS: gettext_lazy("{by} called: they want no more calls"),
}
LOGGED: Mapping[Outcome, Words] = {
    Outcome.REACHED: gettext_lazy("Call noted."),
    Outcome.NO_ANSWER: gettext_lazy("Call noted: no answer."),
    Outcome.VOICEMAIL: gettext_lazy("Call noted: you left a message."),
    Outcome.CALL_BACK: gettext_lazy("Call noted. The next one stands among your tasks."),
    Outcome.WRONG_NUMBER: gettext_lazy("Call noted. The number counts as wrong; only accuracy went down."),
    Outcome.NOT_INTERESTED: gettext_lazy("Call noted: not interested. Put the lead back for later, or give it up."),
    Outcome.MEETING_AGREED: gettext_lazy("Call noted. The meeting stands among your tasks."),
    Outcome.NO_MORE_CALLS: gettext_lazy("Noted: nobody calls this number about what we sell any more."),
}
ENDED: Mapping[Outcome, Words] = {
    Outcome.HELD: gettext_lazy("The meeting took place."),
    Outcome.NO_SHOW: gettext_lazy("Noted: they did not come."),
    Outcome.CANCELLED: gettext_lazy("Called off."),
    Outcome.DONE: gettext_lazy("Done."),
}
REFUSED: Mapping[StrEnum, Words] = {
    Refusal.NOT_THIS_ENDING: gettext_lazy("This cannot end that way."),
    Refusal.NEEDS_TIME: gettext_lazy("Say when."),
    Refusal.TIME_IS_PAST: gettext_lazy("This time is over; choose a later one."),
    Refusal.ENDS_BEFORE_IT_BEGINS: gettext_lazy("It would end before it begins."),
    Refusal.DONE_ALREADY: gettext_lazy("It is done already; perhaps a colleague was quicker."),
}
DAY: Mapping[Day, Words] = {
    Day.OVERDUE: gettext_lazy("Overdue"),
    Day.TODAY: gettext_lazy("Today"),
    Day.THIS_WEEK: gettext_lazy("This week"),
    Day.LATER: pgettext_lazy("when something is due", "Later"),
    Day.SOME_DAY: gettext_lazy("Some day"),
}
WHOSE: Mapping[Whose, Words] = {
    Whose.MINE: pgettext_lazy("whose tasks", "Mine"),
    Whose.TEAM: pgettext_lazy("whose tasks", "My team’s"),
    Whose.ALL: pgettext_lazy("whose tasks", "Everybody’s"),
}
STANDING: Mapping[Standing, Words] = {
    Standing.OPEN: pgettext_lazy("which tasks", "Open"),
    Standing.DONE: pgettext_lazy("which tasks", "Done"),
}
NOT_CALLED: Mapping[StrEnum, Words] = {
    consent.Refusal.NEVER_ASKED: gettext_lazy(
        "They never agreed to calls about what we sell, and the law wants that first ({article})."
    ),
    consent.Refusal.NOT_CONFIRMED: gettext_lazy("They ticked calls on the form, but did not confirm it yet ({article})."),
    consent.Refusal.WITHDRAWN: gettext_lazy("They took back what they had agreed to: no calls."),
    consent.Refusal.STOPPED: gettext_lazy("They do not want to hear from us."),
    consent.Refusal.LEFT_MARKETING: gettext_lazy("They do not want calls about what we sell."),
    consent.Refusal.NOT_SCREENED: gettext_lazy(
        "Nobody looked into the register of those who want no calls, and the law wants that first ({article})."
    ),
    consent.Refusal.NO_BASIS: gettext_lazy("Nobody said why we may know this person. Name the basis on their card first."),
    consent.Refusal.NO_NUMBER: gettext_lazy("We have no number."),
    consent.Refusal.WRONG_NUMBER: gettext_lazy("The number is wrong: somebody else answers there."),
}


def title_of(facts: ActivityFacts) -> str:
    """Its own title, else what it is: "Call", "Meeting"."""
    return facts.title or str(KIND[facts.kind])


def with_whom(facts: ActivityFacts) -> str:
    """ "Ann Nowak, Zakład" as far as it is known."""
    return ", ".join(part for part in (facts.person, facts.company) if part)


def why_not_called(answer: CallAnswer) -> str:
    """The reason of a refusal in words; empty when they may be called."""
    if answer.decision.because is None:
        return ""
    article = answer.article if answer.country else _("the strictest law that we know, for we do not know theirs")
    return str(NOT_CALLED[answer.decision.because]).format(article=article)


def nobody() -> str:
    return _("Somebody")
