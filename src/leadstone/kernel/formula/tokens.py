"""A formula cut into its words: numbers, names, texts and signs, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from leadstone.kernel.formula.errors import FormulaError, Problem

LONGEST_FORMULA = 1000
LONGEST_NUMBER = 18  # digits
LONGEST_NAME = 40
RESERVED = frozenset({"and", "or", "not"})


class TokenType(StrEnum):
    NUMBER = "number"
    NAME = "name"
    TEXT = "text"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """One word. A number is written with a point, a sign as this language writes it ("×" is "*")."""

    type: TokenType
    text: str
    at: int


_WORD = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<unclear>\d+,\d+)"
    r"|(?P<number>\d+(?:\.\d+)?|\.\d+)"
    r"|(?P<name>[^\W\d]\w*)"
    r"|(?P<text>[\"“”„][^\"“”„]*[\"“”„])"
    r"|(?P<sign><=|>=|<>|!=|==|[-+*/^()<>=;,×÷·−–≤≥≠])"
)
# As people type them, or as a word processor made them of what they typed.
_SAME = {"×": "*", "·": "*", "÷": "/", "−": "-", "–": "-", "≤": "<=", "≥": ">=", "≠": "<>", "!=": "<>", "==": "=", ",": ";"}
_QUOTES = '"“”„'


def tokens(formula: str) -> list[Token]:
    """The words, the last of them an END; raises `FormulaError` at the first that is none."""
    if len(formula) > LONGEST_FORMULA:
        raise FormulaError(Problem.TOO_LONG, at=LONGEST_FORMULA, most=str(LONGEST_FORMULA))
    return [*_words(formula), Token(TokenType.END, "", len(formula))]


def _words(formula: str) -> Iterator[Token]:
    place = 0
    while place < len(formula):
        found = _WORD.match(formula, place)
        if found is None:
            problem = Problem.TEXT_OPEN if formula[place] in _QUOTES else Problem.SIGN_UNKNOWN
            raise FormulaError(problem, at=place, sign=formula[place])
        text, kind = found.group(), found.lastgroup
        if kind == "unclear":
            # Half of the world writes 1,5 for one number, and the other half would read two.
            raise FormulaError(Problem.COMMA_UNCLEAR, at=place, typed=text)
        if kind == "number":
            yield Token(TokenType.NUMBER, _digits(text, place), place)
        elif kind == "text":
            yield Token(TokenType.TEXT, text[1:-1].strip(), place)
        elif kind == "sign":
            yield Token(TokenType.SIGN, _SAME.get(text, text), place)
        elif kind == "name":
            yield Token(TokenType.NAME, text, place)
        place = found.end()


def _digits(text: str, place: int) -> str:
    if len(text) > LONGEST_NUMBER:
        raise FormulaError(Problem.NUMBER_TOO_LONG, at=place)
    # \d also matches the digits of other scripts, which int() reads as well.
    return "".join(character if character == "." else str(int(character)) for character in text)


def is_name(text: str) -> bool:
    """Whether something may be called so: a formula would read it as one name."""
    found = _WORD.fullmatch(text)
    return found is not None and found.lastgroup == "name" and len(text) <= LONGEST_NAME and text.lower() not in RESERVED
