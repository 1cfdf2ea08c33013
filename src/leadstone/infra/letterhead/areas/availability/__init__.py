"""Letters about a limited number: in line, and served."""

from leadstone.infra.letterhead.letters import NoticeLetter
from leadstone.wire.pages.phrases import translations


def in_line(*, title: str, place: int, url: str, my_url: str, language: str) -> NoticeLetter:
    """All are taken; `place` counts from one."""
    _ = translations(language).gettext
    return NoticeLetter(
        subject=_("“%(title)s”: you are number %(place)s on the waiting list") % {"title": title, "place": place},
        heading=_("You are number %(place)s on the waiting list") % {"place": place},
        paragraphs=(
            _("Your mailbox is confirmed. All of “%(title)s” were taken a moment before.") % {"title": title},
            _("When one comes back, it goes to whoever is first in line, and we write to you. You need not do anything."),
            _("If you would rather not wait, undo the exchange behind the button: then the next one moves up."),
        ),
        button=(_("See where you stand"), url),
        why=_("You asked for it on our page and confirmed your mailbox."),
        my_url=my_url,
    )


def your_turn(*, title: str, url: str, my_url: str, language: str) -> NoticeLetter:
    """One came back, and it is theirs."""
    _ = translations(language).gettext
    return NoticeLetter(
        subject=_("“%(title)s”: it is your turn") % {"title": title},
        heading=_("It is your turn"),
        paragraphs=(_("You waited for “%(title)s”. One has come back, and it is yours.") % {"title": title},),
        button=(_("Open it"), url),
        why=_("You stood on the waiting list."),
        my_url=my_url,
    )
