"""What the figures of a magnet say, with the size of the sample."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadstone.domains.insights.rules import Doubt, Honesty, Reason

DAYS = 90


def doubts(honesty: Honesty) -> str:
    """ "412 leads, no customer in 90 days; 1 in 3 said the promise was not kept." """
    return "; ".join(_doubt(reason) for reason in honesty.reasons)


def _doubt(reason: Reason) -> str:
    facts = reason.facts
    if reason.because is Doubt.NO_CUSTOMERS:
        return ngettext(
            "%(leads)d lead, no customer in %(days)d days", "%(leads)d leads, no customer in %(days)d days", facts["leads"]
        ) % {"leads": facts["leads"], "days": DAYS}
    if reason.because is Doubt.FEW_CUSTOMERS:
        told = ngettext("%(customers)d customer", "%(customers)d customers", facts["customers"]) % facts
        return ngettext("%(leads)d lead, only %(told)s", "%(leads)d leads, only %(told)s", facts["leads"]) % {
            "leads": facts["leads"],
            "told": told,
        }
    return _one_in(facts["broken"], facts["ratings"])


def _one_in(broken: int, ratings: int) -> str:
    each = round(ratings / broken)
    sample = ngettext("%(n)d answer", "%(n)d answers", ratings) % {"n": ratings}
    if each <= 1:
        return _("nearly everybody said the promise was not kept (%(sample)s)") % {"sample": sample}
    return _("1 in %(each)d said the promise was not kept (%(sample)s)") % {"each": each, "sample": sample}
