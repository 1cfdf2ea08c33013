"""What the documents say is what the code is."""

import ast
import re
from pathlib import Path

import pytest

from leadstone.project.settings_reference import reference
from tests.architecture.source import PACKAGE, ROOT

ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text()
DOCUMENTS = [ROOT / name for name in ("ARCHITECTURE.md", "README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + sorted(
    ROOT.glob("docs/**/*.md")
)
NAMED_PATH = re.compile(r"`((?:src|tests|docs|tools)/[\w./-]+)`")
LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)\)")
NOUNS = sorted(path.parent for path in PACKAGE.glob("domains/*/__init__.py"))
MOST_LINES = 400


def test_the_settings_page_is_the_declarations() -> None:
    assert (ROOT / "docs" / "settings.md").read_text() == reference()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_path_that_a_document_names_exists(document: Path) -> None:
    text = document.read_text()
    missing = [path for path in NAMED_PATH.findall(text) if not (ROOT / path).exists()]
    broken = [link for link in LINK.findall(text) if not (document.parent / link).exists()]
    assert missing + broken == []


@pytest.mark.parametrize("noun", NOUNS, ids=lambda path: path.name)
def test_the_sentence_of_each_noun_is_the_one_on_its_card(noun: Path) -> None:
    card = ast.get_docstring(ast.parse((noun / "__init__.py").read_text())) or ""
    assert f"| `{noun.name}` | {card.splitlines()[0]} |" in ARCHITECTURE


def test_the_architecture_fits_in_one_sitting() -> None:
    assert ARCHITECTURE.count("\n") < MOST_LINES


def test_the_order_of_nouns_is_the_one_of_the_contract() -> None:
    table = re.findall(r"^\| `(\w+)` \| [A-Z]", ARCHITECTURE, re.M)
    contract = (ROOT / "pyproject.toml").read_text().split("exhaustive = true")[1].split("]")[0]
    assert table == re.findall(r'"(\w+)"', contract)


def test_the_words_are_explained_in_one_sitting() -> None:
    assert len(re.findall(r"^\| \*\*", (ROOT / "docs" / "concepts.md").read_text(), re.M)) == 30


def test_every_decision_is_listed() -> None:
    pages = [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))]
    assert [page for page in pages if f"({page})" not in ARCHITECTURE] == []


def test_the_readme_names_chores_that_exist() -> None:
    chores = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    named = {
        word
        for text in (p.read_text() for p in DOCUMENTS)
        for word in re.findall(r"`make ([a-z-]+)`|^make ([a-z-]+)", text, re.M)
        for word in word
        if word
    }
    assert named <= chores
