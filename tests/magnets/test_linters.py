"""What the linters object to, and what they leave alone."""

import io
import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadstone.domains.vetting.linters import LANGUAGES, Linter, lint
from leadstone.project.cli.texts import Kind, Language
from leadstone.project.linting import lint_lines


def rules(text: str, *, linter: Linter = Linter.CLAIMS, language: str = "en") -> list[str]:
    return [finding.rule for finding in lint(text, linter=linter, language=language)]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Triple your home's value in a weekend", "multiplier"),
        ("Cut your heating bill by up to 70%", "multiplier"),
        ("Results guaranteed", "guarantee"),
        ("A completely risk-free way to invest", "guarantee"),
        ("The industry's leading method", "superlative"),
        ("Earn a six-figure salary from home", "income"),
        ("Make $5,000 a month while you sleep", "income"),
        ("Lose 10 kg without dieting", "health"),
        ("A free mug with every purchase", "free_with_conditions"),
        ("Free* for everybody", "free_with_star"),
        ("You won't believe what this boiler did", "hyperbole"),
        ("We Know Which Heat Pump You Are Based On Your Zodiac Sign", "teasing"),
    ],
)
def test_an_extreme_claim_is_found_and_named(text: str, rule: str) -> None:
    assert rule in rules(text)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Potrój wartość swojego domu", "multiplier"),
        ("Oszczędzaj nawet do 70% na ogrzewaniu", "multiplier"),
        ("Gwarantowane zwroty z inwestycji", "guarantee"),
        ("Najlepszy poradnik na rynku", "superlative"),
        ("Zarabiaj 10 000 zł miesięcznie", "income"),
        ("Schudnij 10 kg bez diety", "health"),
        ("Za darmo przy zakupie od 100 zł", "free_with_conditions"),
        ("Nie uwierzysz, co zrobił ten piec", "hyperbole"),
        ("Oto co się stanie, gdy wyłączysz ogrzewanie", "clickbait"),
    ],
)
def test_an_extreme_claim_is_found_in_polish_too(text: str, rule: str) -> None:
    assert rule in rules(text, language="pl")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Read a heat-pump quote like an engineer", "en"),
        ("Seven numbers to look for in any quote, three to ask for, and a checklist for the table.", "en"),
        ("What a heat pump really costs in an old house.", "en"),
        ("This guide shows where the heat goes.", "en"),
        ("45 killed after protesters were fired upon", "en"),
        ("Is your house ready for a heat pump?", "en"),
        ("We give a five-year warranty on parts.", "en"),
        ("Jak czytać ofertę na pompę ciepła", "pl"),
        ("Siedem liczb, których warto szukać w każdej wycenie", "pl"),
        ("Ten poradnik pokazuje, gdzie ucieka ciepło.", "pl"),
        ("Dwa lata gwarancji na części", "pl"),
    ],
)
def test_a_plain_sentence_is_left_alone(text: str, language: str) -> None:
    assert rules(text, language=language) == []


@pytest.mark.parametrize(
    ("text", "rule", "language"),
    [
        ("Offer ends in 00:14:59", "countdown", "en"),
        ("Sale ends tonight", "ends_soon", "en"),
        ("Hurry up!", "hurry", "en"),
        ("Only 3 left in stock", "few_left", "en"),
        ("Selling fast", "low_stock", "en"),
        ("No thanks, I'd rather pay full price", "shaming_no", "en"),
        ("Promocja kończy się dziś", "ends_soon", "pl"),
        ("Pospiesz się", "hurry", "pl"),
        ("Zostały ostatnie 3 sztuki", "few_left", "pl"),
        ("Liczba miejsc ograniczona", "low_stock", "pl"),
        ("Nie, dziękuję, wolę przepłacać", "shaming_no", "pl"),
    ],
)
def test_a_pattern_that_presses_is_found_and_named(text: str, rule: str, language: str) -> None:
    assert rule in rules(text, linter=Linter.PATTERNS, language=language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("No, thank you", "en"),
        ("Out of stock in this colour", "en"),
        ("Supply & Demand", "en"),
        ("Open 9:00 to 17:00", "en"),
        ("Nie, dziękuję", "pl"),
        ("Nie chcę otrzymywać wiadomości", "pl"),
        ("Dostawa w 3 dni robocze", "pl"),
    ],
)
def test_a_plain_no_and_a_plain_fact_press_nobody(text: str, language: str) -> None:
    assert rules(text, linter=Linter.PATTERNS, language=language) == []


@pytest.mark.parametrize(
    ("teaser", "sentence", "language"),
    [
        ("This thermostat knows you", "This thermostat knows you.", "en"),
        ("Here are 12 cellars that surprised us", "We need your signature and your old contract, and we return them.", "en"),
        ("Ten piec zna twoje sekrety", "Ten bilet jest ważny tylko z twoim podpisem.", "pl"),
    ],
)
def test_a_headline_may_tease_where_a_plain_sentence_does_not(teaser: str, sentence: str, language: str) -> None:
    assert "teasing" in rules(teaser, language=language)
    assert rules(sentence, language=language) == []


def test_habits_in_different_sentences_are_no_shape_and_a_teaser_after_a_plain_sentence_is_marked_alone() -> None:
    assert rules("We never close. You choose the hour. Everything is written down. Just ring.") == []
    text = "The office is in Gdynia. 17 things only people with old houses understand"
    (found,) = (one for one in lint(text, linter=Linter.CLAIMS, language="en") if one.rule == "teasing")
    assert text[found.start :].startswith("17 things")


def test_a_finding_marks_its_words_and_says_why() -> None:
    text = "Our guide is 100% safe and comes at once"
    (found,) = lint(text, linter=Linter.CLAIMS, language="en")
    assert text[found.start : found.end] == "100% safe"
    assert found.why.endswith(".")


def test_typographic_marks_change_neither_the_finding_nor_its_place() -> None:
    plain, printed = "You won't believe it", "You won’t believe it"
    assert lint(plain, linter=Linter.CLAIMS, language="en") == lint(printed, linter=Linter.CLAIMS, language="en")


@given(text=st.text(max_size=300), linter=st.sampled_from(list(Linter)), language=st.sampled_from(sorted(LANGUAGES)))
def test_any_text_is_judged_the_same_way_twice_and_places_lie_inside_it(text: str, linter: Linter, language: str) -> None:
    found = lint(text, linter=linter, language=language)
    assert found == lint(text, linter=linter, language=language)
    assert all(0 <= one.start < one.end <= len(text) for one in found)


@pytest.mark.parametrize("linter", list(Linter))
@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize(
    "bait", ["1 2 3 hours ", "no no no, i ", "the 10 a b c ", "zostało tylko ", "a" * 50 + " ", "100% 100% "]
)
def test_no_text_keeps_a_rule_busy_for_ever(linter: Linter, language: str, bait: str) -> None:
    """An expression that tries every way to read a text would not come back from this one before the suite gives up."""
    text = bait * 1_600
    assert all(one.end <= len(text) for one in lint(text, linter=linter, language=language))


def answers(lines: bytes, *, kind: str = "claims", language: str = "en") -> Sequence[dict[str, object]]:
    out = io.BytesIO()
    lint_lines(kind=kind, language=language, source=io.BytesIO(lines), into=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_command_answers_each_line_with_one_object_in_its_place() -> None:
    first, second, third = answers(b"Results guaranteed\r\n\nA guide")
    assert (first["line"], first["flagged"]) == (1, True)
    assert (second["line"], second["flagged"], second["findings"]) == (2, False, [])
    assert third["line"] == 3


def test_the_command_survives_bytes_that_are_no_text() -> None:
    (only,) = answers(b"\xff\xfe\x00 Results guaranteed \xc3")
    assert only["flagged"]


def test_the_command_line_names_the_linters_and_languages_that_there_are() -> None:
    assert {kind.value for kind in Kind} == {linter.value for linter in Linter}
    assert {language.value for language in Language} == LANGUAGES
