"""What a formula is made of once it is read, and the types that its parts have."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class NumberType:
    """A number."""


@dataclass(frozen=True, slots=True)
class TruthType:
    """Yes or no."""


@dataclass(frozen=True, slots=True)
class ChoiceType:
    """One of some options by its key. `numbers`: whether each stands for a number too."""

    options: tuple[str, ...]
    numbers: bool


Type = NumberType | TruthType | ChoiceType


@dataclass(frozen=True, slots=True)
class Number:
    value: Decimal
    at: int


@dataclass(frozen=True, slots=True)
class Name:
    """An input, an earlier value, or as the first value of `lookup` a table."""

    name: str
    at: int


@dataclass(frozen=True, slots=True)
class Text:
    """The key of an option, in quotation marks."""

    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function or a sign with its values. `at` is the place of its name or sign."""

    function: str
    values: "tuple[Node, ...]"
    at: int


Node = Number | Name | Text | Call


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows that are looked up. A key of a row is an option's, or the number from which on it holds.

    `options`: for each column the options that may stand there, None for a column of numbers.
    """

    options: tuple[frozenset[str] | None, ...]
    rows: tuple[tuple[tuple[str | Decimal, ...], Decimal], ...]


@dataclass(frozen=True, slots=True)
class Program:
    """A formula that was checked: it uses only what there is, and each part gets what it can take."""

    root: Node
    type: Type
    tables: Mapping[str, Table]
    names: frozenset[str]  # of the inputs and earlier values that it uses
