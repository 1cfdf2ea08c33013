"""What a program comes to: exact decimals under one fixed context, a value for every input, no exception."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import (
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    localcontext,
)

from leadstone.kernel.formula.errors import Trouble, Undefined
from leadstone.kernel.formula.parsing import COMPARISONS
from leadstone.kernel.formula.program import Call, Name, Node, Number, Program, Text

# Thirty digits are more than anybody measures; beyond 10^24 something was mistyped. Both keep every step short.
CONTEXT = Context(
    prec=30, rounding=ROUND_HALF_UP, Emin=-60, Emax=24, traps=[DivisionByZero, InvalidOperation, Overflow], capitals=1, clamp=0
)
_ZERO, _ONE = Decimal(0), Decimal(1)
_LARGEST_POWER = Decimal(100)
# Places that `round` knows: the largest number with the finest places fills the context exactly.
_FINEST, _COARSEST = 6, -12


@dataclass(frozen=True, slots=True)
class Chosen:
    """The option that was chosen, and the number that it stands for, if any."""

    option: str
    number: Decimal | None = None


Value = Decimal | bool | Chosen


class _Stop(Exception):
    """Ends an evaluation; never leaves this file."""

    def __init__(self, trouble: Trouble) -> None:
        self.trouble = trouble


def evaluate(program: Program, values: Mapping[str, Value]) -> Value | Trouble:
    """The number (or truth) for these values, one for each name that the program uses."""
    with localcontext(CONTEXT):
        try:
            return _Evaluator(program, values).value(program.root)
        except _Stop as stop:
            return stop.trouble


class _Evaluator:
    def __init__(self, program: Program, values: Mapping[str, Value]) -> None:
        self._tables = program.tables
        self._values = values

    def value(self, node: Node) -> Value:
        if isinstance(node, Number):
            return +node.value
        if isinstance(node, Name):
            return self._values[node.name]
        if isinstance(node, Text):
            return Chosen(node.text)
        special = _SPECIAL.get(node.function)
        return special(self, node) if special else self._computed(node)

    def _computed(self, node: Call) -> Decimal:
        try:
            return _FUNCTIONS[node.function]([self._number(value) for value in node.values])
        except (DivisionByZero, InvalidOperation):
            # Nought divided by nought is another thing than one by nought only for the decimal arithmetic.
            because = Undefined.DIVISION_BY_ZERO if node.function == "/" else Undefined.NO_SUCH_POWER
            raise _Stop(Trouble(because, node.at)) from None
        except Overflow:
            raise _Stop(Trouble(Undefined.TOO_LARGE, node.at)) from None

    def _if(self, node: Call) -> Value:
        condition, then, otherwise = node.values
        return self.value(then if self._truth(condition) else otherwise)

    def _number(self, node: Node) -> Decimal:
        found = self.value(node)
        if isinstance(found, Chosen):
            found = found.number or _ZERO
        return Decimal(found)

    def _truth(self, node: Node) -> bool:
        return self.value(node) is True

    def _compared(self, node: Call) -> bool:
        left, right = node.values
        if isinstance(left, Text) or isinstance(right, Text):
            chosen = [found.option if isinstance(found := self.value(each), Chosen) else "" for each in node.values]
            return (chosen[0] == chosen[1]) is (node.function == "=")
        return _COMPARED[node.function](self._number(left), self._number(right))

    def _joined(self, node: Call) -> bool:
        """As in speech: what is decided by the first is not asked of the second."""
        if node.function == "not":
            return not self._truth(node.values[0])
        ends = node.function == "or"
        return next((ends for value in node.values if self._truth(value) is ends), not ends)

    def _looked_up(self, node: Call) -> Decimal:
        """The row of these options that begins highest at or below each number."""
        named, *wanted = node.values
        name = named.name if isinstance(named, Name) else ""
        table = self._tables[name]
        keys: list[str | Decimal] = []
        for options, each in zip(table.options, wanted, strict=True):
            found = self.value(each) if options is not None else self._number(each)
            keys.append(found.option if isinstance(found, Chosen) else Decimal(found))
        best: tuple[tuple[Decimal, ...], Decimal] | None = None
        for row, value in table.rows:
            if all(_fits(begins, key) for begins, key in zip(row, keys, strict=True)):
                begins_at = tuple(begins for begins in row if isinstance(begins, Decimal))
                if best is None or begins_at > best[0]:
                    best = begins_at, value
        if best is None:
            raise _Stop(Trouble(Undefined.NO_ROW, node.at, name))
        return +best[1]


_SPECIAL: Mapping[str, Callable[[_Evaluator, Call], Value]] = {
    **dict.fromkeys(COMPARISONS, _Evaluator._compared),
    **dict.fromkeys(("and", "or", "not"), _Evaluator._joined),
    "if": _Evaluator._if,
    "lookup": _Evaluator._looked_up,
}


def _fits(begins: str | Decimal, key: str | Decimal) -> bool:
    if isinstance(begins, Decimal) and isinstance(key, Decimal):
        return begins <= key
    return begins == key


def _power(values: Sequence[Decimal]) -> Decimal:
    base, exponent = values
    if abs(exponent) > _LARGEST_POWER:
        raise Overflow
    if not exponent:
        return _ONE
    if not base and exponent < 0:
        raise InvalidOperation  # the arithmetic itself calls it infinity, without a word
    return base**exponent


def _rounded(values: Sequence[Decimal]) -> Decimal:
    """Half away from nought, as at school. The places are cut to what `round` knows."""
    wanted = values[1].to_integral_value() if len(values) > 1 else _ZERO
    places = max(_COARSEST, min(_FINEST, int(wanted)))
    return values[0].quantize(_ONE.scaleb(-places), rounding=ROUND_HALF_UP)


def _sum(values: Sequence[Decimal]) -> Decimal:
    total = _ZERO
    for value in values:
        total += value
    return total


_FUNCTIONS: Mapping[str, Callable[[Sequence[Decimal]], Decimal]] = {
    "+": _sum,
    "-": lambda values: values[0] - values[1],
    "*": lambda values: values[0] * values[1],
    "/": lambda values: values[0] / values[1],
    "^": _power,
    "negate": lambda values: -values[0],
    "min": min,
    "max": max,
    "sum": _sum,
    "abs": lambda values: abs(values[0]),
    "round": _rounded,
    # The low end wins where the two ends are crossed.
    "clamp": lambda values: max(values[1], min(values[0], values[2])),
}
_COMPARED: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "=": lambda left, right: left == right,
    "<>": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}
