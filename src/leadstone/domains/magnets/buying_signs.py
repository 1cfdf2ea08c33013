"""Answers by which somebody says that they want to buy, as the marketer marked them. The contract has to say that they count."""

import re
from collections.abc import Mapping

from leadstone.domains.magnets.kinds import KINDS
from leadstone.domains.magnets.questionnaire import CHOICES, Question, walk
from leadstone.wire.definition import MagnetDefinition

# What the contract says of it, in English and in Polish: that they may want to buy, and that this is rated.
TOLD = re.compile(r"\bbuy(ing)?\b|\bpurchase|\bkup(ić|ować|na|no|uj)|\bzakup", re.IGNORECASE)


def has_signs(definition: MagnetDefinition) -> bool:
    """Whether any answer is marked."""
    return any(_marked(question) for question in _questions(definition))


def declares_signs(definition: MagnetDefinition) -> bool:
    """Whether the contract tells, where it says what is rated, that some answers count as a wish to buy."""
    return bool(TOLD.search(definition.contract.scored))


def sign_in(definition: MagnetDefinition, answers: Mapping[str, str]) -> str:
    """The words of the first question on their way that was answered so; "" when none was."""
    return next((question for question, _words in signs_in(definition, answers)), "")


def signs_in(definition: MagnetDefinition, answers: Mapping[str, str]) -> list[tuple[str, str]]:
    """(question, the marked words that were chosen) for each question on their way that was answered so, in its order."""
    way = walk(_questions(definition), answers)
    found = []
    for question in way.passed:
        chosen = set(way.answers.get(question.name, "").split()) & _marked(question)
        words = [option.text for option in question.options if option.key in chosen]
        if words:
            found.append((question.text, ", ".join(words)))
    return found


def _questions(definition: MagnetDefinition) -> tuple[Question, ...]:
    kind = KINDS.get(definition.kind)
    return kind.asking.questions(definition) if kind and kind.asking else ()


def _marked(question: Question) -> frozenset[str]:
    # What somebody told us under an explicit consent counts for their result, and for nothing of ours.
    if question.type not in CHOICES or question.guarded:
        return frozenset()
    return frozenset(option.key for option in question.options if option.wants)
