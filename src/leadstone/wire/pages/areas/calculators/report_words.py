"""The words of a result that is kept as a PDF."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from leadstone.wire.pages.phrases import translations


def _(message: str) -> str:
    """Marks a msgid for extraction; it is translated when it is shown."""
    return message


_HEADINGS = {
    "advice": _("What to do now"),
    "points": _("Your points"),
    "category": _("For"),
    "score": _("Points"),
    "basis": _("Where it comes from"),
}


@dataclass(frozen=True, slots=True)
class ReportWords:
    """Headings by their place, and how points are said."""

    headings: Mapping[str, str]
    points: Callable[[int, int], str]


def report_words(language: str) -> ReportWords:
    catalogue = translations(language)
    told = catalogue.gettext(_("%(points)s of %(most)s points"))
    return ReportWords(
        headings={place: catalogue.gettext(words) for place, words in _HEADINGS.items()},
        points=lambda points, most: told % {"points": points, "most": most},
    )
