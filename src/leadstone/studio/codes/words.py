"""What the rules of codes say in codes, in words."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from leadstone.domains.codes.queries import CodeFacts, Order, RedemptionFacts
from leadstone.domains.codes.rules import Door, Fault, Refusal, Standing
from leadstone.studio.words.moments import spoken
from leadstone.studio.words.numbers import money
from leadstone.wire.pages.areas.codes.terms import ShownTerms, in_words, last_day

Words = str | Promise

STANDING: Mapping[Standing, Words] = {
    Standing.FREE: _("free"),
    Standing.CLAIMED: _("given out"),
    Standing.REDEEMED: _("redeemed"),
}
DOOR: Mapping[Door, Words] = {Door.COUNTER: _("at the counter"), Door.API: _("by a machine")}
ORDER: Mapping[Order, Words] = {
    Order.LATEST: _("Latest first"),
    Order.OLDEST: _("Oldest first"),
    Order.LARGEST: _("Largest amount first"),
    Order.SMALLEST: _("Smallest amount first"),
}
FAULT: Mapping[Fault, Words] = {
    Fault.TOO_LONG: _("longer than 64 characters"),
    Fault.NOT_A_CODE: _("holds signs that no code has"),
    Fault.TWICE: _("the same as a line above"),
    Fault.KNOWN: _("is in this list already"),
    Fault.ELSEWHERE: _("belongs to another magnet; at the counter nobody could tell the two apart"),
}
REFUSED: Mapping[Refusal, Words] = {
    Refusal.MISTYPED: _("One character is wrong. Look at the code once more."),
    Refusal.UNKNOWN: _("We do not know this code."),
    Refusal.NOT_GIVEN_OUT: _("This code is ours, but nobody was given it. Do not take it."),
    Refusal.NOT_YET: _("This code does not count yet."),
    Refusal.EXPIRED: _("This code is past its last day."),
    Refusal.USED_UP: _("This code was used before."),
    Refusal.AMOUNT_MISSING: _("There is a smallest order for this code, so the amount is needed."),
    Refusal.TOO_SMALL: _("The order is too small for this code."),
    Refusal.ANOTHER_NOW: _("This page was used for another code already. Check the code anew."),
}


def terms_of(found: CodeFacts) -> ShownTerms:
    """The rules of a code in the reader's language."""
    return in_words(found.terms, get_language() or "en")


def why_refused(because: Refusal, found: CodeFacts | None, history: Sequence[RedemptionFacts]) -> str:
    """Why a code is not taken, with the fact that decides: when it was used and by whom, its last day, its smallest order."""
    language = get_language() or "en"
    if because is Refusal.USED_UP and history:
        last = history[0]
        facts = {"when": spoken(last.at), "who": last.by_name or str(DOOR[last.door])}
        return gettext("Used before: %(when)s, %(who)s.") % facts
    if found is None:
        return str(REFUSED[because])
    if because is Refusal.EXPIRED:
        return gettext("Past its last day: it counted until the end of %(day)s.") % {"day": last_day(found.terms, language)}
    if because in {Refusal.TOO_SMALL, Refusal.AMOUNT_MISSING}:
        least = money(found.terms.minimum_minor, found.terms.currency.value)
        return gettext("It counts for orders from %(least)s.") % {"least": least}
    return str(REFUSED[because])
