"""Whether a name looks typed by a machine or by a fist on a keyboard. Being unfamiliar is never a reason."""

import re

_MARKUP = re.compile(r"[{}<>\[\]|\\^=]|https?:|www\.|%\w+%|^(?:undefined|nan)$", re.IGNORECASE)
_DIGITS = re.compile(r"\d")
_WORDS = re.compile(r"[^\W\d_]+")
# Four in a row are a word: Estonian "jäääär", the edge of the ice.
_SAME_LETTER = re.compile(r"(\w)\1{4}", re.IGNORECASE)
_SAME_SYLLABLES = re.compile(r"(\w{3,})\1\1", re.IGNORECASE)
_CASE_JUMPS = re.compile(r"[a-z][A-Z]")
_NO_VOWEL = re.compile(r"[b-df-hj-np-tvxz]{8,}", re.IGNORECASE)  # y and w are vowels in Polish and in Welsh

# Four letters of the upper row are names (Wert, Trew), so it takes five there.
_ROWS = (("qwertyuiop", 5), ("qwertzuiop", 5), ("azertyuiop", 5), ("asdfghjkl", 4), ("zxcvbnm", 4), ("yxcvbnm", 4))
_RUNS = frozenset(
    run[start : start + size] for row, size in _ROWS for run in (row, row[::-1]) for start in range(len(row) - size + 1)
)


def looks_made_up(name: str) -> bool:
    """Whether `name` shows a machine's pattern: markup, a run along the keyboard, one letter held down, letters at random.

    The empty name is nobody's and looks like nothing: False.
    """
    if _MARKUP.search(name) or len(_DIGITS.findall(name)) >= 3 or _SAME_LETTER.search(name) or _SAME_SYLLABLES.search(name):
        return True
    return any(_typed_at_random(word) for word in _WORDS.findall(name))


def _typed_at_random(word: str) -> bool:
    lowered = word.lower()
    return (
        len(_CASE_JUMPS.findall(word)) >= 4
        or _NO_VOWEL.fullmatch(word) is not None
        or any(lowered[i : i + size] in _RUNS for size in (4, 5) for i in range(len(lowered) - size + 1))
    )
