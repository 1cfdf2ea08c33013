"""What may be shown of a question: never points, never what follows."""

from collections.abc import Mapping
from typing import Any

from leadstone.domains.magnets.kinds import KINDS
from leadstone.domains.magnets.questionnaire import Question, QuestionType
from leadstone.wire.definition import MagnetDefinition
from leadstone.wire.pages.question_view import QuestionView


def question_view(
    question: Question, *, number: int, of_most: int, chosen: str = "", error: str = "", agreed: bool = False
) -> QuestionView:
    """One question with what was chosen so far, and what is wrong with it. `agreed`: they ticked the box of its consent."""
    options = tuple((option.key, option.text) for option in question.options)
    if question.type is QuestionType.SCALE:
        options = tuple((str(step), str(step)) for step in range(question.least, question.most + 1))
    return QuestionView(
        key=question.key,
        name=question.name,
        type=question.type.value,
        text=question.text,
        note=question.note,
        required=question.required,
        consent=question.consent,
        tick=question.tick,
        agreed=agreed,
        options=options,
        least_words=question.least_words,
        most_words=question.most_words,
        number=number,
        of_most=of_most,
        chosen=chosen,
        error=error,
        unit=question.unit,
        lowest=question.lowest,
        highest=question.highest,
        step=question.step,
        pictures={option.key: (option.picture, option.picture_words) for option in question.options if option.picture},
    )


def asks_first(definition: MagnetDefinition) -> bool:
    """Whether questions come before the form, so that its page begins with them."""
    kind = KINDS.get(definition.kind)
    return kind is not None and kind.asking is not None and not kind.asking.on_form


def pictures_in(definition: MagnetDefinition) -> frozenset[str]:
    """Storage names of the pictures that its questions show to everybody."""
    kind = KINDS.get(definition.kind)
    if kind is None or kind.asking is None:
        return frozenset()
    options = (option for question in kind.asking.questions(definition) for option in question.options)
    return frozenset(option.picture for option in options if option.picture)


def without_pictures(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Settings of any kind whose questions show no pictures."""
    kept = dict(settings)
    if isinstance(questions := kept.get("questions"), (list, tuple)):
        kept["questions"] = [_without_pictures(question) for question in questions]
    return kept


def _without_pictures(question: Any) -> Any:
    if not isinstance(question, Mapping) or not isinstance(options := question.get("options"), (list, tuple)):
        return question
    return {**question, "options": [_bare(option) if isinstance(option, Mapping) else option for option in options]}


def _bare(option: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in option.items() if name not in {"picture", "picture_words"}}


def questions_on_form(
    definition: MagnetDefinition, *, typed: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None
) -> tuple[QuestionView, ...]:
    """The questions that stand in the form itself, by name of their fields; none for every other kind."""
    kind = KINDS.get(definition.kind)
    if kind is None or kind.asking is None or not kind.asking.on_form:
        return ()
    questions = kind.asking.questions(definition)
    return tuple(
        question_view(
            question,
            number=number,
            of_most=len(questions),
            chosen=(typed or {}).get(question.name, ""),
            error=(errors or {}).get(question.name, ""),
        )
        for number, question in enumerate(questions, start=1)
    )
