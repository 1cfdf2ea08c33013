"""Every phrase has its words, in both languages; counts, days and sizes follow the language."""

import io
from datetime import UTC, datetime

import pytest
from babel.messages.pofile import read_po

from leadstone.domains.capture.rules import FormError
from leadstone.domains.magnets.kinds import KINDS
from leadstone.kernel.language import Language
from leadstone.wire.definition import FieldKey
from leadstone.wire.pages import phrases
from tests.pages.gallery import galleries
from tests.pages.markup import read


def test_every_error_of_a_form_has_words() -> None:
    assert set(phrases.ERRORS) == set(FormError)


def test_every_field_has_a_label() -> None:
    assert set(phrases.FIELD_LABELS) == set(FieldKey)


def test_every_kind_of_magnet_has_a_name() -> None:
    assert set(KINDS) <= set(phrases.KINDS)


def test_no_polish_phrase_is_missing_or_left_in_english() -> None:
    catalogue = read_po(io.BytesIO((phrases.LOCALES / "pl" / "LC_MESSAGES" / "public.po").read_bytes()), locale="pl")
    gaps = [message.id for message in catalogue if message.id and not _whole(message.string)]
    # Words that are the same in both languages.
    same = {message.id for message in catalogue if message.id and message.id == message.string}

    assert gaps == []
    assert same <= {"E-mail", "E-book", "Newsletter", "Quiz"}


def _whole(said: str | tuple[str, ...]) -> bool:
    return all(said) if isinstance(said, tuple) else bool(said)


@pytest.mark.parametrize(
    ("uses", "words"),
    [(1, "na 1 pobranie"), (2, "na 2 pobrania"), (5, "na 5 pobrań"), (12, "na 12 pobrań"), (22, "na 22 pobrania")],
)
def test_polish_counts_in_its_three_plurals(uses: int, words: str) -> None:
    gallery = galleries()[Language.POLISH]
    page = gallery.pages.delivery(
        gallery.version, "guide", "t", language=Language.POLISH, expires_at=datetime(2026, 5, 3, tzinfo=UTC), uses_left=uses
    )

    assert words in read(page).text
    assert "3 maja 2026" in read(page).text


@pytest.mark.parametrize(("language", "words"), [("pl", "1,4 MB"), ("en", "1.4 MB")])
def test_a_size_is_written_as_the_language_writes_numbers(language: str, words: str) -> None:
    assert phrases.size(1_430_000, language) == words


def test_a_small_file_has_at_least_one_kilobyte() -> None:
    assert phrases.size(12, "en") == "1 kB"


@pytest.mark.parametrize("name", sorted(galleries()[Language.ENGLISH].all()))
def test_a_polish_page_says_nothing_in_english(name: str) -> None:
    """A phrase that bypasses the catalogue would be the same on both pages."""
    own_words = _author_words()
    english, polish = (
        {word.strip(" \n·,.():“”") for word in _said(galleries()[language].all()[name]())} - own_words
        for language in (Language.ENGLISH, Language.POLISH)
    )
    shared = {word for word in english & polish if any(letter.isalpha() for letter in word)}

    assert shared <= {"E-mail", "English", "Polski", "PDF", "ZIP"}


def _said(html: str) -> list[str]:
    """What is shown or read aloud: texts, and the attributes that are words."""
    found = read(html)
    spoken = [found.values(attribute) for attribute in ("aria-label", "alt", "title", "placeholder", "data-working")]
    return [*found.words, *(words for values in spoken for words in values)]


def _author_words() -> set[str]:
    gallery = galleries()[Language.ENGLISH]
    brand = gallery.pages.bundle.brand
    words = {brand.company, f"{brand.company}, {brand.postal_address}", brand.privacy_email}
    for magnet in gallery.pages.bundle.magnets:
        definition = magnet.current.definition
        words |= {
            f"{definition.title} · {brand.company}",
            definition.title,
            definition.promise,
            definition.button,
            definition.proof,
            *definition.points,
        }
        words |= {asked.reason for asked in definition.contract.asks} | {definition.contract.you_get}
    return {word.strip(" .") for word in words}
