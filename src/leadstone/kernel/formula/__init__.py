"""A small formula language: numbers, named inputs, the usual signs, and a dozen functions.

Owns: `Program`, what a checked formula is.
Promises: whatever is typed gives a program or a `FormulaError` that says where; a program gives a number or a `Trouble`,
always, in bounded time and with the same digits on every machine.
Never: runs anything of Python's.
"""

from leadstone.kernel.formula.checking import Names, check
from leadstone.kernel.formula.errors import FormulaError, Problem, Trouble
from leadstone.kernel.formula.evaluating import Chosen, Value, evaluate
from leadstone.kernel.formula.program import ChoiceType, NumberType, Program, Table, TruthType, Type

__all__ = [
    "ChoiceType",
    "Chosen",
    "FormulaError",
    "Names",
    "NumberType",
    "Problem",
    "Program",
    "Table",
    "Trouble",
    "TruthType",
    "Type",
    "Value",
    "check",
    "evaluate",
]
