"""Whether what a quiz asks, what it advises and what is sold fit together: by the words that they share, and these are named."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from leadstone.kernel.folding import fold

LEAST_LIKENESS = 0.06  # below this two texts have nothing to do with each other
MOST_WORDS_SHOWN = 4
_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 5  # letters: enough to tell words apart, short enough to join their Polish and English endings
_COMMON_WORDS = (
    "about also been best both could does each from give good have here into just know less like many more most much"
    " need nothing once only other over same says should some such than that their them then there these they this"
    " those time used very want well were what when where which while will with without would year years your yours"
    " answer answers question result results guide sell sells free mail email address company house homes home albo"
    " ale bardzo bedzie beda bez byc byla bylo byly czego czyli czym dla dlaczego dlatego dobrze gdy gdzie ich ile"
    " inne jak jaki jakie jako jego jej jest jeden jesli juz kazdy kiedy kto ktory ktora ktore ktorych lub maja masz"
    " mniej moga mozna mozesz nad nawet nasz nasze nich niz oraz pod potem przed przez przy raz sam sie siebie sprawdz"
    " swoj takie teraz tego tej ten tego trzeba twoj twoja twoje tych tylko tym warto wiec wiele wszystko wynik wyniki"
    " wynikow zeby odpowiedz pytanie pytania sprzedajemy firma firmy adres mail czesto zawsze"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How near two texts are (0 to 1), the words that bring them together, and what each speaks of alone."""

    likeness: float
    shares: tuple[str, ...]
    only_topic: tuple[str, ...]
    only_other: tuple[str, ...]

    @property
    def fits(self) -> bool:
        return self.likeness >= LEAST_LIKENESS


def fit_of(topic: str, other: str, *, corpus: Iterable[str] = ()) -> Fit:
    """How `other` fits `topic`. `corpus`: the company's own texts; a word that all of them use says little."""
    asked, told = _stems(topic), _stems(other)
    rarity = _rarity([_stems(text) for text in corpus], asked, told)
    ours, theirs = _weights(asked, rarity), _weights(told, rarity)
    shared = ours.keys() & theirs.keys()
    dot = sum(ours[stem] * theirs[stem] for stem in shared)
    size = math.sqrt(sum(v * v for v in ours.values())) * math.sqrt(sum(v * v for v in theirs.values()))
    return Fit(
        likeness=round(dot / size, 3) if size else 0.0,
        shares=_shown(shared, lambda stem: ours[stem] * theirs[stem], told),
        only_topic=_shown(ours.keys() - shared, ours.__getitem__, asked),
        only_other=_shown(theirs.keys() - shared, theirs.__getitem__, told),
    )


@dataclass(frozen=True, slots=True)
class _Stems:
    """How often each stem is used, and the first word that was used for it, as it was written."""

    times: Counter[str]
    word: Mapping[str, str]


def _stems(text: str) -> _Stems:
    times: Counter[str] = Counter()
    word: dict[str, str] = {}
    for hit in _WORD.finditer(text):
        stem = _stem(hit.group())
        if stem not in _COMMON:
            times[stem] += 1
            word.setdefault(stem, hit.group().lower())
    return _Stems(times, word)


def _stem(word: str) -> str:
    plain = fold(word).removesuffix("s")
    return plain[: max(3, min(_STEM, len(plain) - 1))]


_COMMON = frozenset(_stem(word) for word in _COMMON_WORDS.split())


def _rarity(texts: Sequence[_Stems], *more: _Stems) -> Mapping[str, float]:
    read = [*texts, *more]
    seen = Counter(stem for text in read for stem in text.times)
    return {stem: math.log((1 + len(read)) / (1 + times)) + 1 for stem, times in seen.items()}


def _weights(text: _Stems, rarity: Mapping[str, float]) -> dict[str, float]:
    return {stem: (1 + math.log(times)) * rarity[stem] for stem, times in text.times.items()}


def _shown(stems: Iterable[str], weight: Callable[[str], float], text: _Stems) -> tuple[str, ...]:
    return tuple(text.word[stem] for stem in sorted(stems, key=lambda stem: (-weight(stem), stem))[:MOST_WORDS_SHOWN])
