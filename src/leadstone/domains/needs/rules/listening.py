"""Which answers say what somebody struggles with."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from leadstone.domains.grants.rules import Rating
from leadstone.domains.magnets.kinds import KINDS
from leadstone.domains.magnets.questionnaire import CHOICES, Question, QuestionType
from leadstone.wire.definition import FieldKey, MagnetDefinition

LEAST_LETTERS = 8  # "yes" struggles with nothing


class Source(StrEnum):
    """Where something was said."""

    QUESTION = "question"  # the question of a form
    ANSWER = "answer"  # a question in words, before a form
    CHOICE = "choice"  # an option that says what somebody struggles with
    RATING = "rating"  # the words to an answer whether the promise was kept


class Verdict(StrEnum):
    """What a person decided: that a magnet answers a theme, or that it does not."""

    YES = "yes"
    NO = "no"


class Heard(NamedTuple):
    source: Source
    field: str
    text: str


def heard_in(definition: MagnetDefinition, answers: Mapping[str, str]) -> Iterator[Heard]:
    """What a form says about needs, under the words of the version that it was sent from."""
    asked = answers.get(FieldKey.QUESTION.value, "").strip()
    if len(asked) >= LEAST_LETTERS:
        yield Heard(Source.QUESTION, FieldKey.QUESTION.value, asked)
    # What somebody told us under an explicit consent counts for their result, and for nothing of ours.
    questions = [question for question in questions_of(definition) if not question.guarded]
    marked = any(question.need for question in questions)
    for question in questions:
        answer = answers.get(question.name, "").strip()
        if question.type is QuestionType.TEXT and len(answer) >= LEAST_LETTERS and (question.need or not marked):
            yield Heard(Source.ANSWER, question.name, answer)
        elif question.type in CHOICES:
            for key in answer.split():
                option = question.option(key)
                if option is not None and option.need:
                    yield Heard(Source.CHOICE, f"{question.name}:{key}"[:80], option.text)


def tells_of_a_need(rating: Rating, words: str) -> bool:
    """Whether words after use say what was missing; whoever got what was promised praises."""
    return rating is not Rating.YES and len(words) >= LEAST_LETTERS


def text_at(definition: MagnetDefinition, answers: Mapping[str, str], field: str) -> str:
    """What was said at one place of a form; empty when it is gone."""
    name, _colon, key = field.partition(":")
    if not key:
        return answers.get(name, "").strip()
    question = next((each for each in questions_of(definition) if each.name == name), None)
    option = question.option(key) if question else None
    return option.text if option and key in answers.get(name, "").split() else ""


def questions_of(definition: MagnetDefinition) -> tuple[Question, ...]:
    kind = KINDS.get(definition.kind)
    return kind.asking.questions(definition) if kind and kind.asking else ()


def spoken_by(definition: MagnetDefinition) -> str:
    """All that a magnet says it is about."""
    parts = [definition.title, definition.promise, *definition.points, definition.contract.you_get]
    for question in questions_of(definition):
        parts += [question.text, *(option.text for option in question.options)]
    return "\n".join(parts)
