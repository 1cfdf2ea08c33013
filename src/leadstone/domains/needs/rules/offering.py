"""What a magnet about a theme may begin with. They are the marketer's own text from then on."""

from collections.abc import Mapping, Sequence

_POINTS: Mapping[str, tuple[str, str, str]] = {
    "en": ("Where it comes from: {words}", "What you can do yourself, and what it costs", "When you need somebody, and whom"),
    "pl": (
        "Skąd się to bierze: {words}",
        "Co możesz zrobić samodzielnie i ile to kosztuje",
        "Kiedy potrzebny jest fachowiec i jaki",
    ),
}


def points_for(words: Sequence[str], *, language: str) -> tuple[str, ...]:
    """Three lines to begin with; none of them is anybody's sentence."""
    first, *rest = _POINTS.get(language, _POINTS["en"])
    return (first.format(words=", ".join(words[:5])), *rest) if words else tuple(rest)
