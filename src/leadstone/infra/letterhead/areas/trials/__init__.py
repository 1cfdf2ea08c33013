"""What the letters about a trial say."""

from dataclasses import dataclass
from datetime import datetime

from leadstone.infra.letterhead.letters import NoticeLetter
from leadstone.kernel.moments import spoken_moment
from leadstone.wire.pages.phrases import translations


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One trial and what to say about it. `at_end`: in the marketer's words."""

    title: str
    company: str
    ends_at: datetime
    zone: str
    at_end: str
    start_url: str
    used: bool
    my_url: str
    language: str


def ending(sheet: Sheet) -> NoticeLetter:
    """It ends soon, and by itself."""
    _ = translations(sheet.language).gettext
    when = spoken_moment(sheet.ends_at, zone=sheet.zone, language=sheet.language)
    unused = (_("You have not looked in yet. There is still time, and it costs nothing."),)
    return NoticeLetter(
        subject=_("%(title)s: your trial ends on %(when)s") % {"title": sheet.title, "when": when},
        heading=_("Your trial ends soon"),
        paragraphs=(
            _("It ends by itself on %(when)s. You need not cancel anything, and nothing is charged by itself.") % {"when": when},
            *(() if sheet.used else unused),
            *((sheet.at_end,) if sheet.at_end else ()),
        ),
        button=(_("Go to your trial"), sheet.start_url) if sheet.start_url else ("", ""),
        why=_("This is the one reminder that %(company)s announced when you asked for it.") % {"company": sheet.company},
        my_url=sheet.my_url,
    )


def ended(sheet: Sheet) -> NoticeLetter:
    """It has ended, and nothing is charged."""
    _ = translations(sheet.language).gettext
    return NoticeLetter(
        subject=_("%(title)s: your trial has ended") % {"title": sheet.title},
        heading=_("Your trial has ended"),
        paragraphs=(
            _("It ended by itself. Nothing was charged, and nothing will be."),
            *((sheet.at_end,) if sheet.at_end else ()),
        ),
        why=_("You asked %(company)s for this trial, and this is the last mail about it.") % {"company": sheet.company},
        my_url=sheet.my_url,
    )
