"""Making text that came out of a file fit to be shown, and guessing its language."""

import re
import unicodedata


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_POLISH = _words(
    "i w na z do że nie się jest o dla jak to po od przez ale oraz czy za który która które są lub może tego tym ich ze"
    " być bez przy więc gdy"
)
_ENGLISH = _words(
    "the of and to in is that for it with as on are you by this be from or your at an we can not what which how when have"
    " will if more than"
)
_LEAST_WORDS = 4


def clean(text: str, *, limit: int) -> str:
    """`text` in NFC without control and direction marks, white space collapsed, at most `limit` characters at a word's end."""
    # pdfium marks a hyphen at a line's end with U+FFFE or U+0002: the word goes on.
    joined = re.sub(r"[\ufffe\x02]\s*", "", text)
    visible = "".join(
        c if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"} else " " for c in unicodedata.normalize("NFC", joined)
    )
    short = " ".join(visible.split())
    if len(short) <= limit:
        return short
    return short[:limit].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def guess_language(text: str) -> str:
    """ "pl" or "en" by the small words that no text does without; empty when there are too few of them."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    polish = sum(word in _POLISH for word in words) + sum(1 for word in words if re.search("[ąćęłńśźż]", word))
    english = sum(word in _ENGLISH for word in words)
    if max(polish, english) < _LEAST_WORDS or polish == english:
        return ""
    return "pl" if polish > english else "en"
