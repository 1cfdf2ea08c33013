"""Sizes, names and cards: what keeps the house easy to find one's way in."""

import ast

import pytest

from tests.architecture.source import PACKAGE, SourceFile, functions, source_files

MOST_LINES_IN_A_FILE = 400
MOST_LINES_IN_A_FUNCTION = 60
MOST_UNNAMED_PARAMETERS = 2  # what a service is about, and what it is done with
EMPTY_NAMES = {"utils", "helpers", "common", "misc", "base"}

FILES = pytest.mark.parametrize("file", source_files(), ids=lambda file: file.name)
NOUNS = sorted(path.parent.name for path in PACKAGE.glob("domains/*/__init__.py"))


@FILES
def test_a_file_fits_in_the_head(file: SourceFile) -> None:
    assert file.text.count("\n") <= MOST_LINES_IN_A_FILE


@FILES
def test_a_function_fits_on_a_screen(file: SourceFile) -> None:
    long = [file.at(f) for f in functions(file) if (f.end_lineno or 0) - f.lineno + 1 > MOST_LINES_IN_A_FUNCTION]
    assert long == []


@FILES
def test_a_file_is_named_after_what_it_is_about(file: SourceFile) -> None:
    assert not EMPTY_NAMES & set(file.name.removesuffix(".py").split("/"))


@FILES
def test_imports_stand_at_the_top(file: SourceFile) -> None:
    hidden = [file.at(node) for f in functions(file) for node in ast.walk(f) if isinstance(node, (ast.Import, ast.ImportFrom))]
    assert hidden == []


@FILES
def test_the_parameters_of_a_service_are_named_when_it_is_called(file: SourceFile) -> None:
    if "services" not in file.name or not file.is_under("domains"):
        return
    public = [f for f in file.tree.body if isinstance(f, ast.FunctionDef) and not f.name.startswith("_")]
    assert [file.at(f) for f in public if len(f.args.args) > MOST_UNNAMED_PARAMETERS] == []


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


@FILES
def test_a_module_says_what_it_is_for(file: SourceFile) -> None:
    if file.name.endswith(("models.py", "apps.py")) or not file.tree.body:
        return  # a table needs no introduction: its class has one
    assert ast.get_docstring(file.tree), f"{file.name} has no docstring"
