"""What is said of suppliers, of the leads they offer and of what becomes of them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leadstone.domains.suppliers.rules import How, NotReturned, Refused, Returned, State, Wants
from leadstone.domains.suppliers.rules.reading import Column

Words = str | Promise

WANTS: Mapping[Wants, Words] = {
    Wants.EMAIL: _("An e-mail address"),
    Wants.PHONE: _("A phone number"),
    Wants.COMPANY: _("The company"),
    Wants.WORDS: _("The words that the person agreed to, and when"),
}
STATE: Mapping[State, Words] = {
    State.ACCEPTED: pgettext_lazy("a lead from a supplier", "Bought"),
    State.REFUSED: pgettext_lazy("a lead from a supplier", "Refused"),
    State.OWED: pgettext_lazy("a lead from a supplier", "Given back"),
    State.CREDITED: pgettext_lazy("a lead from a supplier", "Credited"),
}
TONE: Mapping[State, str] = {State.ACCEPTED: "good", State.REFUSED: "", State.OWED: "warn", State.CREDITED: ""}
REFUSED: Mapping[Refused, Words] = {
    Refused.ENDED: _("We buy nothing from them any more"),
    Refused.NOBODY_TO_REACH: _("No address and no number"),
    Refused.NOT_AN_ADDRESS: _("The address is none"),
    Refused.NOT_A_PHONE: _("The number is none"),
    Refused.THROWAWAY: _("An address that lives for ten minutes"),
    Refused.NO_EMAIL: _("No e-mail address"),
    Refused.NO_PHONE: _("No phone number"),
    Refused.NO_COMPANY: _("No company"),
    Refused.NO_SOURCE: _("Nobody says where the data come from"),
    Refused.NO_WORDS: _("The words that they agreed to are missing"),
    Refused.NO_DAY: _("Nobody says when they agreed"),
    Refused.DAY_AHEAD: _("They agreed at a time that has not come yet"),
    Refused.TOO_OLD: _("They agreed too long ago"),
    Refused.TWICE: _("Twice in the same list"),
    Refused.BOUGHT: _("Bought before"),
    Refused.KNOWN: _("We know them already"),
    Refused.STOPPED: _("They said no to us"),
    Refused.OVER: _("More than we take in a day"),
}
RETURNED: Mapping[Returned, Words] = {
    Returned.MAIL_BOUNCED: _("Mail comes back"),
    Returned.WRONG_NUMBER: _("Wrong number"),
    Returned.NOT_ME: _("They say it was not them"),
    Returned.NEVER_AGREED: _("They never agreed"),
    Returned.ASKED_FOR_NOTHING: _("They asked for nothing"),
    Returned.OTHER: _("Something else"),
}
NOT_RETURNED: Mapping[NotReturned, Words] = {
    NotReturned.NOT_BOUGHT: _("This one was not bought."),
    NotReturned.GIVEN_BACK: _("This one is given back already."),
    NotReturned.TOO_LATE: _("The time to give it back is over."),
    NotReturned.NO_WORDS: _("Say in the note what it is."),
}
COLUMN: Mapping[Column, Words] = {
    Column.EMAIL: _("E-mail"),
    Column.PHONE: _("Phone"),
    Column.NAME: _("First and last name"),
    Column.FIRST_NAME: _("First name"),
    Column.LAST_NAME: _("Last name"),
    Column.COMPANY: _("Company"),
    Column.REFERENCE: _("Their number of the lead"),
    Column.SOURCE: _("Where they have it from"),
    Column.WORDS: _("The words that they agreed to"),
    Column.AGREED_AT: _("When they agreed"),
    Column.LANGUAGE: _("Language"),
}
HOW: Mapping[How, Words] = {
    How.PHONE: _("On the phone"),
    How.PERSON: _("Face to face"),
    How.LETTER: _("By a letter on paper"),
}
TOLD: Mapping[How, Words] = {
    **HOW,
    How.MAIL: _("By e-mail"),
    How.TASK: _("As the task says"),
}
