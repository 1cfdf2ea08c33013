"""What `doctor` and `check` found, one line each, printed alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rich.console import Console
from rich.text import Text


class Level(StrEnum):
    """How bad it is."""

    GOOD = "good"
    DOUBT = "doubt"  # works, but look at it
    BAD = "bad"


MARKS = {Level.GOOD: ("ok  ", "green"), Level.DOUBT: ("look", "yellow"), Level.BAD: ("bad ", "red")}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, and what was seen there."""

    level: Level
    what: str
    seen: str


def show_findings(findings: Iterable[Finding]) -> int:
    """Print each as it is found; 1 when one of them is bad, else 0."""
    console, worst = Console(soft_wrap=True), 0
    for one in findings:
        mark, colour = MARKS[one.level]
        console.print(Text.assemble((mark, colour), f"  {one.what:<18} {one.seen}"))
        worst |= one.level is Level.BAD
    return int(worst)
