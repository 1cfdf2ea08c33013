"""A quiz is judged by its answers alone, always ends, and is refused while something in it is missing."""

from collections import Counter

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadstone.domains.magnets.gap import GapCode
from leadstone.domains.magnets.kinds.quiz import (
    QuizOutcome,
    QuizSettings,
    Scoring,
    find,
    gaps_in,
    judged,
    points_of,
    settings_of,
    tell,
)
from leadstone.domains.magnets.questionnaire import END, MOST_QUESTIONS, Option, Question, QuestionType, longest_way, walk
from leadstone.domains.magnets.quiz_examples import example
from leadstone.domains.magnets.simulation import every_way, simulate
from leadstone.domains.vetting.linters.sensitive import Sensitive, sensitive_in
from leadstone.project.demo.quiz import QUIZ

KEYS = ("a", "b", "c", "d")


def quiz(**changes: object) -> QuizSettings:
    return msgspec.structs.replace(settings_of(QUIZ), **changes)


def single(key: str, *thens: str, points: tuple[int, ...] = ()) -> Question:
    gains = points or tuple(range(len(thens)))
    return Question(
        key=key,
        text=f"Question {key}?",
        options=tuple(
            Option(key=f"o{n}", text=f"Answer {n}", points={"p": gain}, then=then)
            for n, (then, gain) in enumerate(zip(thens, gains, strict=True))
        ),
    )


# Any branches at all: also back, to themselves, and to nowhere.
branching = st.lists(st.lists(st.sampled_from(["", END, "nowhere", *KEYS]), min_size=2, max_size=3), min_size=1, max_size=4).map(
    lambda rows: tuple(single(key, *thens) for key, thens in zip(KEYS, rows, strict=False))
)


@given(branching)
@settings(max_examples=60, deadline=None)
def test_the_way_always_ends_and_passes_no_question_twice(questions: tuple[Question, ...]) -> None:
    for answers in every_way(questions):
        way = walk(questions, answers)
        assert way.complete
        assert max(Counter(question.key for question in way.passed).values()) == 1
        assert len(way.passed) <= longest_way(questions)
        assert way.answers == answers


@given(branching, st.dictionaries(st.sampled_from(["q.a", "q.b", "q.zzz", "email"]), st.text(max_size=8)))
@settings(max_examples=60, deadline=None)
def test_a_result_is_a_function_of_the_answers_on_the_way(questions: tuple[Question, ...], noise: dict[str, str]) -> None:
    asked = quiz(questions=questions)
    for answers in every_way(questions):
        beside = {name: value for name, value in noise.items() if name not in answers and name not in {q.name for q in questions}}
        assert points_of(asked, answers | beside) == points_of(asked, answers)


@given(branching)
@settings(max_examples=60, deadline=None)
def test_the_simulator_counts_what_trying_every_way_by_hand_counts(questions: tuple[Question, ...]) -> None:
    def judge(answers: dict[str, str]) -> str:
        return str(sum(int(value[1:]) for value in answers.values()) % 3)

    by_hand = Counter(judge(answers) for answers in every_way(questions))

    found = simulate(questions, judge)

    assert found.exact
    assert dict(found.ends) == dict(by_hand)
    assert found.ways == sum(by_hand.values())


def test_too_many_ways_are_sampled_alike_each_time_and_that_is_said() -> None:
    questions = tuple(single(f"k{n}", "", "", "", "", points=(0, 0, 0, 1)) for n in range(10))

    def judge(answers: dict[str, str]) -> str:
        return answers["q.k0"]

    once, again = simulate(questions, judge), simulate(questions, judge)

    assert once == again
    assert not once.exact
    assert once.ways == 4**10
    assert all(0.22 < once.share(f"o{n}") < 0.28 for n in range(4))


def test_a_question_whose_answers_change_nothing_is_named() -> None:
    questions = (single("a", "", "", points=(0, 5)), single("b", "", "", points=(1, 1)))
    asked = quiz(
        questions=questions,
        categories=(msgspec.structs.replace(settings_of(QUIZ).categories[0], key="p"),),
        outcomes=(QuizOutcome(key="low", title="Low", text="…"), QuizOutcome(key="high", title="High", text="…", at_least=4)),
    )

    found = simulate(questions, lambda answers: judged(asked, points_of(asked, answers)).key)  # type: ignore[union-attr]

    assert found.without_effect == ("b",)


def test_a_type_is_the_category_with_the_most_points() -> None:
    types = quiz(
        scoring=Scoring.TYPES,
        outcomes=(
            QuizOutcome(key="h", title="House", text="…", category="house"),
            QuizOutcome(key="s", title="System", text="…", category="system"),
        ),
    )

    assert judged(types, (3, 2)).key == "h"  # type: ignore[union-attr]
    assert judged(types, (2, 3)).key == "s"  # type: ignore[union-attr]
    assert judged(types, (2, 2)).key == "h"  # type: ignore[union-attr]


def test_the_demo_quiz_and_both_examples_lack_nothing() -> None:
    assert list(gaps_in(settings_of(QUIZ))) == []
    for language in ("pl", "en"):
        assert list(gaps_in(msgspec.convert(example(language).settings, QuizSettings))) == []


# Every other gap is in the table of `test_gaps`.
GAPS_OF_QUESTIONS = frozenset(
    code
    for code in GapCode
    if code.name.startswith(("QUESTION_", "OUTCOME_", "BRANCH", "SCALE", "ANSWERS_", "KEY_", "TOO_MANY_QUESTIONS"))
)


def broken(code: GapCode) -> QuizSettings:
    """The demo quiz with exactly one thing wrong."""
    good = settings_of(QUIZ)
    first, *rest = good.questions
    changed = {
        GapCode.QUESTION_MISSING: quiz(questions=(), outcomes=good.outcomes[:1]),
        GapCode.QUESTION_WITHOUT_WORDS: quiz(questions=(msgspec.structs.replace(first, text=" "), *rest)),
        GapCode.QUESTION_WITHOUT_CHOICE: quiz(questions=(msgspec.structs.replace(first, options=first.options[:1]), *rest)),
        GapCode.QUESTION_UNREACHABLE: quiz(
            questions=(
                msgspec.structs.replace(first, options=tuple(msgspec.structs.replace(o, then="flow") for o in first.options)),
                *rest,
            )
        ),
        GapCode.QUESTION_SENSITIVE: quiz(questions=(msgspec.structs.replace(first, text="Na kogo głosujesz?"), *rest)),
        GapCode.BRANCH_NOT_FORWARD: quiz(
            questions=(
                *rest,
                msgspec.structs.replace(first, options=(*first.options[:2], Option(key="x", text="X", then="walls"))),
            )
        ),
        GapCode.SCALE_WRONG: quiz(questions=(*good.questions, Question(key="s", text="?", type=QuestionType.SCALE, most=99))),
        GapCode.OUTCOME_MISSING: quiz(outcomes=()),
        GapCode.OUTCOME_WITHOUT_WORDS: quiz(outcomes=(msgspec.structs.replace(good.outcomes[0], text=""), *good.outcomes[1:])),
        GapCode.OUTCOME_UNREACHABLE: quiz(outcomes=(*good.outcomes, QuizOutcome(key="x", title="X", text="X", at_least=99))),
        GapCode.ANSWERS_WITHOUT_OUTCOME: quiz(outcomes=good.outcomes[1:]),
        GapCode.KEY_TWICE: quiz(questions=(*good.questions, first)),
        GapCode.TOO_MANY_QUESTIONS: quiz(
            questions=tuple(msgspec.structs.replace(first, key=f"q{number}") for number in range(MOST_QUESTIONS + 1))
        ),
    }
    return changed[code]


@pytest.mark.parametrize("code", sorted(GAPS_OF_QUESTIONS))
def test_what_is_missing_is_named(code: GapCode) -> None:
    assert code in {gap.code for gap in gaps_in(broken(code))}


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Na co chorujesz?", Sensitive.HEALTH),
        ("Do you take any medication?", Sensitive.HEALTH),
        ("Jakiego jesteś wyznania?", Sensitive.BELIEFS),
        ("Which party do you support?", Sensitive.POLITICS),
        ("Czy należysz do związku zawodowego?", Sensitive.UNION),
        ("How is your sex life?", Sensitive.SEX_LIFE),
        ("Do której klasy chodzisz?", Sensitive.CHILDREN),
        ("Ile osób, także dzieci, mieszka w domu?", None),
        ("How old is your boiler?", None),
        ("Czy dom jest zdrowy dla pompy?", None),
    ],
)
def test_what_may_not_be_asked_is_recognised_in_both_languages(text: str, about: Sensitive | None) -> None:
    assert sensitive_in(text) is about


def test_a_finding_says_the_outcome_again_and_nothing_under_other_words() -> None:
    found = find(QUIZ, {"q.stage": "new", "q.walls": "walls roof", "q.flow": "floor", "q.warm": "5"})

    told = tell(QUIZ, found)

    assert told is not None
    assert told.title == "Gotowy"
    assert [(each.points, each.most) for each in told.points] == [(7, 8), (8, 8)]
    assert tell(msgspec.structs.replace(QUIZ, settings={}), found) is None
