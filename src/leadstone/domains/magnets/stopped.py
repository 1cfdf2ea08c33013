"""What is kept of people who stop half way, where page and contract say so: what they chose, and nothing that they typed."""

from collections.abc import Mapping, Sequence

from leadstone.domains.magnets.kinds import KINDS
from leadstone.domains.magnets.questionnaire import CHOICES, Question, QuestionType, read_answer
from leadstone.wire.definition import MagnetDefinition

_CHOSEN = CHOICES | {QuestionType.SCALE}


def keeps_stopped(definition: MagnetDefinition) -> bool:
    """Whether this version says that it keeps the answers of those who go away before the form."""
    kind = KINDS.get(definition.kind)
    return kind is not None and kind.asking is not None and kind.asking.keeps_stopped(definition)


def chosen_in(questions: Sequence[Question], answers: Mapping[str, str]) -> dict[str, str]:
    """Key of a question → what was chosen there: options and steps of a scale.

    Words and numbers may tell who somebody is, and what is answered under an explicit consent is theirs alone: neither is in it.
    """
    found = {}
    for question in questions:
        if question.type in _CHOSEN and not question.guarded:
            answer, error = read_answer(question, answers.get(question.name, ""))
            if answer and not error:
                found[question.key] = answer
    return found
