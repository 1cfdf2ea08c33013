"""Sizes, names and cards: what keeps the house easy to find one's way in. Each test names every place that is out of shape."""

import ast

import pytest

from tests.architecture.source import PACKAGE, functions, source_files

MOST_LINES_IN_A_FILE = 400
MOST_LINES_IN_A_FUNCTION = 60
MOST_UNNAMED_PARAMETERS = 2  # what a service is about, and what it is done with
EMPTY_NAMES = {"utils", "helpers", "common", "misc", "base"}

NOUNS = sorted(path.parent.name for path in PACKAGE.glob("domains/*/__init__.py"))


def test_a_file_fits_in_the_head() -> None:
    assert {file.name: n for file in source_files() if (n := file.text.count("\n")) > MOST_LINES_IN_A_FILE} == {}


def test_a_function_fits_on_a_screen() -> None:
    sizes = {file.at(f): (f.end_lineno or 0) - f.lineno + 1 for file in source_files() for f in functions(file)}
    assert {place: lines for place, lines in sizes.items() if lines > MOST_LINES_IN_A_FUNCTION} == {}


def test_a_file_is_named_after_what_it_is_about() -> None:
    assert [file.name for file in source_files() if EMPTY_NAMES & set(file.name.removesuffix(".py").split("/"))] == []


def test_imports_stand_at_the_top() -> None:
    bodies = [(file, node) for file in source_files() for f in functions(file) for node in ast.walk(f)]
    assert [file.at(node) for file, node in bodies if isinstance(node, (ast.Import, ast.ImportFrom))] == []


def test_the_parameters_of_a_service_are_named_when_it_is_called() -> None:
    services = [file for file in source_files() if "services" in file.name and file.is_under("domains")]
    public = [(file, f) for file in services for f in file.tree.body if isinstance(f, ast.FunctionDef) and f.name[0] != "_"]
    assert [file.at(f) for file, f in public if len(f.args.args) > MOST_UNNAMED_PARAMETERS] == []


@pytest.mark.parametrize("noun", NOUNS)
def test_each_noun_has_its_card_on_the_door(noun: str) -> None:
    card = ast.get_docstring(ast.parse((PACKAGE / "domains" / noun / "__init__.py").read_text())) or ""
    first, *rest = [line for line in card.splitlines() if line]
    assert first.endswith(".")
    assert [line.split(":")[0] for line in rest if line.startswith(("Owns:", "Promises:", "Never:"))] == [
        "Owns",
        "Promises",
        "Never",
    ]


def test_a_module_says_what_it_is_for() -> None:
    # A table needs no introduction: its class has one.
    told = [file for file in source_files() if file.tree.body and not file.name.endswith(("models.py", "apps.py"))]
    assert [file.name for file in told if not ast.get_docstring(file.tree)] == []
