"""How often the linters are right, on lines that were seen while rules were written and on lines that were not."""

import pytest

from leadstone.domains.vetting.linters import LANGUAGES, Linter
from tests.vetting.measuring import PARTS, labelled, measured


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_claims_are_found_and_ordinary_lines_are_left_alone(language: str, part: str) -> None:
    measure = measured(Linter.CLAIMS, language, part=part)
    assert measure.recall >= 0.60, measure.missed
    assert measure.false_positives <= 0.02, measure.wrong


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_patterns_that_press_are_found_and_plain_lines_are_left_alone(language: str, part: str) -> None:
    measure = measured(Linter.PATTERNS, language, part=part)
    assert measure.recall >= 0.80, measure.missed
    assert measure.precision >= 0.97, measure.wrong


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_there_are_enough_lines_to_say_so(language: str) -> None:
    lines = labelled(Linter.CLAIMS, language)
    assert len(lines) >= 300
    assert len({line.text for line in lines}) == len(lines)
    for part in PARTS:
        assert sum(line.wanted for line in lines if line.part == part) >= 60
        assert sum(not line.wanted for line in lines if line.part == part) >= 60
