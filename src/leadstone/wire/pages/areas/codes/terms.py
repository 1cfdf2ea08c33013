"""The rules of a code in words: the same sentences on the page, on the card, in the letter and at the counter."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from babel.numbers import format_currency, format_percent

from leadstone.wire.code_terms import AS_OFTEN_AS_THEY_LIKE, Benefit, CodeTerms, read_terms
from leadstone.wire.pages import phrases

_LOCALES = {"en": "en_GB"}  # British English writes the day before the month, as the rest of Europe does


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCut:
    """A lower price beside those that it must stand beside. `off`: by how much it is below the lowest of 30 days."""

    product: str
    now: str
    before: str
    lowest: str
    off: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTerms:
    """`worth`: what a code gives, in three words; `rows`: rule and sentence; `own_words`: what it is for, as the author says."""

    worth: str
    own_words: str
    rows: tuple[tuple[str, str], ...]
    cuts: tuple[ShownCut, ...]


def shown_terms(settings: Mapping[str, Any], language: str) -> ShownTerms:
    """The rules in a magnet's settings, in words; raises `msgspec.ValidationError` where they are none."""
    return in_words(read_terms(settings), language)


def in_words(terms: CodeTerms, language: str) -> ShownTerms:
    return ShownTerms(
        worth=worth(terms, language),
        own_words=terms.applies_to,
        rows=tuple(_rows(terms, language)),
        cuts=tuple(
            ShownCut(
                product=cut.product,
                now=money(cut.now_minor, terms.currency, language),
                before=money(cut.before_minor, terms.currency, language),
                lowest=money(cut.lowest_minor, terms.currency, language),
                off=_share_off(cut.lowest_minor, cut.now_minor, language),
            )
            for cut in terms.cuts
        ),
    )


def worth(terms: CodeTerms, language: str) -> str:
    _ = phrases.translations(language).gettext
    if terms.benefit is Benefit.PERCENT:
        return _("%(share)s off") % {"share": format_percent(terms.percent / 100, locale=_locale(language))}
    if terms.benefit is Benefit.AMOUNT:
        return _("%(amount)s off") % {"amount": money(terms.amount_minor, terms.currency, language)}
    return _("Free shipping")


def money(minor: int, currency: str, language: str) -> str:
    """Minor units of a currency; whole amounts are written without decimals."""
    amount = Decimal(minor).scaleb(-2)
    decimals = "" if amount == amount.to_integral_value() else ".00"
    pattern = f"#,##0{decimals}\xa0¤" if language == "pl" else f"¤\xa0#,##0{decimals}"
    return format_currency(amount, currency, locale=_locale(language), format=pattern, currency_digits=False)


def last_day(terms: CodeTerms, language: str) -> str:
    """The last day on which a code counts, as people say it; empty when there is none."""
    return _day(terms.valid_until, language) if terms.valid_until else ""


def _rows(terms: CodeTerms, language: str) -> Iterator[tuple[str, str]]:
    catalogue = phrases.translations(language)
    _ = catalogue.gettext
    yield _("Valid"), _valid(terms, language)
    if terms.minimum_minor:
        yield _("Smallest order"), _("from %(amount)s") % {"amount": money(terms.minimum_minor, terms.currency, language)}
    if terms.uses == AS_OFTEN_AS_THEY_LIKE:
        yield _("How often"), _("as often as you like")
    elif terms.uses == 1:
        yield _("How often"), _("for one order")
    else:
        told = catalogue.ngettext("for %(num)s order", "for %(num)s orders", terms.uses)
        yield _("How often"), told % {"num": terms.uses}
    yield _("Whose"), _("one a person; it is yours alone")


def _valid(terms: CodeTerms, language: str) -> str:
    _ = phrases.translations(language).gettext
    begins = _day(terms.valid_from, language) if terms.valid_from else ""
    ends = _day(terms.valid_until, language) if terms.valid_until else ""
    if begins and ends:
        return _("from %(begins)s to %(ends)s, both days included") % {"begins": begins, "ends": ends}
    if ends:
        return _("until the end of %(ends)s") % {"ends": ends}
    if begins:
        return _("from %(begins)s on, without an end") % {"begins": begins}
    return _("at once, without an end")


def _day(day: date, language: str) -> str:
    return format_date(day, format="long", locale=_locale(language))


def _share_off(lowest: int, now: int, language: str) -> str:
    # Rounded down: a cut is never announced as larger than it is.
    share = (lowest - now) * 100 // lowest if lowest else 0
    return f"−{format_percent(share / 100, locale=_locale(language))}"


def _locale(language: str) -> str:
    return _LOCALES.get(language, language)
