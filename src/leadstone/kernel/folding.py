"""One folding of text for search, the same in Python, SQLite and PostgreSQL because only Python does it."""

import unicodedata

# NFKD leaves these letters whole, yet people type them without the stroke.
_STROKES = str.maketrans(
    {"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe"}
)


def fold(text: str) -> str:
    """`text` in lower case without diacritics, white space collapsed: "Łódź  Żabia" becomes "lodz zabia"."""
    plain = unicodedata.normalize("NFKD", text.translate(_STROKES).casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


MOST_WORDS = 8


def search_words(text: str) -> list[str]:
    """The folded words of a search, each once; NUL cannot be stored, so nothing holds it."""
    return list(dict.fromkeys(fold(text.replace("\0", " ")).split()))[:MOST_WORDS]
