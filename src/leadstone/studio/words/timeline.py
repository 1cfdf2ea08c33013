"""The story of a lead: one sentence for each kind of thing that happens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadstone.domains.consent.rules import Method
from leadstone.domains.delivery.rules import State
from leadstone.domains.grants.rules import Rating
from leadstone.domains.leads.queries import TimelineEntry, TimelineKind
from leadstone.domains.leads.rules import Because, Status
from leadstone.domains.sources.rules import ChannelType
from leadstone.studio.words.leads import BECAUSE, CHANNEL, STATUS
from leadstone.wire.definition import Channel, Purpose

Words = str | Promise

PURPOSE: Mapping[Purpose, Words] = {
    Purpose.NEWSLETTER: gettext_lazy("the letter"),
    Purpose.OFFERS: gettext_lazy("offers"),
    Purpose.SPECIAL: gettext_lazy("the use of an answer that the law protects"),
}
WAY: Mapping[Channel, Words] = {
    Channel.EMAIL: gettext_lazy("by e-mail"),
    Channel.PHONE: gettext_lazy("by phone"),
    Channel.SMS: gettext_lazy("by text message"),
    Channel.POST: gettext_lazy("by post"),
}
METHOD: Mapping[Method, Words] = {
    Method.FORM: gettext_lazy("on the form"),
    Method.CONFIRM_PAGE: gettext_lazy("on the confirm page"),
    Method.CODE: gettext_lazy("with the mailed code"),
    Method.ONE_CLICK: gettext_lazy("with one click in the mail program"),
    Method.LEAVE_PAGE: gettext_lazy("on the page to leave"),
    Method.PREFERENCES: gettext_lazy("in the preferences"),
    Method.STAFF: gettext_lazy("recorded by staff"),
    Method.IN_PERSON: gettext_lazy("in person, on our device"),
    Method.LEAD_FORM: gettext_lazy("on the form of another service"),
    Method.UNDO: gettext_lazy("by undoing the exchange"),
}
RATING: Mapping[Rating, Words] = {
    Rating.YES: gettext_lazy("Said: the promise was kept"),
    Rating.PARTLY: gettext_lazy("Said: the promise was partly kept"),
    Rating.NO: gettext_lazy("Said: the promise was not kept"),
}
LETTER: Mapping[str, Words] = {
    "delivery": gettext_lazy("the letter with the link"),
    "link_again": gettext_lazy("a fresh link"),
}
FATE: Mapping[State, Words] = {
    State.QUEUED: gettext_lazy("Waiting to be sent: {letter}"),
    State.CLAIMED: gettext_lazy("Waiting to be sent: {letter}"),
    State.SENDING: gettext_lazy("Being sent: {letter}"),
    State.SENT: gettext_lazy("We sent {letter}"),
    State.FAILED: gettext_lazy("Could not be sent: {letter}"),
    State.UNKNOWN: gettext_lazy("Perhaps sent, perhaps not: {letter}"),
    State.EXCLUDED: gettext_lazy("Held back: {letter}"),
}
ENDED: Mapping[str, Words] = {
    "undone": gettext_lazy("Undid the exchange: {magnet}"),
    "not_me": gettext_lazy("The owner of the mailbox said: not me ({magnet})"),
}
"""By grants.rules.Ending; whatever else ends a grant is said plainly."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the story: a sentence, what stands smaller under it, and whether it needs somebody's eyes."""

    at: datetime
    text: str
    under: str = ""
    trouble: bool = False


def line(entry: TimelineEntry) -> Line:
    """The entry in the reader's language."""
    return _TELLERS.get(entry.kind, _exchange)(entry)


def _message(entry: TimelineEntry) -> Line:
    facts, state = entry.facts, State(entry.facts["state"])
    letter = str(LETTER.get(facts["kind"], facts["subject"] or facts["kind"]))
    return Line(entry.at, str(FATE[state]).format(letter=letter), facts["subject"], trouble=state in TROUBLED)


def _rating(entry: TimelineEntry) -> Line:
    return Line(entry.at, str(RATING[Rating(entry.facts["rating"])]), entry.facts["magnet"])


def _ending(entry: TimelineEntry) -> Line:
    because = ENDED.get(entry.facts["because"], gettext_lazy("The exchange ended: {magnet}"))
    return Line(entry.at, str(because).format(magnet=entry.facts["magnet"]))


def _meeting(entry: TimelineEntry) -> Line:
    return Line(entry.at, str(CHANNEL[ChannelType(entry.facts["channel"])]), entry.facts["note"])


TROUBLED = frozenset({State.FAILED, State.UNKNOWN})
_CONSENTS = {
    TimelineKind.CONSENT_ASKED: gettext_lazy("Ticked {purpose} {way}, still to be confirmed"),
    TimelineKind.CONSENT_GIVEN: gettext_lazy("Agreed to {purpose} {way}"),
    TimelineKind.CONSENT_WITHDRAWN: gettext_lazy("No longer wants {purpose} {way}"),
}
_EXCHANGE = {
    TimelineKind.FORM_SENT: gettext_lazy("Asked for “{magnet}”"),
    TimelineKind.FORM_REPEATED: gettext_lazy("Sent the same form again"),
    TimelineKind.PROMISED: gettext_lazy("We promised “{magnet}”"),
    TimelineKind.MAILED: gettext_lazy("The mail with “{magnet}” was handed over"),
    TimelineKind.OPENED: gettext_lazy("Proved the mailbox and opened “{magnet}”"),
    TimelineKind.DELIVERED: gettext_lazy("Took the whole file of “{magnet}”"),
}


def _exchange(entry: TimelineEntry) -> Line:
    text = str(_EXCHANGE[entry.kind]).format(magnet=entry.facts.get("magnet", ""))
    channel = entry.facts.get("channel", "")
    return Line(entry.at, text, _("from: %(channel)s") % {"channel": CHANNEL[ChannelType(channel)]} if channel else "")


def _consent(entry: TimelineEntry) -> Line:
    facts = entry.facts
    purpose, way = PURPOSE[Purpose(facts["purpose"])], WAY[Channel(facts["channel"])]
    if facts["purpose"] == Purpose.SPECIAL:
        way = gettext_lazy("for their result")
    text = str(_CONSENTS[entry.kind]).format(purpose=purpose, way=way)
    return Line(entry.at, text, str(METHOD[Method(facts["method"])]))


def _status(entry: TimelineEntry) -> Line:
    facts = entry.facts
    words = {"before": STATUS[Status(facts["before"])], "after": STATUS[Status(facts["after"])], "by": facts["by"]}
    because = str(BECAUSE[Because(facts["because"])]) if facts["because"] else ""
    under = ": ".join(each for each in (because, facts["note"]) if each)
    if facts["by"]:
        return Line(entry.at, _("%(by)s: %(before)s → %(after)s") % words, under)
    return Line(entry.at, _("%(before)s → %(after)s") % words, under)


def _person_named(entry: TimelineEntry) -> Line:
    if entry.facts["by"]:
        return Line(entry.at, _("%(by)s named this person for the company") % {"by": entry.facts["by"]})
    return Line(entry.at, _("This person speaks for the company from now on"))


_TELLERS: Mapping[TimelineKind, Callable[[TimelineEntry], Line]] = {
    **dict.fromkeys(_CONSENTS, _consent),
    TimelineKind.STATUS_CHANGED: _status,
    TimelineKind.PERSON_NAMED: _person_named,
    TimelineKind.MESSAGE: _message,
    TimelineKind.RATED: _rating,
    TimelineKind.ENDED: _ending,
    TimelineKind.MET: _meeting,
}
