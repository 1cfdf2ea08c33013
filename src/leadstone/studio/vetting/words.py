"""What the checks say in codes, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leadstone.domains.magnets.honesty import Practice
from leadstone.domains.vetting.rules import Standing, Wrong
from leadstone.domains.vetting.rules.reading import Unread
from leadstone.infra.documents.report import Refusal
from leadstone.studio.magnets.words import FIELD
from leadstone.wire.definition import FieldKey

Words = str | Promise

STANDING: Mapping[Standing, Words] = {
    Standing.OPEN: _("open"),
    Standing.EXPIRED: _("open again: the evidence has expired"),
    Standing.ANSWERED: _("answered for"),
}
PRACTICE: Mapping[Practice, Words] = {
    Practice.PRETICKED: _("No box is ticked for anybody: the page has no way to do it."),
    Practice.DECLINE_SHAMES: _("Saying no makes nobody feel bad."),
    Practice.DECLINE_IS_WORK: _("Saying no takes no more than saying yes."),
    Practice.HASTE_WITHOUT_DEADLINE: _("Whoever is hurried is hurried by a day that is kept for everybody."),
    Practice.SCARCITY_WITHOUT_COUNTER: _("Where little is said to be left, the page counts it."),
    Practice.PHONE_FOR_FILE: _("Nobody has to give a phone number for a file or a result."),
}
WRONG: Mapping[Wrong, tuple[str, Words]] = {
    Wrong.NO_EVIDENCE: ("address", _("Give a file or a web address.")),
    Wrong.NO_ADDRESS: ("address", _("A web address begins with https://")),
    Wrong.NO_NAME: ("who", _("Say who measured or said it.")),
    Wrong.NO_REASON: ("reason", _("Say why: the reason stays with your name.")),
    Wrong.OUT_OF_DATE: (
        "expires_on",
        _("Say from which day it is (not after today), and until which day it holds."),
    ),
}
UNREAD: Mapping[Refusal, Words] = {
    Refusal.ENCRYPTED: _("This file asks for a password."),
    Refusal.TOO_LARGE: _("This file is larger than 20 MB."),
    Refusal.TOO_SLOW: _("This file could not be read in time."),
}
UNREAD_ADDRESS: Mapping[Unread, Words] = {
    Unread.NO_ADDRESS: _("We cannot ask an address that is written like this. Copy it from your browser."),
    Unread.PRIVATE: _("It leads into a private network or to an unusual port, and we only ask public pages."),
    Unread.NO_SUCH_NAME: _("There is no server of this name."),
    Unread.SILENT: _("The server did not answer, or was too slow."),
    Unread.CERTIFICATE: _("The server could not prove who it is (its certificate)."),
    Unread.LEADS_ON: _("It only leads on to another address. Open it, and name the address where you arrive."),
    Unread.NOT_LET_IN: _("The server does not let us in; perhaps one must sign in there."),
    Unread.NOT_THERE: _("The server says that there is no such page."),
    Unread.SENT_AWAY: _("The server answered with an error."),
    Unread.TOO_LARGE: _("What stands there is larger than 20 MB."),
    Unread.PASSWORD: _("The document there asks for a password."),
    Unread.NO_TEXT: _("What stands there is no text, PDF, EPUB or DOCX."),
    Unread.NO_WORDS: _("We found no words there: it may be a scan, or a page that only scripts draw."),
    Unread.UNREADABLE: _("What stands there is damaged, or could not be read in time."),
}
_PLACE: Mapping[str, Words] = {
    "title": _("Title"),
    "promise": _("Promise"),
    "points": _("What is inside"),
    "you_get": _("You get"),
    "button": _("Button"),
    "proof": _("Where it comes from"),
    "sells": _("What you sell"),
    "scored": _("That answers are rated"),
    "without_marketing": _("Without marketing"),
    "deletion": _("When it is deleted"),
}


def place_name(where: str) -> str:
    """What a place of the editor is called there: "steps.1" is step 2."""
    group, _dot, rest = where.partition(".")
    if group == "asks":
        return _now("Reason for {field}").format(field=FIELD[FieldKey(rest)])
    number = int(rest) + 1 if rest.isdigit() else 0
    if group == "steps":
        return _now("Step {number}").format(number=number)
    if group == "consents":
        return _now("Box {number}").format(number=number)
    if group == "questions":
        return _now("Question {number}").format(number=number)
    if group == "outcomes":
        return _now("Outcome {number}").format(number=number)
    return str(_PLACE.get(group, _("Settings")))
