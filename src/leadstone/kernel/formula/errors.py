"""What may be wrong with a formula, and what may come of a right one besides a number."""

from dataclasses import dataclass
from enum import StrEnum

from leadstone.kernel.errors import LeadstoneError


class Problem(StrEnum):
    """Each with its facts in `FormulaError.facts`; a screen has the words."""

    EMPTY = "empty"
    TOO_LONG = "too_long"  # most
    TOO_DEEP = "too_deep"  # most
    TOO_LARGE = "too_large"  # most: parts of one formula
    SIGN_UNKNOWN = "sign_unknown"  # sign
    COMMA_UNCLEAR = "comma_unclear"  # typed: "1,5" may be one number or two
    NUMBER_TOO_LONG = "number_too_long"
    TEXT_OPEN = "text_open"  # a quotation mark without its other half
    VALUE_EXPECTED = "value_expected"  # found: what stands there instead; "" at the end
    END_EXPECTED = "end_expected"  # found: what stands after the formula is complete
    BRACKET_OPEN = "bracket_open"
    COMPARISONS_CHAINED = "comparisons_chained"
    NAME_UNKNOWN = "name_unknown"  # name, similar (or "")
    FUNCTION_UNKNOWN = "function_unknown"  # name, similar (or "")
    TABLE_UNKNOWN = "table_unknown"  # name, similar (or "")
    TABLE_EXPECTED = "table_expected"  # the first value of lookup names a table
    COUNT_WRONG = "count_wrong"  # name, wanted, given
    NUMBER_EXPECTED = "number_expected"  # found
    TRUTH_EXPECTED = "truth_expected"  # found
    CHOICE_WITHOUT_NUMBERS = "choice_without_numbers"  # name
    OPTION_UNKNOWN = "option_unknown"  # name of the choice, option, options
    TYPES_DIFFER = "types_differ"
    COLUMN_DIFFERS = "column_differs"  # name of the table, number of the column


class FormulaError(LeadstoneError):
    """A formula that cannot be used. `at` is the place of the first character that is wrong, from 0."""

    code = "formula"
    sentence = "This formula cannot be used: {problem} at {place}."

    def __init__(self, problem: Problem, /, *, at: int, **facts: str) -> None:
        self.problem = problem
        self.at = at
        super().__init__(None, problem=problem.value, place=at + 1, **facts)


class Undefined(StrEnum):
    """Why a formula that is right gives no number for some inputs."""

    DIVISION_BY_ZERO = "division_by_zero"
    NO_SUCH_POWER = "no_such_power"  # the root of a negative number, nought to a power below one
    TOO_LARGE = "too_large"
    NO_ROW = "no_row"  # a table says nothing of these keys; facts name the table


@dataclass(frozen=True, slots=True)
class Trouble:
    """No number, why, and where in the formula."""

    because: Undefined
    at: int
    name: str = ""  # of the table
