"""A quiz with a question about health, which is answered under an explicit consent only."""

from typing import Any

import msgspec

from leadstone.project.demo.quiz import QUIZ
from leadstone.wire.definition import MagnetDefinition

WORDS = "Zgadzam się, by moja odpowiedź o astmie posłużyła do obliczenia mojego wyniku. I do niczego więcej."
ASTHMA: dict[str, Any] = {
    "key": "asthma",
    "text": "Czy ktoś w domu ma astmę?",
    "options": [
        {"key": "yes", "text": "Tak", "points": {"house": 0}},
        {"key": "no", "text": "Nie", "points": {"house": 1}},
    ],
    "consent": WORDS,
}


def guarded(**changes: Any) -> MagnetDefinition:
    """The demo's quiz with that question after the first; `changes` replace fields of the question."""
    settings: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(QUIZ.settings))
    first, *rest = settings["questions"]
    settings["questions"] = [first, {**ASTHMA, **changes}, *rest]
    # Nobody's way leads past it.
    first["options"] = [{**option, "then": ""} for option in first["options"]]
    return msgspec.structs.replace(QUIZ, settings=settings)
