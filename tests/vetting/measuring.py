"""The labelled lines, and how often the linters are right about them. `python -m tests.vetting.measuring` prints the table.

Each file in `labelled/` is one linter and language, one line a text: `flagged` or `ordinary`, a tab, the text. All of it was
written for this purpose before the rules were tuned. Which part a line belongs to is decided by its digest: rules were changed
by what went wrong in the part that was seen; the other part is only measured.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from leadstone.domains.vetting.linters import LANGUAGES, Linter, lint

_FILES = Path(__file__).parent / "labelled"
PARTS = ("seen", "unseen")


@dataclass(frozen=True, slots=True)
class Line:
    """One text, and whether a linter should say anything of it."""

    text: str
    wanted: bool
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How many of what there was to find was found, and how many ordinary texts were objected to."""

    wanted: int
    ordinary: int
    missed: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def recall(self) -> float:
        return (self.wanted - len(self.missed)) / self.wanted

    @property
    def precision(self) -> float:
        right = self.wanted - len(self.missed)
        return right / (right + len(self.wrong))

    @property
    def false_positives(self) -> float:
        return len(self.wrong) / self.ordinary


def labelled(linter: Linter, language: str) -> list[Line]:
    """Every labelled text of one linter and language."""
    rows = (_FILES / f"{linter}_{language}.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (row.split("\t", 1) for row in rows)
    return [Line(text, label == "flagged", _part_of(text)) for label, text in pairs]


def measured(linter: Linter, language: str, *, part: str) -> Measure:
    """What the linter says of one part of its labelled texts."""
    lines = [line for line in labelled(linter, language) if line.part == part]
    said = {line.text: bool(lint(line.text, linter=linter, language=language)) for line in lines}
    return Measure(
        wanted=sum(line.wanted for line in lines),
        ordinary=sum(not line.wanted for line in lines),
        missed=_texts(line for line in lines if line.wanted and not said[line.text]),
        wrong=_texts(line for line in lines if not line.wanted and said[line.text]),
    )


def _part_of(text: str) -> str:
    return PARTS[hashlib.blake2s(text.encode()).digest()[0] % 2]


def _texts(lines: Iterable[Line]) -> tuple[str, ...]:
    return tuple(line.text for line in lines)


def main() -> None:
    for linter in Linter:
        for language in sorted(LANGUAGES):
            for part in PARTS:
                it = measured(linter, language, part=part)
                print(
                    f"{linter} {language} {part}: {it.wanted}+{it.ordinary} lines, recall {it.recall:.0%}, "
                    f"precision {it.precision:.1%}, false positives {len(it.wrong)} of {it.ordinary}"
                )


if __name__ == "__main__":
    main()
