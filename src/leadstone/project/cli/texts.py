"""Commands that read texts, and need neither settings nor a database."""

from enum import StrEnum
from typing import Annotated

import typer

from leadstone.project.cli.lazy import load


class Kind(StrEnum):
    """What is looked for; the same words as `domains.vetting.linters.Linter` (held by a test)."""

    CLAIMS = "claims"
    PATTERNS = "patterns"


class Language(StrEnum):
    """Languages that have rules; held by a test too."""

    ENGLISH = "en"
    POLISH = "pl"


def add_to(app: typer.Typer) -> None:
    """Put the commands of this file on the command line."""
    app.command(rich_help_panel="Data")(lint)


def lint(
    kind: Annotated[Kind, typer.Option("--kind", help="Claims that promise too much, or patterns that press.")],
    lang: Annotated[Language, typer.Option("--lang", help="The language of the texts.")] = Language.ENGLISH,
) -> None:
    """Read one text a line from standard input and print one JSON object a line: what a reader may be misled by, and why.

    Example: echo "Triple your home's value, guaranteed" | leadstone lint --kind claims --lang en
    """
    load("linting").lint_lines(kind=kind.value, language=lang.value)
