"""From a sentence to its terms: folded words without those that say nothing, cut to a stem, in Polish and English.

A light stemmer: it takes off endings by a list and knows no dictionary. That two forms of a word meet matters; that a stem is
a word does not, for whoever looks at a theme is shown the words as they were typed.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from math import log

from leadstone.kernel.folding import fold

LONGEST_STEM = 7
LEAST_STEM = 3
_WORD = re.compile(r"[^\W\d_]{3,}")
_POLISH_LETTERS = re.compile(r"[ąćęłńóśźż]", re.I)

# Folded, as everything here is.
_POLISH_SMALL_WORDS = """
    aby ale albo ani bardzo bedzie beda bez bo by byc byl byla bylo byly chce chcialbym chcialabym ciagle cos coz
    czego czy czym czyli dla dlaczego dlatego dobrze dobry dzien dzieki dziekuje gdy gdyz gdzie ich ile ilu inne inny
    jak jaka jaki jakie jakich jako jakos jednak jego jej jest jestem jeszcze jesli jezeli juz kazdy kiedy kto ktora
    ktore ktory ktorych lub maja mam mamy mial miec mimo mna mnie moge moj moja moje moze mozna musi musze nad nam
    nami nas nasz nasza nasze nie niego niej niestety nim niz nic oraz panstwo panstwa panstwu pan pani pod podczas
    poniewaz pozdrawiam prosze przed przede przez przy raz razem rowniez siebie sie skad soba sobie takze tak taka
    taki takie tam tego tej ten teraz tez tobie toba tych tylko tym twoj was wasz wcale wiec wiem wlasnie wszystko
    zeby zawsze znowu zostal trzeba warto lepiej wiedziec chodzi sposob pytanie witam szukam potrzebuje boje bylby
    bylaby razie nawet prawie troche okolo
"""
_ENGLISH_SMALL_WORDS = """
    about after again all also and any are because been before being both but can cannot could did does doing don down
    each even ever every few for from get gets getting got had has have having hello her here him his how into isn its
    just know let like make many may might more most much must need not now off once one only other our ours out over
    own please really same she should some still such than thank thanks that the their them then there these they
    thing things this those through too under until very want was way were what when where which while who whom why
    will with would you your yours tell help anything something question wonder wondering
"""
_POLISH_EMPTY = frozenset(_POLISH_SMALL_WORDS.split())
_ENGLISH_EMPTY = frozenset(_ENGLISH_SMALL_WORDS.split())
EMPTY = _POLISH_EMPTY | _ENGLISH_EMPTY

_POLISH_ENDING_LIST = """owaniem owania owanie owaniu owania ajacego ajacych ajaca ajace ajacy ujaca ujace ujacy
        iejszego iejsze iejsza iejszy ejszych ejsze ejsza ejszy osciami osciach osci oscia osc
        iami iach iego iemu ami ach ego emu ymi imi ych ich ymi iom iow om ow owi em iem ie ia io iu
        ujemy uja uje ujac owac owal owala owano iemy emy amy ymy imy aja ajac ac ic yc ec ala alo aly al ila ilo ily il
        nego nych nym ny na ne ej ym im y i a e o u"""
# The longest first.
_POLISH_ENDINGS = tuple(sorted(_POLISH_ENDING_LIST.split(), key=lambda ending: (-len(ending), ending)))
_ENGLISH_ENDINGS = ("ingly", "edly", "ments", "ment", "ings", "ing", "ies", "ed", "es", "ly", "s", "y", "e")
_BEFORE_K = re.compile(r"([bcdfghjklmnprstwz])ek$")  # rachunek, rachunki


def language_of(text: str, *, otherwise: str) -> str:
    """ "pl" or "en", by the small words and letters of a text; `otherwise` where they do not tell."""
    words = fold(text).split()
    polish = sum(word in _POLISH_EMPTY for word in words) + len(_POLISH_LETTERS.findall(text))
    english = sum(word in _ENGLISH_EMPTY for word in words)
    if polish == english:
        return otherwise
    return "pl" if polish > english else "en"


def terms_of(text: str, *, language: str) -> dict[str, str]:
    """Stem → the word as it was typed, in lower case; each stem once, in the order of the text."""
    found: dict[str, str] = {}
    for word in _WORD.findall(text):
        folded = fold(word)
        if folded not in EMPTY:
            found.setdefault(stem(folded, language), word.lower())
    return found


@lru_cache(maxsize=100_000)
def stem(folded: str, language: str) -> str:
    """What forms of one word have in common."""
    if language == "en":
        cut = next((folded[: -len(end)] for end in _ENGLISH_ENDINGS if _fits(folded, end)), folded)
    else:
        base = _BEFORE_K.sub(r"\1k", folded) if len(folded) > LEAST_STEM + 2 else folded
        cut = next((base[: -len(end)] for end in _POLISH_ENDINGS if _fits(base, end)), base)
    return cut[:LONGEST_STEM]


def _fits(word: str, ending: str) -> bool:
    """A short ending leaves a short stem; a long one may be the word itself."""
    return word.endswith(ending) and len(word) - len(ending) >= LEAST_STEM + (len(ending) > 2)


def weights(counts: Mapping[str, int], *, of: int) -> dict[str, float]:
    """Stem → how much it tells among `of` texts (inverse document frequency); what only one person says tells nothing."""
    # One more text than there is, so that a word that a small handful shares still counts.
    return {each: log((of + 1) / counts[each]) for each in sorted(counts) if counts[each] >= 2}
