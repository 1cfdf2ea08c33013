"""Which texts are worth comparing word by word: MinHash over windows, so that a passage is found in a long text too."""

from collections.abc import Iterable, Sequence
from typing import Any

from rensa import RMinHash  # type: ignore[import-untyped]

from leadstone.domains.vetting.rules.overlap import SHINGLE_WORDS, folded_words

_WINDOW_WORDS = 150
_BANDS, _ROWS = 32, 2
_SEED = 4_321


def signature_of(text: str) -> list[int]:
    """Numbers of which two texts that share a passage share at least one, nearly always. The same text gives the same numbers."""
    words = folded_words(text)
    found: set[int] = set()
    for begin in range(0, max(1, len(words) - SHINGLE_WORDS), _WINDOW_WORDS):
        shingles = _shingles(words[begin : begin + _WINDOW_WORDS + SHINGLE_WORDS])
        if shingles:
            found |= set(_bands_of(shingles))
    return sorted(found)


def may_overlap(signature: Iterable[int], other: Iterable[int]) -> bool:
    """Whether the texts behind two signatures are worth comparing word by word."""
    return not set(signature).isdisjoint(other)


def _shingles(words: Sequence[str]) -> list[str]:
    return [" ".join(words[place : place + 3]) for place in range(len(words) - 2)]


def _bands_of(shingles: list[str]) -> Iterable[int]:
    sketch: Any = RMinHash(num_perm=_BANDS * _ROWS, seed=_SEED)
    sketch.update(shingles)
    values = sketch.digest()
    for band in range(_BANDS):
        first, second = values[band * _ROWS : (band + 1) * _ROWS]
        # The band's number keeps equal values of different bands apart; 53 bits survive JSON.
        yield (first * 2_654_435_761 + second * 40_503 + band) % (1 << 53)
