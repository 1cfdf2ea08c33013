"""What a page and a mail show of a result."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultView:
    """What answers came to, in the marketer's words."""

    title: str
    text: str
    advice: str = ""
    basis: str = ""  # where its figures come from
    points: tuple[tuple[str, int, int], ...] = ()  # name of a category, its points, the most that there are
