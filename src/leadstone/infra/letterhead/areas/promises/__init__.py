"""The mail that asks once, after use, whether a promise was kept."""

from leadstone.infra.letterhead.letters import NoticeLetter
from leadstone.wire.pages.phrases import translations


def question(*, title: str, you_get: str, rate_url: str, my_url: str, company: str, language: str) -> NoticeLetter:
    """One question about `title`. `you_get` is the promise as the page worded it."""
    _ = translations(language).gettext
    promised = (_("The page promised: %(promise)s") % {"promise": you_get},) if you_get else ()
    return NoticeLetter(
        subject=_("“%(title)s”: did you get what was promised?") % {"title": title},
        heading=_("Did you get what was promised?"),
        paragraphs=(
            _("Some days ago you asked us for “%(title)s”.") % {"title": title},
            *promised,
            _("Yes, partly or no: one press, and a sentence if you like. It tells us whether to go on giving it away."),
        ),
        button=(_("Answer the question"), rate_url),
        why=_("This is the one question that %(company)s announced when you asked for it. There is no second one.")
        % {"company": company},
        my_url=my_url,
    )
