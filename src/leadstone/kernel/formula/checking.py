"""What a formula says, held against what there is: names, tables, and the type of every part."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from leadstone.kernel.formula.errors import FormulaError, Problem
from leadstone.kernel.formula.parsing import COMPARISONS, parse
from leadstone.kernel.formula.program import (
    Call,
    ChoiceType,
    Name,
    Node,
    Number,
    NumberType,
    Program,
    Table,
    Text,
    TruthType,
    Type,
)

MOST_VALUES = 20

NUMBER, TRUTH = NumberType(), TruthType()
# Function → the fewest and the most values that it takes, all of them numbers.
_OF_NUMBERS = {
    "+": (2, 2),
    "-": (2, 2),
    "*": (2, 2),
    "/": (2, 2),
    "^": (2, 2),
    "negate": (1, 1),
    "min": (1, MOST_VALUES),
    "max": (1, MOST_VALUES),
    "sum": (1, MOST_VALUES),
    "abs": (1, 1),
    "round": (1, 2),
    "clamp": (3, 3),
}
_OF_TRUTHS = {"and": (2, MOST_VALUES), "or": (2, MOST_VALUES), "not": (1, 1)}
FUNCTIONS = ("if", "min", "max", "sum", "round", "abs", "clamp", "lookup", "and", "or", "not")


@dataclass(frozen=True, slots=True)
class Names:
    """All that a formula may use: inputs and earlier values with their types, and tables."""

    values: Mapping[str, Type]
    tables: Mapping[str, Table] = field(default_factory=dict)


def check(formula: str, names: Names) -> Program:
    """The formula, ready to be evaluated; raises `FormulaError`."""
    root = parse(formula)
    checker = _Checker(names)
    return Program(root, checker.type_of(root), names.tables, frozenset(checker.used))


class _Checker:
    def __init__(self, names: Names) -> None:
        self._names = names
        self.used: set[str] = set()

    def type_of(self, node: Node) -> Type:
        if isinstance(node, Number):
            return NUMBER
        if isinstance(node, Text):
            # Only beside the choice that it is an option of.
            raise FormulaError(Problem.NUMBER_EXPECTED, at=node.at, found=node.text)
        return self._named(node) if isinstance(node, Name) else self._called(node)

    def _called(self, node: Call) -> Type:
        if node.function in _OF_NUMBERS:
            self._each(node, _OF_NUMBERS[node.function], _need_number)
            return NUMBER
        if node.function in _OF_TRUTHS:
            self._each(node, _OF_TRUTHS[node.function], _need_truth)
            return TRUTH
        special = {**dict.fromkeys(COMPARISONS, self._comparison), "if": self._if, "lookup": self._lookup}.get(node.function)
        if special is None:
            near = similar(node.function, FUNCTIONS)
            raise FormulaError(Problem.FUNCTION_UNKNOWN, at=node.at, name=node.function, similar=near)
        return special(node)

    def _named(self, node: Name) -> Type:
        found = self._names.values.get(node.name)
        if found is None:
            raise FormulaError(
                Problem.NAME_UNKNOWN, at=node.at, name=node.name, similar=similar(node.name, [*self._names.values])
            )
        self.used.add(node.name)
        return found

    def _each(self, node: Call, limits: tuple[int, int], wanted: Callable[[Node, Type], None]) -> None:
        _count(node, *limits)
        for value in node.values:
            wanted(value, self.type_of(value))

    def _comparison(self, node: Call) -> Type:
        left, right = node.values
        if isinstance(left, Text) or isinstance(right, Text):
            text, beside = (left, right) if isinstance(left, Text) else (right, left)
            self._option(node, text, beside)
            return TRUTH
        # Each part is looked at once: twice a level would double the work with every bracket.
        one, other = self.type_of(left), self.type_of(right)
        need = _need_truth if node.function in {"=", "<>"} and isinstance(one, TruthType) else _need_number
        need(left, one)
        need(right, other)
        return TRUTH

    def _option(self, node: Call, text: Node, other: Node) -> None:
        """A text stands for an option, so it may only equal a choice that has it, or not."""
        found = self.type_of(other) if isinstance(other, Name) else NUMBER
        if node.function not in {"=", "<>"} or not isinstance(found, ChoiceType) or not isinstance(text, Text):
            raise FormulaError(Problem.TYPES_DIFFER, at=node.at)
        if text.text not in found.options:
            options = ", ".join(found.options)
            raise FormulaError(Problem.OPTION_UNKNOWN, at=text.at, name=_said(other), option=text.text, options=options)

    def _if(self, node: Call) -> Type:
        _count(node, 3, 3)
        condition, then, otherwise = node.values
        _need_truth(condition, self.type_of(condition))
        one, other = self.type_of(then), self.type_of(otherwise)
        need = _need_truth if isinstance(one, TruthType) else _need_number
        need(then, one)
        need(otherwise, other)
        return TRUTH if isinstance(one, TruthType) else NUMBER

    def _lookup(self, node: Call) -> Type:
        _count(node, 2, MOST_VALUES)
        named, *keys = node.values
        if not isinstance(named, Name):
            raise FormulaError(Problem.TABLE_EXPECTED, at=named.at)
        table = self._names.tables.get(named.name)
        if table is None:
            raise FormulaError(
                Problem.TABLE_UNKNOWN, at=named.at, name=named.name, similar=similar(named.name, [*self._names.tables])
            )
        _count(node, 1 + len(table.options), 1 + len(table.options))
        for number, (options, key) in enumerate(zip(table.options, keys, strict=True), start=1):
            found = self.type_of(key)
            if options is None:
                _need_number(key, found)
                continue
            if not isinstance(found, ChoiceType) or not isinstance(key, Name) or not options & set(found.options):
                raise FormulaError(Problem.COLUMN_DIFFERS, at=key.at, name=named.name, column=str(number))
        return NUMBER


def _need_number(node: Node, found: Type) -> None:
    if isinstance(found, TruthType):
        raise FormulaError(Problem.NUMBER_EXPECTED, at=node.at, found=_said(node))
    if isinstance(found, ChoiceType) and not found.numbers:
        raise FormulaError(Problem.CHOICE_WITHOUT_NUMBERS, at=node.at, name=_said(node))


def _need_truth(node: Node, found: Type) -> None:
    if not isinstance(found, TruthType):
        raise FormulaError(Problem.TRUTH_EXPECTED, at=node.at, found=_said(node))


def _count(node: Call, fewest: int, most: int) -> None:
    if not fewest <= len(node.values) <= most:
        wanted = str(fewest) if fewest == most else f"{fewest}–{most}"
        raise FormulaError(Problem.COUNT_WRONG, at=node.at, name=node.function, wanted=wanted, given=str(len(node.values)))


def similar(name: str, known: Sequence[str]) -> str:
    """What was probably meant; "" when nothing is near."""
    by_lowered = {each.lower(): each for each in known}
    near = get_close_matches(name.lower()[:60], list(by_lowered), n=1, cutoff=0.6)
    return by_lowered[near[0]] if near else ""


def _said(node: Node) -> str:
    if isinstance(node, Name):
        return node.name
    if isinstance(node, Call):
        return node.function
    return str(node.value) if isinstance(node, Number) else node.text
