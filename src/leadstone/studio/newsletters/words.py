"""What newsletters say in codes, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leadstone.domains.consent import rules as consent
from leadstone.domains.delivery import rules as delivery
from leadstone.domains.delivery.rules import State
from leadstone.domains.newsletters.rules import IssueState, Refusal
from leadstone.wire.definition import Purpose

Words = str | Promise

STATE: Mapping[IssueState, Words] = {
    IssueState.DRAFT: pgettext_lazy("a letter", "Draft"),
    IssueState.SCHEDULED: pgettext_lazy("a letter", "Planned"),
    IssueState.SENDING: pgettext_lazy("a letter", "Leaving"),
    IssueState.PAUSED: pgettext_lazy("a letter", "Held"),
    IssueState.STOPPED: pgettext_lazy("a letter", "Stopped"),
    IssueState.SENT: pgettext_lazy("a letter", "Sent"),
}
TONE: Mapping[IssueState, str] = {
    IssueState.DRAFT: "",
    IssueState.SCHEDULED: "pole",
    IssueState.SENDING: "pole",
    IssueState.PAUSED: "warn",
    IssueState.STOPPED: "bad",
    IssueState.SENT: "good",
}
PURPOSE: Mapping[Purpose, Words] = {
    Purpose.NEWSLETTER: _("A letter: knowledge, news. It needs the consent to letters."),
    Purpose.OFFERS: _("An offer: it wants to sell something. It needs the consent to offers, which few readers gave."),
}
REFUSED: Mapping[Refusal, Words] = {
    Refusal.SUBJECT_MISSING: _("It needs a subject."),
    Refusal.SUBJECT_WRONG: _("The subject is one line of at most 150 characters."),
    Refusal.PREHEADER_WRONG: _("The line beside the subject is one line of at most 150 characters."),
    Refusal.BODY_MISSING: _("There is nothing in it yet."),
    Refusal.BODY_TOO_LONG: _("It is too long for a letter: 20,000 characters at most."),
    Refusal.UNREADABLE: _("It holds characters that cannot be seen. Type that part anew."),
    Refusal.LINK_WRONG: _("A link must be a whole web address that begins with https://"),
    Refusal.TOPIC_MISSING: _("Say what it is about: it goes only to those who asked for that topic."),
    Refusal.TOPIC_UNKNOWN: _("The newsletter does not have this topic any more."),
    Refusal.NOT_PUBLISHED: _("The newsletter was never published, so it has no readers."),
    Refusal.WITHDRAWN: _("The newsletter was withdrawn. Offer it again before you write to its readers."),
    Refusal.NO_BRAND: _("Say first who writes: company, sender and postal address, under Settings."),
    Refusal.TOO_OFTEN: _("That would break the promise: this month’s letters have left, or are planned."),
    Refusal.IN_THE_PAST: _("That time is over. Choose a later one."),
    Refusal.BEGUN: _("It is planned or on its way: what was sent does not change."),
    Refusal.CHANGED_MEANWHILE: _(
        "Somebody changed this letter while you wrote. Your words stand below, theirs are kept: look at both, then save again."
    ),
    Refusal.NOT_ITS_BOX: _("Another newsletter keeps what this box promises."),
    Refusal.NOT_THERE: _("On that day the clocks skip this hour. Choose another."),
}
BECAUSE: Mapping[str, Words] = {
    consent.Refusal.STOPPED.value: _("asked never to be written to"),
    consent.Refusal.LEFT_MARKETING.value: _("left, after they had subscribed"),
    consent.Refusal.NO_PURPOSE.value: _("the letter does not say what for"),
    consent.Refusal.NEVER_ASKED.value: _("never agreed to this kind of letter"),
    consent.Refusal.NOT_CONFIRMED.value: _("ticked, but never confirmed"),
    consent.Refusal.WITHDRAWN.value: _("took the consent back"),
    consent.Refusal.NO_BASIS.value: _("nobody said why we may know them"),
    delivery.Refusal.NO_ADDRESS.value: _("no address any more"),
    delivery.Refusal.TAKEN_BACK.value: _("stopped by one of us"),
    delivery.Refusal.NOTHING_TO_SAY.value: _("nothing to say any more"),
    delivery.Refusal.RESTORED.value: _("waited when a copy was made of this installation"),
}
FATE: Mapping[State, Words] = {
    State.QUEUED: pgettext_lazy("letters", "waiting"),
    State.CLAIMED: pgettext_lazy("letters", "waiting"),
    State.SENDING: pgettext_lazy("letters", "leaving"),
    State.SENT: pgettext_lazy("letters", "sent"),
    State.FAILED: pgettext_lazy("letters", "failed"),
    State.UNKNOWN: pgettext_lazy("letters", "unclear"),
    State.EXCLUDED: pgettext_lazy("letters", "held back"),
}


def because_words(because: str) -> str:
    """A reason in words; what a mail server said stays what it said."""
    return str(BECAUSE.get(because, because))
