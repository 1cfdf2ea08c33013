"""What brings customers, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from leadstone.domains.insights.rules.facts import FactKind, Grouping
from leadstone.domains.insights.rules.flags import Flag

Words = str | Promise

BY: Mapping[Grouping, Words] = {
    Grouping.MAGNET: _("Magnet"),
    Grouping.CHANNEL: _("Channel"),
    Grouping.CAMPAIGN: _("Campaign"),
    Grouping.LINK: _("Link"),
    Grouping.POST: _("Post"),
    Grouping.SUPPLIER: _("Supplier"),
    Grouping.MONTH: _("Month"),
}
NONE: Mapping[Grouping, Words] = {
    Grouping.MAGNET: _("Without a magnet"),
    Grouping.CHANNEL: _("Unknown"),
    Grouping.CAMPAIGN: _("No campaign"),
    Grouping.LINK: _("No link of ours"),
    Grouping.POST: _("No post"),
    Grouping.SUPPLIER: _("Not bought"),
}
# Heads of columns, short enough to stand above a number.
STEP: Mapping[FactKind, Words] = {
    FactKind.VIEW: pgettext_lazy("column", "Views"),
    FactKind.START: pgettext_lazy("column", "Started"),
    FactKind.SUBMIT: pgettext_lazy("column", "Forms"),
    FactKind.BROUGHT: pgettext_lazy("column", "Brought"),
    FactKind.CONFIRMED: pgettext_lazy("column", "Confirmed"),
    FactKind.DELIVERED: pgettext_lazy("column", "Delivered"),
    FactKind.USED: pgettext_lazy("column", "Used"),
    FactKind.QUALIFIED: pgettext_lazy("column", "Qualified"),
    FactKind.MEETING: pgettext_lazy("column", "Met"),
    FactKind.WON: pgettext_lazy("column", "Customers"),
}
STEP_SAID: Mapping[FactKind, Words] = {
    FactKind.SUBMIT: _("sent a form"),
    FactKind.BROUGHT: _("came by no form: met, bought or handed over"),
    FactKind.CONFIRMED: _("proved the mailbox"),
    FactKind.DELIVERED: _("got what was promised"),
    FactKind.USED: _("used it"),
    FactKind.QUALIFIED: _("became prospects"),
    FactKind.MEETING: _("met one of us"),
    FactKind.WON: _("became customers"),
}
LOOK_SAID: Mapping[FactKind, Words] = {
    FactKind.VIEW: _("Looks at a page by people; programs are left out."),
    FactKind.START: _("People who answered the first question."),
}
FLAG: Mapping[Flag, Words] = {
    Flag.MORE_BUT_WORSE: _("more leads than before, and of a hundred fewer are qualified"),
    Flag.PROMISE_FALLS: _("fewer people than before got what was promised"),
    Flag.COMPLAINTS_RISE: _("more complaints than before"),
}
PERIODS: Mapping[int, Words] = {30: _("30 days"), 90: _("90 days"), 365: _("A year")}


def days_said(days: float) -> str:
    """ "12 days"; half a day counts as a whole one."""
    number = max(0, round(days + 1e-9))
    return ngettext("%(n)d day", "%(n)d days", number) % {"n": number}
