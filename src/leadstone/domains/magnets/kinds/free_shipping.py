"""Free shipping: one code that pays for the parcel of an order, under rules that stand beside the button."""

from collections.abc import Mapping

from leadstone.domains.magnets.code_gaps import gaps_in
from leadstone.domains.magnets.kind import Example, Kind, KindWords, Outcome, Sent, Step
from leadstone.wire.code_terms import CodeTerms
from leadstone.wire.definition import Channel, MagnetDefinition

_EXAMPLES: Mapping[str, tuple[str, str, str]] = {
    "en": ("Free shipping for one order", "We pay for the parcel of your next order.", "one parcel within the country"),
    "pl": ("Darmowa dostawa", "Przy następnym zamówieniu za paczkę płacimy my.", "jedna paczka na terenie Polski"),
}


def example(language: str) -> Example:
    title, promise, applies_to = _EXAMPLES[language]
    return Example(title, promise, {"benefit": "shipping", "applies_to": applies_to, "uses": 1})


def result(definition: MagnetDefinition, answers: Mapping[str, str]) -> Outcome:
    """The code lives in the database: nothing of it is known here."""
    return Outcome()


KIND = Kind(
    name="Free shipping",
    rank=110,
    words={
        "en": KindWords(
            name="Free shipping",
            subject="the code",
            object="your code",
            button="Send me the code",
            you_get="A code of your own for free shipping. Its rules stand on this page.",
            delivery="One mail to prove that the address is yours, and one with your code.",
        ),
        "pl": KindWords(
            name="Darmowa dostawa",
            subject="kod",
            object="Twój kod",
            button="Wyślij mi kod",
            you_get="Twój własny kod na darmową dostawę. Zasady są na tej stronie.",
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
