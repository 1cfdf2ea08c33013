"""What formulas say in codes, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leadstone.kernel.formula import Problem
from leadstone.kernel.formula.errors import Undefined

Words = str | Promise

PROBLEM: Mapping[Problem, Words] = {
    Problem.EMPTY: _("There is no formula here."),
    Problem.TOO_LONG: _("A formula has at most {most} characters. Split it: a value may use the values above it."),
    Problem.TOO_DEEP: _("More than {most} brackets within each other: nobody can read that. Split it."),
    Problem.TOO_LARGE: _("This formula has more than {most} parts. Split it: a value may use the values above it."),
    Problem.SIGN_UNKNOWN: _("The sign {sign} means nothing here."),
    Problem.COMMA_UNCLEAR: _("{typed} may be one number or two: write a point for a decimal (1.5), or 1; 5 for two values."),
    Problem.NUMBER_TOO_LONG: _("This number is too long."),
    Problem.TEXT_OPEN: _("This quotation mark has no other half."),
    Problem.VALUE_EXPECTED: _("A value is missing here: a number, a name or a bracket."),
    Problem.END_EXPECTED: _("“{found}” does not fit here: a sign is missing before it, or it is too much."),
    Problem.BRACKET_OPEN: _("This bracket is never closed."),
    Problem.COMPARISONS_CHAINED: _("Two comparisons in a row: join them with “and”."),
    Problem.NAME_UNKNOWN: _("There is no input called “{name}”."),
    Problem.FUNCTION_UNKNOWN: _("There is no function called “{name}”."),
    Problem.TABLE_UNKNOWN: _("There is no table called “{name}”."),
    Problem.TABLE_EXPECTED: _("The first value of lookup is the name of a table."),
    Problem.COUNT_WRONG: _("“{name}” takes {wanted} values here, not {given}."),
    Problem.NUMBER_EXPECTED: _("A number is needed here, and “{found}” is none. For yes or no write if(…; …; …)."),
    Problem.TRUTH_EXPECTED: _("A condition is needed here, like area > 100, and “{found}” is none."),
    Problem.CHOICE_WITHOUT_NUMBERS: _("The answers of “{name}” stand for no numbers: give each one, or look them up in a table."),
    Problem.OPTION_UNKNOWN: _("“{name}” has no answer “{option}”. It has: {options}."),
    Problem.TYPES_DIFFER: _("These two cannot be compared: a text may only equal a choice, or not."),
    Problem.COLUMN_DIFFERS: _("Column {column} of the table “{name}” holds answers of another input."),
}
UNDEFINED: Mapping[Undefined, Words] = {
    Undefined.DIVISION_BY_ZERO: _("something is divided by nought"),
    Undefined.NO_SUCH_POWER: _("a power has no value, like the root of a negative number"),
    Undefined.TOO_LARGE: _("the number grows too large"),
    Undefined.NO_ROW: _("the table “{name}” has no row for them"),
}
SIMILAR = _("Did you mean “{similar}”?")
AT = _("Character {place}: {words}")


def problem_words(facts: Mapping[str, str]) -> str:
    """What is wrong with a formula, where, and what was probably meant; `facts` are those of a `FormulaError`."""
    sentence = str(PROBLEM[Problem(facts["problem"])]).format(**facts)
    if facts.get("similar"):
        sentence = f"{sentence} {str(SIMILAR).format(**facts)}"
    return str(AT).format(place=facts["place"], words=sentence) if facts["problem"] != Problem.EMPTY else sentence


def undefined_words(because: str, name: str) -> str:
    """Why there is no result for some answers."""
    return str(UNDEFINED[Undefined(because)]).format(name=name)
