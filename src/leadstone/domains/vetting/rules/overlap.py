"""Which words of a text stand in another one too, passage by passage: by runs of the same words, exactly."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from leadstone.kernel.folding import fold

# From this share on a statement of where it comes from is asked for, and shown to the visitor.
SHARE_THAT_ASKS = 0.20
SHINGLE_WORDS = 6  # so many words in a row are rarely the same by chance
SHORTEST_PASSAGE_WORDS = 12
MOST_PASSAGES = 60
LONGEST_PASSAGE_CHARACTERS = 1_200  # of a passage, as it is kept to be shown
LONGEST_TEXT_CHARACTERS = 600_000

_WORD = re.compile(r"\w+")


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """Words that stand in the asset (`ours`) and in another text (`theirs`), which is called `source`."""

    source: str
    ours: str
    theirs: str
    words: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """`share` of the words of a text stands elsewhere too, in these passages, the longest first."""

    share: float
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """A text and its words, folded, each with its place."""

    raw: str
    words: Sequence[str]
    places: Sequence[tuple[int, int]]


def count_words(text: str) -> int:
    return sum(1 for _ in _WORD.finditer(text))


def folded_words(text: str) -> Sequence[str]:
    """The words of a text without case and accents."""
    return _read(text).words


def overlap_of(text: str, others: Iterable[tuple[str, str]]) -> Overlap:
    """What of `text` stands in the other texts, given as (name, text). A word counts once, however often it is found."""
    ours = _read(text)
    if len(ours.words) < SHINGLE_WORDS:
        return Overlap(0.0, ())
    taken = bytearray(len(ours.words))
    passages: list[Passage] = []
    for name, other in others:
        for first, last, theirs in _runs(ours, _read(other)):
            taken[first:last] = b"\x01" * (last - first)
            if last - first >= SHORTEST_PASSAGE_WORDS:
                passages.append(Passage(source=name, ours=_cut(ours, first, last), theirs=theirs, words=last - first))
    passages.sort(key=lambda passage: -passage.words)
    return Overlap(round(sum(taken) / len(ours.words), 4), tuple(passages[:MOST_PASSAGES]))


def asks_for_a_statement(share: float) -> bool:
    return share >= SHARE_THAT_ASKS


def _runs(ours: _Text, theirs: _Text) -> Iterable[tuple[int, int, str]]:
    """Each longest run of our words that theirs hold in the same order: first and last place in ours, and their words."""
    at: dict[tuple[str, ...], int] = {}
    for place in range(len(theirs.words) - SHINGLE_WORDS + 1):
        at.setdefault(tuple(theirs.words[place : place + SHINGLE_WORDS]), place)
    place, end = 0, len(ours.words) - SHINGLE_WORDS + 1
    while place < end:
        there = at.get(tuple(ours.words[place : place + SHINGLE_WORDS]))
        if there is None:
            place += 1
            continue
        length = SHINGLE_WORDS
        while (
            place + length < len(ours.words)
            and there + length < len(theirs.words)
            and ours.words[place + length] == theirs.words[there + length]
        ):
            length += 1
        yield place, place + length, _cut(theirs, there, there + length)
        place += length


def _read(text: str) -> _Text:
    # Neither case nor accents count, so that a retyped copy is still a copy; each word is folded alone, to keep its place.
    hits = list(_WORD.finditer(text[:LONGEST_TEXT_CHARACTERS]))
    return _Text(text, [fold(hit.group()) for hit in hits], [hit.span() for hit in hits])


def _cut(text: _Text, first: int, last: int) -> str:
    words = text.raw[text.places[first][0] : text.places[last - 1][1]]
    return " ".join(words.split())[:LONGEST_PASSAGE_CHARACTERS]
