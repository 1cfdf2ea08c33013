"""Why a lead is as good as it is, in words: short enough to stand beside the meter."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leadstone.domains.scoring.rules import Code, Factor, Judgement, Reason

FACTOR: Mapping[Factor, str | Promise] = {
    Factor.ACCURACY: pgettext_lazy("quality of a lead", "Accuracy"),
    Factor.INCENTIVE: pgettext_lazy("quality of a lead", "Incentive"),
    Factor.AWARENESS: pgettext_lazy("quality of a lead", "Awareness"),
}
ASKS: Mapping[Factor, str | Promise] = {
    Factor.ACCURACY: _("Is the data true?"),
    Factor.INCENTIVE: _("What did they come for?"),
    Factor.AWARENESS: _("Did they know that we sell?"),
}
REASON: Mapping[Code, str | Promise] = {
    Code.ADDRESS_WELL_FORMED: _("the address is well formed"),
    Code.NO_ADDRESS: _("no e-mail address"),
    Code.MAILBOX_PROVEN: _("mailbox proven"),
    Code.MAILBOX_UNPROVEN: _("mailbox not proven yet"),
    Code.MAILBOX_FAILED: _("letters come back"),
    Code.DOMAIN_TAKES_MAIL: _("{domain} takes mail"),
    Code.DOMAIN_UNKNOWN: _("{domain} not looked up yet"),
    Code.DOMAIN_TAKES_NO_MAIL: _("{domain} takes no mail"),
    Code.ADDRESS_DISPOSABLE: _("a throw-away address"),
    Code.ADDRESS_OF_OFFICE: _("an office address, not a person’s"),
    Code.PHONE_PLAUSIBLE: _("phone valid"),
    Code.PHONE_IMPLAUSIBLE: _("phone cannot be right"),
    Code.PHONE_WRONG: _("wrong number"),
    Code.NAME_GIVEN: _("gave a name"),
    Code.NAME_MADE_UP: _("the name looks typed at random"),
    Code.STAFF_VOUCHES: _("one of us vouches for it"),
    Code.NOT_ME: _("the owner of the mailbox says: not me"),
    Code.GIVEN_CONTENT: _("came for content, no prize"),
    Code.GIVEN_TOOL: _("came for a tool"),
    Code.GIVEN_GENERAL: _("came for something that everybody likes"),
    Code.GIVEN_PRIZE: _("came for a prize"),
    Code.CAME_ASKED_US: _("asked us to get in touch"),
    Code.CAME_GAVE_CARD: _("gave a card or a number"),
    Code.CAME_CUSTOMER: _("already buys from us"),
    Code.CAME_PUBLIC_ROLE: _("never asked: a published contact"),
    Code.CAME_AGREED_ELSEWHERE: _("agreed elsewhere that we are told of them"),
    Code.CAME_WITHOUT_BASIS: _("handed over, and nobody said on what basis"),
    Code.INTENT_STATED: _("was told plainly that we sell"),
    Code.INTENT_IMPLIED: _("could guess that we sell"),
    Code.INTENT_HIDDEN: _("was not told that we sell"),
    Code.MET_IN_PERSON: _("met us in person"),
    Code.CAME_BY_ADVERTISING: _("followed an advertisement"),
    Code.WANTS_TO_BUY: _("answered “{question}” with a wish to buy"),
    Code.ASKED_FOR_OFFERS: _("asked for offers"),
    Code.ASKED_FOR_NEWSLETTER: _("asked for the letter"),
}


def reason_words(reason: Reason) -> str:
    return str(REASON[reason.code]).format(**reason.facts)


def summary(judgement: Judgement, *, most: int = 2) -> str:
    """The reasons that moved the number most, in words: "mailbox proven, phone valid"."""
    telling = sorted(judgement.reasons, key=lambda reason: -abs(reason.points))[:most]
    return ", ".join(reason_words(reason) for reason in telling) or str(_("nothing is known"))
