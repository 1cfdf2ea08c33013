"""Whether question, advice and offer speak of the same thing."""

import pytest

from leadstone.domains.vetting.rules.match import fit_of

PUMPS_PL = "Czy Twój dom jest gotowy na pompę ciepła? Ile płacisz za ogrzewanie? Jak ocieplone jest poddasze?"
PUMPS_EN = "Is your house ready for a heat pump? What do you pay for heating? How is the attic insulated?"


@pytest.mark.parametrize(
    ("topic", "other", "shared"),
    [
        (PUMPS_PL, "Pompa ciepła obniży koszty ogrzewania. Najpierw poddasze. Sprzedajemy pompy ciepła.", {"ciepła", "pompa"}),
        (PUMPS_EN, "Insulate the attic first. We sell heat pumps.", {"attic", "heat", "pumps"}),
    ],
)
def test_what_belongs_together_fits_and_the_shared_words_are_named(topic: str, other: str, shared: set[str]) -> None:
    fit = fit_of(topic, other)
    assert fit.fits
    assert shared <= {word.lower() for word in fit.shares}


@pytest.mark.parametrize(
    ("topic", "other"),
    [
        (PUMPS_PL, "Załóż konto maklerskie. Sprzedajemy kryptowaluty i kursy inwestowania."),
        (PUMPS_EN, "Open a broker account today. We sell courses about trading currencies."),
    ],
)
def test_an_offer_of_something_else_does_not_fit_and_both_sides_are_named(topic: str, other: str) -> None:
    fit = fit_of(topic, other)
    assert not fit.fits
    assert fit.shares == ()
    assert fit.only_topic
    assert fit.only_other


def test_a_word_that_every_text_of_the_company_uses_says_less() -> None:
    corpus = ["pompa ciepła w bloku", "pompa ciepła w domu", "pompa ciepła i fotowoltaika"]
    alone = fit_of("pompa ciepła i poddasze", "pompa ciepła i okna")
    among = fit_of("pompa ciepła i poddasze", "pompa ciepła i okna", corpus=corpus)
    assert among.likeness < alone.likeness


def test_nothing_said_is_like_nothing() -> None:
    assert fit_of("", "We sell heat pumps").likeness == 0.0
