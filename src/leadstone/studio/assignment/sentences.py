"""A rule as a sentence: whom it speaks for, who gets them, until when they answer."""

from collections.abc import Iterator, Mapping, Sequence
from math import gcd

from babel import Locale
from babel.lists import format_list
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from leadstone.domains.assignment.queries import MemberFacts, OwnerRuleFacts
from leadstone.domains.assignment.rules.fitting import Conditions
from leadstone.domains.leads.rules import QualityBand
from leadstone.domains.sources.rules import ChannelType
from leadstone.kernel.language import Language
from leadstone.studio.assignment.words import minutes_words
from leadstone.studio.words.leads import BAND, CHANNEL

LANGUAGE: Mapping[Language, str | Promise] = {
    Language.POLISH: gettext_lazy("Polish"),
    Language.ENGLISH: gettext_lazy("English"),
}


def rule_sentence(rule: OwnerRuleFacts, *, magnets: Mapping[int, str]) -> str:
    """The whole rule in the reader's language. `magnets`: id → title."""
    whom = "; ".join(_whom(rule.conditions, magnets=magnets)) or _("every lead")
    return _("%(whom)s → %(people)s") % {"whom": whom[:1].upper() + whom[1:], "people": people_words(rule.members)}


def rule_terms(rule: OwnerRuleFacts) -> list[str]:
    """What holds beside: the clock, the hours, who comes first."""
    terms = []
    if rule.answer_within_minutes:
        terms.append(_("answer within %(time)s of working time") % {"time": minutes_words(rule.answer_within_minutes)})
    if rule.keeps_owner:
        terms.append(_("whoever already speaks with the person or company comes first"))
    if rule.respects_hours:
        terms.append(_("only to those who are at work at that moment"))
    return terms


def people_words(members: Sequence[MemberFacts]) -> str:
    """ "Emil", "Emil and Gosia by turns", "Emil and Gosia by turns, 2 : 1"."""
    names = format_list([each.name for each in members], locale=get_language() or "en")
    if not members:
        return _("nobody yet")
    if len(members) == 1:
        return names
    divisor = gcd(*(each.weight for each in members))
    shares = [each.weight // divisor for each in members]
    if len(set(shares)) == 1:
        return _("%(names)s by turns") % {"names": names}
    return _("%(names)s by turns, %(shares)s") % {"names": names, "shares": "\u00a0:\u00a0".join(map(str, shares))}


def _whom(wanted: Conditions, *, magnets: Mapping[int, str]) -> Iterator[str]:
    if wanted.company is not None:
        yield _("companies") if wanted.company else _("private people")
    if wanted.channels:
        yield _("came by: %(list)s") % {"list": _either(CHANNEL[each] for each in ChannelType if each in wanted.channels)}
    if wanted.magnet_ids:
        titles = (f"“{magnets.get(each, '–')}”" for each in sorted(wanted.magnet_ids))
        yield _("came for: %(list)s") % {"list": _either(titles)}
    if wanted.languages:
        yield _("in: %(list)s") % {"list": _either(LANGUAGE[each] for each in Language if each in wanted.languages)}
    if wanted.countries:
        names = Locale.parse(get_language() or "en").territories
        yield _("from: %(list)s") % {"list": _either(names.get(each, each) for each in sorted(wanted.countries))}
    if wanted.postcodes:
        yield _("postcode begins with: %(list)s") % {"list": _either(sorted(wanted.postcodes))}
    if wanted.bands:
        yield _("quality: %(list)s") % {"list": _either(BAND[each] for each in QualityBand if each in wanted.bands)}


def _either(words: "Iterator[str | Promise] | Sequence[str]") -> str:
    return format_list([str(each) for each in words], style="or", locale=get_language() or "en")
