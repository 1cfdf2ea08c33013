"""The catalogues' keeper notices every way in which a word can be missing."""

import pytest
from babel.messages.catalog import Catalog
from tools.messages import SPECS, CatalogueSpec, gaps, messages_of, quarrels

from leadstone.domains.access.services import LastAdministrator


def catalogue(**words: str) -> Catalog:
    made = Catalog(locale="pl", fuzzy=False)
    for msgid, text in words.items():
        made.add(msgid, text)
    return made


def template(*msgids: str | tuple[str, str]) -> Catalog:
    made = Catalog(fuzzy=False)
    for msgid in msgids:
        made.add(msgid, locations=[("a.py", 1)])
    return made


def test_a_complete_catalogue_has_no_gap() -> None:
    assert list(gaps(template("Save"), catalogue(Save="Zapisz"))) == []


@pytest.mark.parametrize(
    ("original", "translated", "because"),
    [
        ("Save", None, "missing"),
        ("Save", "", "untranslated"),
        ("{n} leads", "leady", "lost"),
        ("%(n)s leads", "%(m)s", "does not have"),
    ],
)
def test_a_gap_is_named(original: str, translated: str | None, because: str) -> None:
    have = catalogue() if translated is None else catalogue(**{original: translated})
    (gap,) = gaps(template(original), have)
    assert because in gap


def test_two_areas_that_say_a_word_differently_are_named() -> None:
    (quarrel,) = quarrels({"machines": catalogue(Revoke="Unieważnij"), "kiosks": catalogue(Revoke="Zablokuj")})
    assert "'Unieważnij' (machines), 'Zablokuj' (kiosks)" in quarrel


def test_a_context_settles_what_two_areas_say_differently() -> None:
    of_a_device = Catalog(locale="pl", fuzzy=False)
    of_a_device.add("Revoke", "Zablokuj", context="a device")
    assert list(quarrels({"machines": catalogue(Revoke="Unieważnij"), "kiosks": of_a_device})) == []


def test_every_plural_form_is_needed() -> None:
    have = Catalog(locale="pl", fuzzy=False)
    have.add(("%(n)s lead", "%(n)s leads"), ("%(n)s lead", "%(n)s leady", ""))
    (gap,) = gaps(template(("%(n)s lead", "%(n)s leads")), have)
    assert "untranslated" in gap


def test_the_sentence_of_a_named_mistake_is_a_word_to_translate() -> None:
    found = {message for spec in SPECS for _place, message, _context, _comments in messages_of(spec)}
    assert LastAdministrator.sentence in found


def test_a_source_belongs_to_one_catalogue() -> None:
    seen: dict[str, CatalogueSpec] = {}
    for spec in SPECS:
        for place in {place for place, *_ in messages_of(spec)}:
            assert place not in seen, f"{place} is read twice"
            seen[place] = spec
