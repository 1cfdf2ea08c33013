"""From words to a tree, by precedence; small limits keep every later step bounded."""

from decimal import Decimal

from leadstone.kernel.formula.errors import FormulaError, Problem
from leadstone.kernel.formula.program import Call, Name, Node, Number, Text
from leadstone.kernel.formula.tokens import RESERVED, Token, TokenType, tokens

DEEPEST = 40
MOST_PARTS = 300

COMPARISONS = frozenset({"=", "<>", "<", "<=", ">", ">="})
# How tightly a sign binds what stands on both sides of it.
_BINDS = {"or": 1, "and": 2, **dict.fromkeys(COMPARISONS, 3), "+": 4, "-": 4, "*": 5, "/": 5, "^": 7}
_BEFORE_NOT, _BEFORE_MINUS = 3, 6  # -2 ^ 2 is -4, as in a book
_NEGATE, _NOT = "negate", "not"


def parse(formula: str) -> Node:
    """The tree of a formula; raises `FormulaError`."""
    words = tokens(formula)
    if len(words) == 1:
        raise FormulaError(Problem.EMPTY, at=0)
    reader = _Reader(words)
    root = reader.expression(0)
    reader.finish()
    return root


class _Reader:
    """Goes through the words once, never back."""

    def __init__(self, words: list[Token]) -> None:
        self._words = words
        self._place = 0
        self._depth = 0
        self._parts = 0

    @property
    def next(self) -> Token:
        return self._words[self._place]

    def finish(self) -> None:
        """Nothing may come after a complete formula."""
        if self.next.type is not TokenType.END:
            raise FormulaError(Problem.END_EXPECTED, at=self.next.at, found=self.next.text)

    def expression(self, least: int) -> Node:
        """What binds at least so tightly."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise FormulaError(Problem.TOO_DEEP, at=self.next.at, most=str(DEEPEST))
        left = self._value()
        while (binds := _BINDS.get(self._sign(), 0)) > least:
            word = self._take()
            sign = self._word(word)
            # Powers are taken from the right, everything else from the left.
            right = self.expression(binds - 1 if sign == "^" else binds)
            if sign in COMPARISONS and self._sign() in COMPARISONS:
                raise FormulaError(Problem.COMPARISONS_CHAINED, at=self.next.at)
            left = self._made(Call(sign, (left, right), word.at))
        self._depth -= 1
        return left

    def _value(self) -> Node:
        word = self._take()
        if word.type is TokenType.NUMBER:
            return self._made(Number(Decimal(word.text), word.at))
        if word.type is TokenType.TEXT:
            return self._made(Text(word.text, word.at))
        if word.text in {"-", "+"} and word.type is TokenType.SIGN:
            value = self.expression(_BEFORE_MINUS)
            return value if word.text == "+" else self._made(Call(_NEGATE, (value,), word.at))
        if word.type is TokenType.NAME and self._word(word) == _NOT and not self._opens():
            return self._made(Call(_NOT, (self.expression(_BEFORE_NOT),), word.at))
        if word.type is TokenType.NAME and (self._word(word) not in RESERVED or self._opens()):
            return self._made(self._call(word) if self._opens() else Name(word.text, word.at))
        if word.text == "(" and word.type is TokenType.SIGN:
            inner = self.expression(0)
            self._close(word)
            return inner
        raise FormulaError(Problem.VALUE_EXPECTED, at=word.at, found=word.text)

    def _call(self, name: Token) -> Call:
        bracket = self._take()
        values: list[Node] = []
        if self._sign() != ")":
            values.append(self.expression(0))
            while self._sign() == ";":
                self._take()
                values.append(self.expression(0))
        self._close(bracket)
        return Call(name.text.lower(), tuple(values), name.at)

    def _close(self, bracket: Token) -> None:
        if self._sign() == ")":
            self._take()
        elif self.next.type is TokenType.END:
            raise FormulaError(Problem.BRACKET_OPEN, at=bracket.at)
        else:
            raise FormulaError(Problem.END_EXPECTED, at=self.next.at, found=self.next.text)

    def _made(self, node: Node) -> Node:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise FormulaError(Problem.TOO_LARGE, at=node.at, most=str(MOST_PARTS))
        return node

    def _take(self) -> Token:
        word = self.next
        if word.type is not TokenType.END:
            self._place += 1
        return word

    def _opens(self) -> bool:
        return self._sign() == "("

    def _sign(self) -> str:
        """The sign that comes next, also one that is a word; "" for anything else."""
        following = self.next
        if following.type is TokenType.SIGN:
            return following.text
        return self._word(following) if following.type is TokenType.NAME else ""

    @staticmethod
    def _word(word: Token) -> str:
        lowered = word.text.lower()
        return lowered if word.type is TokenType.SIGN or lowered in RESERVED else word.text
