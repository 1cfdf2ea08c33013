"""What the letter says by which somebody learns that we have their data from somebody else (GDPR art. 14)."""

from dataclasses import dataclass
from datetime import datetime

from leadstone.infra.letterhead.letters import NoticeLetter
from leadstone.kernel.moments import spoken_day
from leadstone.wire.pages.phrases import translations


def _(message: str) -> str:
    """Marks a msgid for extraction; it is translated when it is said."""
    return message


DATA = {
    "name": _("your name"),
    "email": _("your e-mail address"),
    "phone": _("your phone number"),
    "company": _("your company"),
    "position": _("your position"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Who writes, and what they know. `agreed_to`: the words that were recorded elsewhere, with the moment, if any.

    `data`: keys of fields. `privacy`: the address where questions about data are answered.
    """

    company: str
    address: str
    privacy: str
    source: str
    agreed_to: str
    agreed_at: datetime | None
    data: frozenset[str]
    leave_url: str
    my_url: str
    language: str


def notice(sheet: Sheet) -> NoticeLetter:
    """All that article 14 wants, in words that are read."""
    _ = translations(sheet.language).gettext
    known = [_(DATA[key]) for key in DATA if key in sheet.data]
    agreed = sheet.agreed_to and sheet.agreed_at
    day = spoken_day(sheet.agreed_at.date(), language=sheet.language) if sheet.agreed_at else ""
    basis = (
        _("Your agreement of %(day)s, as it was recorded there: “%(words)s”") % {"day": day, "words": sheet.agreed_to}
        if agreed
        else _("Our legitimate interest in answering and offering what we make (GDPR, article 6 (1) (f)).")
    )
    return NoticeLetter(
        subject=_("%(company)s has your data: where from, and what you can do") % {"company": sheet.company},
        heading=_("We were told of you"),
        paragraphs=(
            _(
                "You have not given us your data yourself. You should know that we have them, where they come from, and that one "
                "word from you is enough to end it."
            ),
            _(
                "You may see what we have, have it corrected or erased, have us stop for now, take it with you, take back your "
                "agreement, and object to our writing or calling at any time, without a reason."
            ),
            _(
                "Answer this letter or write to %(privacy)s. You may also complain to the authority for data protection; in "
                "Poland that is the President of UODO, uodo.gov.pl."
            )
            % {"privacy": sheet.privacy},
        ),
        rows=(
            (_("Who we are"), f"{sheet.company}, {sheet.address}"),
            (_("What we have"), ", ".join(known)),
            (_("Where from"), sheet.source),
            (_("What for"), _("To get in touch about what you asked for there, and about what we offer.")),
            (_("On what basis"), basis),
            (_("Who sees it"), _("Only we, and whoever keeps our computers and mail running for us.")),
            (_("How long"), _("Until you object or ask us to erase it, and no longer than we are in touch.")),
        ),
        button=(_("Do not write to me"), sheet.leave_url),
        why=_("The law wants that you are told this, once. It is no advertisement."),
        leave_url=sheet.leave_url,
        my_url=sheet.my_url,
    )
