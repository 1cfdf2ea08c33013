"""What a theme is called until somebody gives it a better name, and which magnets speak of what it is about."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from leadstone.domains.needs.rules.gathering import Core

WORDS_IN_A_NAME = 3
ANSWERS = 0.3  # the share of a theme's telling words that a magnet must speak of
LEAST_SHARED = 2  # one word in common is a coincidence, unless it is most of the theme
ALONE_ENOUGH = 0.5


def words_of(core: Core, typed: Iterable[Mapping[str, str]]) -> list[str]:
    """The telling words as most people typed them, the most telling first. `typed`: stem → word, of each saying."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for said in typed:
        for stem in said:
            if stem in core:
                forms[stem][said[stem]] += 1
    telling = sorted(core, key=lambda stem: (-core[stem], stem))
    return [min(forms[stem], key=lambda word: (-forms[stem][word], len(word), word)) for stem in telling if forms[stem]]


def name_of(words: Sequence[str]) -> str:
    """ "Rachunki, prąd, zima"."""
    name = ", ".join(words[:WORDS_IN_A_NAME])
    return name[:1].upper() + name[1:]


@dataclass(frozen=True, slots=True)
class Match:
    """How much of a theme a magnet speaks of, and by which words."""

    share: float
    words: tuple[str, ...]

    @property
    def answers(self) -> bool:
        enough = len(self.words) >= LEAST_SHARED or self.share >= ALONE_ENOUGH
        return enough and self.share >= ANSWERS


def match(core: Core, spoken: Mapping[str, str]) -> Match:
    """A theme's core against a magnet's words (stem → word)."""
    whole = sum(core.values())
    shared = sorted((stem for stem in core if stem in spoken), key=lambda stem: (-core[stem], stem))
    return Match(sum(core[stem] for stem in shared) / whole if whole else 0.0, tuple(spoken[stem] for stem in shared))
