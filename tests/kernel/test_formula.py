"""The formula language of calculators: what it says, what it refuses and where, and that nothing typed can harm."""

import operator
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leadstone.kernel.formula import (
    ChoiceType,
    Chosen,
    FormulaError,
    Names,
    NumberType,
    Problem,
    Table,
    Trouble,
    TruthType,
    Value,
    check,
    evaluate,
)
from leadstone.kernel.formula.errors import Undefined
from leadstone.kernel.formula.parsing import DEEPEST, MOST_PARTS

PRICES = Table(
    options=(frozenset({"gas", "coal"}), None),
    rows=(
        (("gas", Decimal(0)), Decimal("1.5")),
        (("gas", Decimal(100)), Decimal(2)),
        (("coal", Decimal(50)), Decimal(3)),
    ),
)
NAMES = Names(
    {"area": NumberType(), "power": NumberType(), "fuel": ChoiceType(("gas", "coal"), True), "owns": TruthType()},
    {"prices": PRICES},
)
VALUES: dict[str, Value] = {"area": Decimal(120), "power": Decimal("7.5"), "fuel": Chosen("gas", Decimal(9)), "owns": True}


def come_to(formula: str, **values: Value) -> Value | Trouble:
    return evaluate(check(formula, NAMES), VALUES | values)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("2 ^ 3 ^ 2", "512"),
        ("-2 ^ 2", "-4"),
        ("2 ^ -1", "0.5"),
        ("10 − 4 ÷ 2 × 3", "4"),
        ("0.1 + 0.2", "0.3"),
        ("area * power / 3", "300"),
        ("fuel * 2", "18"),
        ("if(owns; area; 0)", "120"),
        ("if(not owns or area < 100; 1; 2)", "2"),
        ('if(fuel = "gas", 1, 2)', "1"),
        ("if(fuel <> „gas”; 1; 2)", "2"),
        ("min(3; 1; 2) + max(3; 1; 2) + sum(1; 2; 3)", "10"),
        ("round(2.5) + round(-2.5)", "0"),
        ("round(1.2345; 2)", "1.23"),
        ("round(1234; -2)", "1200"),
        ("abs(-3)", "3"),
        ("clamp(area; 0; 100)", "100"),
        ("lookup(prices; fuel; area)", "2"),
        ("lookup(prices; fuel; 99.9)", "1.5"),
        ("if(area = 0; 0; 1 / area) * area", "1"),
    ],
)
def test_a_formula_comes_to(formula: str, value: str) -> None:
    found = come_to(formula)
    assert isinstance(found, Decimal)
    assert found.quantize(Decimal("1.0000000000")) == Decimal(value)


@pytest.mark.parametrize(
    ("formula", "problem", "at"),
    [
        ("", Problem.EMPTY, 0),
        ("  ", Problem.EMPTY, 0),
        ("powerr * 2", Problem.NAME_UNKNOWN, 0),
        ("2 * aera", Problem.NAME_UNKNOWN, 4),
        ("1,5 * area", Problem.COMMA_UNCLEAR, 0),
        ("max(1,2)", Problem.COMMA_UNCLEAR, 4),
        ("2 + ", Problem.VALUE_EXPECTED, 4),
        ("2 * * 3", Problem.VALUE_EXPECTED, 4),
        ("(2 + 3", Problem.BRACKET_OPEN, 0),
        ("2 + 3)", Problem.END_EXPECTED, 5),
        ("2 3", Problem.END_EXPECTED, 2),
        ("1 < 2 < 3", Problem.COMPARISONS_CHAINED, 6),
        ('fuel = "gas', Problem.TEXT_OPEN, 7),
        ('fuel = "oil"', Problem.OPTION_UNKNOWN, 7),
        ('area = "gas"', Problem.TYPES_DIFFER, 5),
        ("area + owns", Problem.NUMBER_EXPECTED, 7),
        ("if(area; 1; 2)", Problem.TRUTH_EXPECTED, 3),
        ("mox(1; 2)", Problem.FUNCTION_UNKNOWN, 0),
        ("abs()", Problem.COUNT_WRONG, 0),
        ("if(owns; 1)", Problem.COUNT_WRONG, 0),
        ("lookup(price; fuel; area)", Problem.TABLE_UNKNOWN, 7),
        ("lookup(1; fuel; area)", Problem.TABLE_EXPECTED, 7),
        ("lookup(prices; fuel)", Problem.COUNT_WRONG, 0),
        ("lookup(prices; area; fuel)", Problem.COLUMN_DIFFERS, 15),
        ("area @ 2", Problem.SIGN_UNKNOWN, 5),
        ("area.real", Problem.SIGN_UNKNOWN, 4),
        ("1" * 19, Problem.NUMBER_TOO_LONG, 0),
        ("1 +" * 400, Problem.TOO_LONG, 1000),
        ("(" * (DEEPEST + 1) + "1" + ")" * (DEEPEST + 1), Problem.TOO_DEEP, DEEPEST),
        ("+".join(["1"] * (MOST_PARTS // 2 + 2)), Problem.TOO_LARGE, MOST_PARTS - 1),
    ],
)
def test_a_formula_that_cannot_be_used_says_what_is_wrong_and_where(formula: str, problem: Problem, at: int) -> None:
    with pytest.raises(FormulaError) as refused:
        check(formula, NAMES)

    assert (refused.value.problem, refused.value.at) == (problem, at)


def test_a_name_that_is_nearly_right_is_offered() -> None:
    with pytest.raises(FormulaError) as refused:
        check("powerr", NAMES)

    assert refused.value.facts["similar"] == "power"


@pytest.mark.parametrize(
    ("formula", "because", "at"),
    [
        ("1 / (area - 120)", Undefined.DIVISION_BY_ZERO, 2),
        ("0 / 0", Undefined.DIVISION_BY_ZERO, 2),
        ("0 ^ -1", Undefined.NO_SUCH_POWER, 2),
        ("(0 - 8) ^ 0.5", Undefined.NO_SUCH_POWER, 8),
        ("10 ^ 30", Undefined.TOO_LARGE, 3),
        ("2 ^ 1000000", Undefined.TOO_LARGE, 2),
        ("lookup(prices; fuel; 0 - 1)", Undefined.NO_ROW, 0),
    ],
)
def test_where_there_is_no_number_the_answer_says_why_and_where(formula: str, because: Undefined, at: int) -> None:
    found = come_to(formula)

    assert isinstance(found, Trouble)
    assert (found.because, found.at) == (because, at)


def test_what_is_not_asked_for_is_not_computed() -> None:
    assert come_to("if(owns; 1; 1 / 0)") == 1
    assert come_to("owns or 1 / 0 > 1") is True


def test_deep_conditions_are_checked_once_each_and_not_twice_a_level() -> None:
    deep = "if(owns; " * (DEEPEST - 2) + "1" + "; 0)" * (DEEPEST - 2)

    assert come_to(deep) == 1


# The same arithmetic once more, in fractions: a tree, how it is written, and what it comes to.
_SIGNS = {"+": operator.add, "-": operator.sub, "*": operator.mul}
Written = tuple[str, Fraction]
_leaves = st.integers(0, 999).map(lambda number: (str(number), Fraction(number))) | st.sampled_from(
    [("area", Fraction(120)), ("power", Fraction(15, 2)), ("fuel", Fraction(9))]
)


def _joined(parts: tuple[Written, str, Written]) -> Written:
    (left, one), sign, (right, other) = parts
    return f"({left} {sign} {right})", Fraction(_SIGNS[sign](one, other))


def _called(parts: tuple[str, list[Written]]) -> Written:
    name, values = parts
    numbers = [value for _, value in values]
    found = {"min": min(numbers), "max": max(numbers), "sum": sum(numbers, Fraction(0))}[name]
    return f"{name}({'; '.join(text for text, _ in values)})", found


_trees = st.recursive(
    _leaves,
    lambda inner: (
        st.tuples(inner, st.sampled_from(list(_SIGNS)), inner).map(_joined)
        | st.tuples(st.sampled_from(["min", "max", "sum"]), st.lists(inner, min_size=1, max_size=3)).map(_called)
    ),
    max_leaves=7,
)


@given(_trees)
def test_exact_arithmetic_agrees_with_fractions(tree: Written) -> None:
    formula, value = tree
    found = come_to(f"{formula} + 0")

    if isinstance(found, Trouble):
        assert found.because is Undefined.TOO_LARGE
        assert abs(value) > 10**20
    else:
        assert isinstance(found, Decimal)
        assert Fraction(found) == value


_PIECES = ["area", "fuel", "owns", "prices", "if", "lookup", "max", "round", "not", "and", "(", ")", ";", ",", "+", "-", "*", "/"]
_PIECES += ["^", "<", "=", "<>", '"gas"', "0", "1", "2.5", "999999999", " ", "__import__", "lambda", ".", "…", "\x00", "９"]


@given(st.lists(st.sampled_from(_PIECES), max_size=25).map(" ".join) | st.text(max_size=60))
@example("9^9^9^9")
@example("(0-1)^2.5")
@example("round(999999999999; 99999999999)")
@example("100^-12/7^-99")
@example("²")
def test_whatever_is_typed_gives_a_value_a_reason_or_a_formula_error(formula: str) -> None:
    found = tried(formula)

    if isinstance(found, FormulaError):
        assert 0 <= found.at <= len(formula)
    else:
        assert isinstance(found, (bool, Decimal, Chosen, Trouble))
        assert not isinstance(found, Decimal) or found.is_finite()


def tried(formula: str) -> Value | Trouble | FormulaError:
    try:
        return come_to(formula)
    except FormulaError as refused:
        return refused


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
def test_every_input_gives_a_number_or_a_reason(area: Decimal) -> None:
    found = come_to("round(area / (area - 5) ^ 0.5 + lookup(prices; fuel; area); 2)", area=area)

    assert isinstance(found, (Decimal, Trouble))
