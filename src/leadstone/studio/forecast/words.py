"""What deals and their figures are called on the pages of the forecast."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_decimal
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from leadstone.domains.pipeline.rules import StageClass, words_in
from leadstone.domains.pipeline.rules.board import Whose
from leadstone.domains.pipeline.rules.deal_filter import Dated, DealOrder
from leadstone.kernel.periods import Days, month_of, quarter_of

Words = str | Promise

WHOSE: Mapping[Whose, Words] = {
    Whose.ALL: gettext_lazy("Everybody’s"),
    Whose.TEAM: gettext_lazy("My team’s"),
    Whose.MINE: gettext_lazy("Mine"),
}
CLASS: Mapping[StageClass, Words] = {
    StageClass.OPEN: pgettext_lazy("class of a deal", "Open"),
    StageClass.WON: pgettext_lazy("class of a deal", "Won"),
    StageClass.LOST: pgettext_lazy("class of a deal", "Lost"),
}
TONE: Mapping[StageClass, str] = {StageClass.OPEN: "pole", StageClass.WON: "good", StageClass.LOST: ""}
DATED: Mapping[Dated, Words] = {
    Dated.TIMELY: gettext_lazy("The day is still ahead"),
    Dated.OVERDUE: gettext_lazy("The day has passed"),
    Dated.UNDATED: gettext_lazy("Without a day"),
}
ORDER: Mapping[DealOrder, Words] = {
    DealOrder.CLOSE: gettext_lazy("Next to close"),
    DealOrder.VALUE: gettext_lazy("Largest value"),
    DealOrder.WEIGHTED: gettext_lazy("Largest weighted value"),
    DealOrder.LONGEST: gettext_lazy("Longest in its stage"),
    DealOrder.CLOSED: gettext_lazy("Last closed"),
    DealOrder.NEWEST: gettext_lazy("Last opened"),
    DealOrder.NAME: gettext_lazy("By name"),
}


def _locale() -> str:
    # British English writes the day before the month, as the rest of Europe does.
    return "en_GB" if get_language() == "en" else get_language() or "en_GB"


def named(names: Mapping[str, str]) -> str:
    """A stage or a reason in the reader's language."""
    return words_in(names, get_language() or "en")


def month(day: date) -> str:
    """ "November 2026", standing alone."""
    return format_date(day, "LLLL y", locale=_locale())


def short_month(day: date) -> str:
    """ "Nov", for a column."""
    return format_date(day, "LLL", locale=_locale())


def day(at: date) -> str:
    """ "3 May 2026"."""
    return format_date(at, "d MMM y", locale=_locale())


def span(days: Days) -> str:
    """Days as people say them: a month, a quarter, from – to."""
    first, last = days.first, days.last
    if first and days == month_of(first):
        return month(first)
    if first and days == quarter_of(first):
        return _("quarter %(number)d of %(year)d") % {"number": (first.month + 2) // 3, "year": first.year}
    if first and last:
        return _("%(first)s to %(last)s") % {"first": day(first), "last": day(last)}
    if first:
        return _("from %(first)s on") % {"first": day(first)}
    return _("until %(last)s") % {"last": day(last)} if last else ""


def compact(minor: int) -> str:
    """An amount for a label in a picture: "120K", "1,4 mln". Minor units of a currency with two decimals."""
    amount = minor / 100
    digits = 1 if amount >= 1_000 and len(f"{int(amount)}") % 3 == 1 else 0
    return format_compact_decimal(amount, locale=_locale(), fraction_digits=digits)


def times(ratio: Fraction) -> str:
    """1.8 as the reader's language writes it."""
    return format_decimal(Decimal(round(ratio * 10)) / 10, format="0.0", locale=_locale())


def number_of_days(value: float) -> str:
    """A median: whole, or with its half."""
    return format_decimal(Decimal(str(value)), format="0.#", locale=_locale())


def typed(minor: int) -> str:
    """An amount as somebody would type it into a field; `read_amount` reads it back."""
    places = "" if minor % 100 == 0 else ".00"
    return format_decimal(Decimal(minor) / 100, format=f"#,##0{places}", locale=_locale())
