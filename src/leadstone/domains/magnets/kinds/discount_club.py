"""A discount club: a membership with a card and a code of one's own, under rules that stand beside the button."""

from collections.abc import Mapping
from typing import Any

from leadstone.domains.magnets.code_gaps import gaps_in
from leadstone.domains.magnets.kind import Example, Kind, KindWords, Outcome, Sent, Step
from leadstone.wire.code_terms import AS_OFTEN_AS_THEY_LIKE, CodeTerms
from leadstone.wire.definition import Channel, MagnetDefinition

_EXAMPLES: Mapping[str, tuple[str, str, str]] = {
    "en": ("The club", "Members pay a tenth less, with a card of their own.", "everything in the shop"),
    "pl": ("Klub stałych klientów", "Członkowie płacą o jedną dziesiątą mniej, z własną kartą.", "cały asortyment"),
}


def example(language: str) -> Example:
    title, promise, applies_to = _EXAMPLES[language]
    settings: dict[str, Any] = {
        "benefit": "percent",
        "percent": 10,
        "applies_to": applies_to,
        "uses": AS_OFTEN_AS_THEY_LIKE,
    }
    return Example(title, promise, settings)


def result(definition: MagnetDefinition, answers: Mapping[str, str]) -> Outcome:
    """The code lives in the database: nothing of it is known here."""
    return Outcome()


KIND = Kind(
    name="Discount club",
    rank=100,
    words={
        "en": KindWords(
            name="Discount club",
            subject="the card",
            object="your card",
            button="Send me my card",
            you_get="A member card with a code of your own, to show or to type. Its rules stand on this page.",
            delivery="One mail to prove that the address is yours, and one with your code.",
        ),
        "pl": KindWords(
            name="Klub rabatowy",
            subject="karta",
            object="Twoją kartę",
            button="Wyślij mi kartę",
            you_get="Karta członkowska z Twoim własnym kodem, do pokazania albo wpisania. Zasady są na tej stronie.",
            delivery="Jeden e-mail, żeby potwierdzić adres, i jeden z kodem.",
        ),
    },
    # The reminder of a code that ends is sent only where a step announces it (`flows/codes_told`), so it needs no place here.
    sends=(
        Sent(
            channel=Channel.EMAIL,
            told_by=r"\bcodes?\b|\bcard\b|\bkod|kart[aęąy]",
            sentences={"en": "One mail with your code.", "pl": "Jeden e-mail z Twoim kodem."},
        ),
    ),
    media_types=frozenset(),
    settings=CodeTerms,
    steps=(Step.FORM, Step.MAILBOX, Step.CODE),
    result=result,
    gaps=gaps_in,
    example=example,
)
