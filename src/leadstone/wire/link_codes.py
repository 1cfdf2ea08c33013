"""The codes of tracked links: six characters that a person can read out on the radio and another can type."""

from collections.abc import Callable

from leadstone.kernel.typed_codes import ALPHABET, check_character, plain

RANDOM_CHARACTERS = 5  # of five bits each, and one that shows a slip
LENGTH = RANDOM_CHARACTERS + 1
LONGEST_TYPED = 40
_HALF = LENGTH // 2


def make_link_code(below: Callable[[int], int]) -> str:
    """A new code, without its hyphen. `below(n)` gives a random number from 0 to n - 1."""
    characters = "".join(ALPHABET[below(len(ALPHABET))] for _ in range(RANDOM_CHARACTERS))
    return characters + check_character(characters)


def read_link_code(text: str) -> str:
    """The code that somebody typed, in small letters or with hyphens; "" for what can be none, a slip included."""
    code = plain(text[:LONGEST_TYPED])
    well_formed = len(code) == LENGTH and all(character in ALPHABET for character in code)
    return code if well_formed and check_character(code[:-1]) == code[-1] else ""


def spelled(code: str) -> str:
    """A code as it is printed: "7KQ-2MX"."""
    return f"{code[:_HALF]}-{code[_HALF:]}"
