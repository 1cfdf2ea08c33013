"""Answers of a special kind (GDPR, article 9): taken under an explicit consent, and used for the result alone.

Neither quality nor needs, tags, receipts or contact fields read them, and staff do not see them; see `Question.guarded`.
"""

from collections.abc import Mapping

from leadstone.domains.magnets.kinds import KINDS
from leadstone.domains.magnets.questionnaire import AGREED, Question
from leadstone.wire.definition import Channel, ConsentOffer, MagnetDefinition, Purpose


def guarded_questions(definition: MagnetDefinition) -> tuple[Question, ...]:
    """The questions that are answered under a consent of their own only."""
    kind = KINDS.get(definition.kind)
    questions = kind.asking.questions(definition) if kind and kind.asking else ()
    return tuple(question for question in questions if question.guarded)


def agreed_in(definition: MagnetDefinition, answers: Mapping[str, str]) -> list[ConsentOffer]:
    """The explicit consents that a form gave: the words beside each answer that it holds.

    Their channel is the mail: the result goes there, and so does the link by which they are taken back.
    """
    return [
        ConsentOffer(key=question.tick, purpose=Purpose.SPECIAL, channel=Channel.EMAIL, text=question.consent)
        for question in guarded_questions(definition)
        if answers.get(question.name) and answers.get(question.tick) == AGREED
    ]


def special_names(definition: MagnetDefinition) -> frozenset[str]:
    """Under which names a form says something of a special kind: the answers, and the ticks that they count by."""
    return frozenset(name for question in guarded_questions(definition) for name in (question.name, question.tick))
