"""What a reader may be misled by: claims that promise too much, and patterns that press. Pure, local, the same every time.

Owns: the rules of each language, as data; `lint`, the one way to run them.
Promises: every finding marks its words and says why; the same text always gives the same findings.
Never: asks a network or a model, and never judges a person.
"""

from collections.abc import Mapping
from enum import StrEnum

from leadstone.domains.vetting.linters import claims_en, claims_pl, patterns_en, patterns_pl
from leadstone.domains.vetting.linters.finding import Finding, RuleSet, findings

__all__ = ["Finding", "Linter", "lint"]


class Linter(StrEnum):
    """What is looked for."""

    CLAIMS = "claims"  # too good to be true, or teasing instead of telling
    PATTERNS = "patterns"  # pressing: false haste, false scarcity, shaming


_RULES: Mapping[tuple[Linter, str], RuleSet] = {
    (Linter.CLAIMS, "en"): claims_en.RULES,
    (Linter.CLAIMS, "pl"): claims_pl.RULES,
    (Linter.PATTERNS, "en"): patterns_en.RULES,
    (Linter.PATTERNS, "pl"): patterns_pl.RULES,
}
LANGUAGES = frozenset(language for _linter, language in _RULES)


def lint(text: str, *, linter: Linter, language: str) -> list[Finding]:
    """Every finding in `text`, in reading order; empty when there is nothing to say. A language without rules is a KeyError."""
    return findings(text, _RULES[linter, language])
