"""Codes that people read from paper and type: an alphabet without look-alikes, and a character that shows a slip."""

import unicodedata

# Crockford's base 32: no I, L, O and U, so that nothing is mistaken for 1 and 0, and no word comes out by chance.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_LOOKS_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", " ": None, "-": None, "\t": None, "\u2013": None, "\xa0": None})


def plain(text: str) -> str:
    """A code as it is looked for: in capitals, without spaces and hyphens, what looks alike written alike."""
    return unicodedata.normalize("NFKC", text).upper().translate(_LOOKS_ALIKE)


def check_character(characters: str) -> str:
    """The character that makes a typing mistake show: Luhn's sum modulo 32, which finds every single wrong character."""
    total = 0
    for place, character in enumerate(reversed(characters)):
        value = ALPHABET.index(character) * (2 if place % 2 == 0 else 1)
        total += value // len(ALPHABET) + value % len(ALPHABET)
    return ALPHABET[-total % len(ALPHABET)]
