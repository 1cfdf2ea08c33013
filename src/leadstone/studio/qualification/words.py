"""What the checklist says: kinds of evidence, where a receipt comes from, why something is refused."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from leadstone.domains.activities.rules import Outcome
from leadstone.domains.grants.rules import Rating
from leadstone.domains.qualification.queries import PointWords, Source
from leadstone.domains.qualification.rules import TRIED, EditRefusal, EvidenceKind, Refusal, words_in

Words = str | Promise

KIND: Mapping[EvidenceKind, Words] = {
    EvidenceKind.ANSWER: gettext_lazy("Answer on a form"),
    EvidenceKind.SIGN: gettext_lazy("Answer marked as a wish to buy"),
    EvidenceKind.PROVEN_PHONE: gettext_lazy("Phone proven"),
    EvidenceKind.PROVEN_MAILBOX: gettext_lazy("Mailbox proven"),
    EvidenceKind.CALL: pgettext_lazy("a piece of evidence", "Call"),
    EvidenceKind.MEETING: pgettext_lazy("a piece of evidence", "Meeting held"),
    EvidenceKind.NOTE: pgettext_lazy("a piece of evidence", "Note"),
    EvidenceKind.DELIVERED: gettext_lazy("Took what was promised"),
}
USED: Mapping[str, Words] = {
    TRIED: gettext_lazy("Used the trial"),
    Rating.YES.value: gettext_lazy("Took it and said: the promise was kept"),
    Rating.PARTLY.value: gettext_lazy("Took it and said: the promise was partly kept"),
}
CALLED: Mapping[str, Words] = {
    Outcome.REACHED.value: gettext_lazy("Call, reached"),
    Outcome.CALL_BACK.value: gettext_lazy("Call, calls back"),
    Outcome.MEETING_AGREED.value: gettext_lazy("Call, meeting agreed"),
}
REFUSED: Mapping[StrEnum, Words] = {
    Refusal.EVIDENCE_MISSING: gettext_lazy("Not a prospect yet: there is no evidence for {points}."),
    Refusal.CANNOT_FROM_HERE: gettext_lazy("From where this lead stands it does not become a prospect. Take it up first."),
    Refusal.NOTHING_MISSING: gettext_lazy("Nothing is missing: promote it on its evidence."),
    Refusal.NO_REASON: gettext_lazy("Say why: whoever reads this later was not here."),
    Refusal.NO_SUCH_POINT: gettext_lazy("This point is no longer asked for."),
    Refusal.NOT_TAKEN: gettext_lazy("This kind of evidence does not fill this point."),
    Refusal.NOT_THEIRS: gettext_lazy("There is no such evidence about this lead."),
    Refusal.GIVEN_BEFORE: gettext_lazy("This receipt stands already."),
    Refusal.NO_WORDS: gettext_lazy("Write down what they said: an empty note shows nothing."),
    EditRefusal.NO_NAME: gettext_lazy("A point needs a name."),
    EditRefusal.TAKES_NOTHING: gettext_lazy("Choose at least one kind of evidence, or nobody could ever fill it."),
    EditRefusal.ALWAYS_REQUIRED: gettext_lazy("Intent and interest are always needed: without them nobody is a prospect."),
    EditRefusal.TOO_MANY: gettext_lazy("Twelve points are enough for anybody. Archive one first."),
}


def name_of(point: PointWords) -> str:
    return words_in(point.names, get_language() or "en")


def question_of(point: PointWords) -> str:
    return words_in(point.questions, get_language() or "en")


def where_from(source: Source) -> str:
    """ "Call, reached", "Answer on a form"."""
    if source.kind is EvidenceKind.DELIVERED:
        return str(USED.get(source.about, KIND[source.kind]))
    if source.kind is EvidenceKind.SIGN:
        return _("Marked as a wish to buy, in “%(title)s”") % {"title": source.about}
    return str(CALLED.get(source.about, KIND[source.kind]))


def listed(names: Sequence[str]) -> str:
    """ "intent and interest", as people say it."""
    quoted = [_("“%(name)s”") % {"name": name} for name in names]
    if len(quoted) < 2:
        return "".join(quoted)
    return _("%(first)s and %(last)s") % {"first": ", ".join(quoted[:-1]), "last": quoted[-1]}


def what_is_missing(points: Sequence[PointWords]) -> str:
    """ "Needs one more thing: “Intent”." """
    return ngettext("Needs one more thing: %(points)s.", "Needs %(n)d more things: %(points)s.", len(points)) % {
        "n": len(points),
        "points": listed([name_of(point) for point in points]),
    }
