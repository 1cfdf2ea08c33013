"""What the letters about codes say."""

from dataclasses import dataclass

from leadstone.infra.letterhead.letters import NoticeLetter
from leadstone.wire.code_terms import CodeTerms
from leadstone.wire.pages.areas.codes.terms import in_words, last_day
from leadstone.wire.pages.phrases import translations


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One code and what to say about it. `card_url` leads to the card of this person alone."""

    title: str
    company: str
    code: str
    terms: CodeTerms
    card_url: str
    my_url: str
    language: str


def given(sheet: Sheet) -> NoticeLetter:
    """The code, its rules, and the way to the card."""
    _ = translations(sheet.language).gettext
    return NoticeLetter(
        subject=_("%(title)s: your code") % {"title": sheet.title},
        heading=_("Your code"),
        code=sheet.code,
        paragraphs=(_("Show it at the counter or type it in the shop, with or without hyphens."),),
        rows=_rows(sheet),
        button=(_("Open the card"), sheet.card_url),
        why=_("You asked %(company)s for this code and confirmed your address.") % {"company": sheet.company},
        my_url=sheet.my_url,
    )


def ends_soon(sheet: Sheet) -> NoticeLetter:
    """It has not been used yet, and its last day is near."""
    _ = translations(sheet.language).gettext
    day = last_day(sheet.terms, sheet.language)
    return NoticeLetter(
        subject=_("%(title)s: the code ends on %(day)s") % {"title": sheet.title, "day": day},
        heading=_("Your code counts until the end of %(day)s") % {"day": day},
        paragraphs=(_("You have not used it yet. If you do not need it, there is nothing to do: it simply ends."),),
        code=sheet.code,
        rows=_rows(sheet),
        button=(_("Open the card"), sheet.card_url),
        why=_("This is the one reminder that %(company)s announced when you asked.") % {"company": sheet.company},
        my_url=sheet.my_url,
    )


def runs_low(*, title: str, free: int, waiting: int, url: str, language: str) -> NoticeLetter:
    """To one of us. Names nobody."""
    catalogue = translations(language)
    _ = catalogue.gettext
    left = catalogue.ngettext("%(num)s code is left.", "%(num)s codes are left.", free) % {"num": free}
    waits = catalogue.ngettext("%(num)s person waits for one.", "%(num)s people wait for one.", waiting) % {"num": waiting}
    return NoticeLetter(
        subject=_("Codes run out: %(title)s") % {"title": title},
        heading=left,
        paragraphs=(
            *((waits,) if waiting else ()),
            _("Whoever comes after the last one is told so, and gets one of the next that you add."),
        ),
        button=(_("Add codes"), url),
        why=_("You made this magnet. This is told once until more codes are added."),
    )


def _rows(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    _ = translations(sheet.language).gettext
    said = in_words(sheet.terms, sheet.language)
    own = ((_("Applies to"), said.own_words),) if said.own_words else ()
    return ((_("Worth"), said.worth), *own, *said.rows)
