"""What a calculator computes: inputs, tables and formulas as data; a range that is no finer than it can know. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum

import msgspec

from leadstone.kernel.formula import (
    ChoiceType,
    Chosen,
    FormulaError,
    Names,
    NumberType,
    Problem,
    Program,
    Table,
    Trouble,
    TruthType,
    Type,
    Value,
    check,
    evaluate,
)
from leadstone.kernel.numerals import read_decimal

YES, NO = "yes", "no"
MOST_DIGITS = 4
LARGEST_PERCENT = 90


class InputType(StrEnum):
    NUMBER = "number"
    CHOICE = "choice"
    YES_NO = "yes_no"


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Numbers stand as text, so that 0.1 stays what was typed."""


class InputOption(_Part, frozen=True):
    """One answer to choose; `number` is what it stands for in a formula, if anything."""

    key: str
    text: str
    number: str = ""


class Input(_Part, frozen=True):
    """One thing that a visitor says. `key` is its name in formulas."""

    key: str
    text: str
    type: InputType = InputType.NUMBER
    note: str = ""
    unit: str = ""
    least: str = "0"
    most: str = "1000"
    step: str = "1"
    options: tuple[InputOption, ...] = ()


class LookupTable(_Part, frozen=True):
    """Rows of cells, the last one the value. Keys are those of options, or the numbers from which on a row holds."""

    key: str
    rows: tuple[tuple[str, ...], ...] = ()


class Formula(_Part, frozen=True):
    """A value that later formulas may use by its key."""

    key: str
    formula: str


class Bracket(_Part, frozen=True):
    """What is said when the middle of the range reaches so far."""

    key: str
    at_least: str = "0"
    title: str = ""
    text: str = ""
    advice: str = ""


class CalculatorSettings(_Part, frozen=True):
    """Everything that a calculator is, beyond the definition of a magnet."""

    questions: tuple[Input, ...] = ()
    together: bool = True  # all on one page, or one after the other
    tables: tuple[LookupTable, ...] = ()
    values: tuple[Formula, ...] = ()
    low: str = ""
    high: str = ""  # "": the low one is the middle, and `percent` says how far off it may be
    percent: str = ""
    unit: str = ""
    digits: int = 2  # how many say something
    text: str = ""  # what the range means
    advice: str = ""
    brackets: tuple[Bracket, ...] = ()
    basis: str = ""  # where the figures come from
    basis_date: str = ""  # ISO 8601, as of when
    first_stays: bool = False


@dataclass(frozen=True, slots=True)
class Mistake:
    """A formula that cannot be used, and its place: "values.1", "low", "high"."""

    where: str
    error: FormulaError


@dataclass(frozen=True, slots=True)
class Compiled:
    """Every formula of a calculator, ready to be evaluated in this order; `high` is None where a percentage makes the range."""

    values: tuple[tuple[str, Program], ...]
    low: Program
    high: Program | None
    percent: Decimal

    @property
    def programs(self) -> tuple[Program, ...]:
        ends = (self.low, self.high) if self.high else (self.low,)
        return (*(program for _, program in self.values), *ends)


@dataclass(frozen=True, slots=True)
class Range:
    """Both ends, as exact as they were computed."""

    low: Decimal
    high: Decimal

    @property
    def middle(self) -> Decimal:
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class NoRange:
    """No result for these inputs, and the place of the formula that had none."""

    where: str
    trouble: Trouble


def type_of(asked: Input) -> Type:
    if asked.type is InputType.NUMBER:
        return NumberType()
    if asked.type is InputType.YES_NO:
        return TruthType()
    numbers = bool(asked.options) and all(read_decimal(option.number) is not None for option in asked.options)
    return ChoiceType(tuple(option.key for option in asked.options), numbers)


def table_of(table: LookupTable) -> Table | None:
    """The table as formulas read it; None when its rows are no rectangle, or a value is no number."""
    widths = {len(row) for row in table.rows}
    if len(widths) != 1 or min(widths) < 2:
        return None
    values = [read_decimal(row[-1]) for row in table.rows]
    columns = list(zip(*(row[:-1] for row in table.rows), strict=True))
    numbers = [[read_decimal(cell) for cell in column] for column in columns]
    bracketed = [None not in column for column in numbers]
    rows = tuple(
        (
            tuple(read_decimal(cell) or Decimal(0) if number else cell for cell, number in zip(row, bracketed, strict=False)),
            value,
        )
        for row, value in zip(table.rows, values, strict=True)
        if value is not None
    )
    if len(rows) < len(table.rows):
        return None
    options = tuple(None if number else frozenset(column) for column, number in zip(columns, bracketed, strict=True))
    return Table(options=options, rows=rows)


def names_of(settings: CalculatorSettings) -> Names:
    """The inputs and tables that formulas may use; earlier values come beside them."""
    tables = {table.key: found for table in settings.tables if (found := table_of(table))}
    return Names({asked.key: type_of(asked) for asked in settings.questions}, tables)


def mistakes_in(settings: CalculatorSettings) -> Iterator[Mistake]:
    """Every formula that cannot be used; a value whose own formula is wrong still lends its name to the later ones."""
    names = names_of(settings)
    values = dict(names.values)
    for where, key, formula in _formulas(settings):
        kind: Type = NumberType()
        try:
            kind = check(formula, Names(values, names.tables)).type
            if not key and (isinstance(kind, TruthType) or (isinstance(kind, ChoiceType) and not kind.numbers)):
                raise FormulaError(Problem.NUMBER_EXPECTED, at=0, found=formula)
        except FormulaError as error:
            yield Mistake(where, error)
        if key:
            values[key] = kind


def _formulas(settings: CalculatorSettings) -> Iterator[tuple[str, str, str]]:
    """Place, key and text of each formula, in their order."""
    for number, value in enumerate(settings.values):
        yield f"values.{number}", value.key, value.formula
    yield "low", "", settings.low
    if settings.high.strip():
        yield "high", "", settings.high


def compiled(settings: CalculatorSettings) -> Compiled:
    """Raises `FormulaError` at the first formula that cannot be used."""
    names = names_of(settings)
    values = dict(names.values)
    programs: dict[str, Program] = {}
    for where, key, formula in _formulas(settings):
        programs[where] = check(formula, Names(values, names.tables))
        if key:
            values[key] = programs[where].type
    steps = tuple((value.key, programs[f"values.{number}"]) for number, value in enumerate(settings.values))
    return Compiled(steps, programs["low"], programs.get("high"), read_decimal(settings.percent) or Decimal(0))


def given(questions: Sequence[Input], answers: Mapping[str, str]) -> dict[str, Value]:
    """What the answers, by key of the input, are to a formula. An answer that is none counts as nought, no, or the first."""
    return {asked.key: _given(asked, answers.get(asked.key, "")) for asked in questions}


def _given(asked: Input, answer: str) -> Value:
    if asked.type is InputType.NUMBER:
        return read_decimal(answer) or Decimal(0)
    if asked.type is InputType.YES_NO:
        return answer == YES
    chosen = next((option for option in asked.options if option.key == answer), asked.options[0])
    return Chosen(chosen.key, read_decimal(chosen.number))


def compute(made: Compiled, values: Mapping[str, Value]) -> Range | NoRange:
    """The range for these inputs, or where there was none."""
    known: dict[str, Value] = dict(values)
    for number, (key, program) in enumerate(made.values):
        found = evaluate(program, known)
        if isinstance(found, Trouble):
            return NoRange(f"values.{number}", found)
        known[key] = found
    ends = []
    for where, end in (("low", made.low), ("high", made.high or made.low)):
        found = evaluate(end, known)
        if isinstance(found, Trouble):
            return NoRange(where, found)
        ends.append(_number(found))
    return _range(*ends, percent=made.percent if made.high is None else Decimal(0))


def _number(value: Value) -> Decimal:
    number = value.number if isinstance(value, Chosen) else Decimal(value)
    return number or Decimal(0)


def _range(low: Decimal, high: Decimal, *, percent: Decimal) -> Range:
    low, high = min(low, high), max(low, high)
    return Range(low - abs(low) * percent / 100, high + abs(high) * percent / 100)


def honest(found: Range, *, digits: int) -> tuple[int, int, int]:
    """Both ends as whole counts of a power of ten, and that power: no more digits than say something.

    The low end goes down and the high end up, so that rounding never makes a promise that the figures do not make.
    """
    largest = max(abs(found.low), abs(found.high))
    power = largest.adjusted() - digits + 1 if largest else 0
    low = found.low.scaleb(-power).to_integral_value(rounding=ROUND_FLOOR)
    high = found.high.scaleb(-power).to_integral_value(rounding=ROUND_CEILING)
    return int(low), int(high), power


def bracket_for(brackets: Sequence[Bracket], middle: Decimal) -> Bracket | None:
    """The bracket that begins highest at or below the middle."""
    reached = [
        (begins, bracket) for bracket in brackets if (begins := read_decimal(bracket.at_least)) is not None and begins <= middle
    ]
    return max(reached, key=lambda each: each[0])[1] if reached else None
