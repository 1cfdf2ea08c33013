"""How sayings become themes: what is alike goes together, in any order, and nothing leaves the theme that it is in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadstone.domains.needs.rules.gathering import LEAST_PEOPLE, Saying, core_of, gather, people, weights_of
from leadstone.domains.needs.rules.naming import match, name_of, words_of
from leadstone.domains.needs.rules.terms import EMPTY, language_of, stem, terms_of
from leadstone.kernel.folding import fold
from leadstone.project.demo.needs import QUESTIONS

WORDS = ("bill", "power", "noise", "unit", "night", "mould", "wall", "window", "grant", "form", "roof", "pump")
SAYINGS = st.lists(
    st.tuples(st.integers(0, 12), st.sets(st.sampled_from(WORDS), min_size=1, max_size=5)), min_size=0, max_size=40
).map(lambda rows: [Saying(key, f"p{person}", tuple(sorted(terms))) for key, (person, terms) in enumerate(rows)])


def sayings_of(texts: list[tuple[str, str]]) -> list[Saying]:
    return [
        Saying(key, f"p{key}", tuple(sorted(terms_of(text, language=language_of(text, otherwise=language)))))
        for key, (text, language) in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("pl", ("rachunek", "rachunki", "rachunków", "rachunku", "rachunkami")),
        ("pl", ("pleśń", "pleśni", "pleśnią")),
        ("pl", ("dotacja", "dotacji", "dotację", "dotacje", "dotacjami")),
        ("pl", ("fotowoltaika", "fotowoltaikę", "fotowoltaiki", "fotowoltaiką")),
        ("pl", ("pompa", "pompy", "pompę", "pompą", "pompie", "pompami")),
        ("en", ("bill", "bills")),
        ("en", ("subsidy", "subsidies")),
        ("en", ("insulation", "insulating", "insulated")),
    ],
)
def test_forms_of_one_word_meet(language: str, forms: tuple[str, ...]) -> None:
    assert len({stem(fold(form), language) for form in forms}) == 1


def test_small_words_are_folded_as_everything_here_is() -> None:
    assert {fold(word) for word in EMPTY} == EMPTY


def test_a_text_tells_its_language_by_small_words_and_letters() -> None:
    assert language_of("Jak obniżyć rachunki za prąd?", otherwise="en") == "pl"
    assert language_of("How do we lower our bills?", otherwise="pl") == "en"
    assert language_of("16 kW", otherwise="pl") == "pl"


def test_what_people_of_the_demo_ask_becomes_the_themes_that_a_reader_would_find() -> None:
    texts = [(text, language) for language, some in QUESTIONS.items() for text in some]
    said = sayings_of(texts)

    found = gather(themes={}, loose=said)

    told = ["\n".join(texts[key][0].lower() for key in keys) for keys in found.new]
    for word in ("rachunk", "hałas", "powietrz", "pleśń", "okna", "fotowolt", "outdoor unit", "radiator", "electricity bill"):
        assert sum(group.count(word) >= 3 for group in told) >= 1, word
    assert 7 <= len(told) <= 11


@settings(max_examples=60, deadline=None)
@given(said=SAYINGS, seed=st.randoms(use_true_random=False))
def test_the_order_in_which_it_was_said_changes_nothing(said: list[Saying], seed: object) -> None:
    shuffled = list(said)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis hands in a Random

    assert gather(themes={}, loose=shuffled) == gather(themes={}, loose=said)


@settings(max_examples=60, deadline=None)
@given(said=SAYINGS)
def test_each_theme_has_three_people_and_nothing_is_in_two(said: list[Saying]) -> None:
    by_key = {saying.key: saying for saying in said}

    found = gather(themes={}, loose=said)

    keys = [key for group in found.new for key in group]
    assert len(keys) == len(set(keys))
    assert all(people(by_key[key] for key in group) >= LEAST_PEOPLE for group in found.new)


@settings(max_examples=60, deadline=None)
@given(said=SAYINGS)
def test_gathering_again_moves_nothing_that_is_in_a_theme(said: list[Saying]) -> None:
    by_key = {saying.key: saying for saying in said}
    first = gather(themes={}, loose=said)
    themes = {number: [by_key[key] for key in keys] for number, keys in enumerate(first.new, start=1)}
    taken = {key for keys in first.new for key in keys}

    again = gather(themes=themes, loose=[saying for saying in said if saying.key not in taken])

    assert not set(again.joined) & taken
    assert not {key for keys in again.new for key in keys} & taken


def test_a_word_that_one_person_alone_uses_is_in_no_core() -> None:
    said = [
        Saying(key, "ann" if key < 5 else f"p{key}", ("secret", "bill") if key < 5 else ("bill", "power")) for key in range(9)
    ]

    assert set(core_of(said, weights_of(said))) == {"bill", "power"}


def test_who_says_it_ten_times_is_one_person() -> None:
    said = [Saying(key, "ann", ("bill", "power")) for key in range(10)]

    assert gather(themes={}, loose=said).new == []


def test_a_theme_is_called_by_the_words_that_most_people_typed() -> None:
    core = {"rachunk": 0.8, "prad": 0.6}
    typed = [{"rachunk": "rachunki", "prad": "prąd"}, {"rachunk": "rachunki"}, {"rachunk": "rachunek"}]

    assert name_of(words_of(core, typed)) == "Rachunki, prąd"


def test_a_magnet_answers_what_it_speaks_of_and_says_by_which_words() -> None:
    core = {"rachunk": 0.7, "prad": 0.6, "zim": 0.4}

    fit = match(core, terms_of("Jak obniżyć rachunki za prąd", language="pl"))

    assert fit.answers
    assert fit.words == ("rachunki", "prąd")
    assert not match(core, terms_of("Zima w górach", language="pl")).answers
    assert not match({}, {}).answers


def test_ten_thousand_sayings_are_gathered() -> None:
    said = [Saying(n, f"p{n}", tuple(sorted({f"t{n % 30}", f"t{n % 30}x", f"w{n % 997}", f"v{n % 991}"}))) for n in range(10_000)]

    found = gather(themes={}, loose=said)

    assert len(found.new) == 30
    assert all(len(keys) > 300 for keys in found.new)
